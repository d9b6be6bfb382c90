import { z } from "zod";
import { BESIDE_FIELD, formDesk } from "@/components/form-desk";
import { actionIn } from "@/components/next-internals";
import { mayBeKept } from "@/lib/forms/kept-fields";
import { type FormBody, textsOf } from "@/lib/log/form-body";
import { currentRequest } from "@/lib/log/request-context";

const ofOneForm = {
  /** Its name in the registry; empty where the server did not look it up. */
  form: z.string(),
  /** Fields with their values, in the order they were sent. */
  sent: z.array(z.tuple([z.string(), z.string()])),
};

/** What was typed into a form, and what stood half filled in the others of its page. */
export const typedInput = z.object({
  ...ofOneForm,
  beside: z.array(z.object(ofOneForm)).optional(),
});

export type TypedInput = z.infer<typeof typedInput>;

/**
 * The most that is kept of one form, in bytes of its fields' names and values: a mail's text of 60,000
 * characters in any writing.
 */
export const INPUT_MAX_BYTES = 188 * 1024;

// A cookie holds 4 KiB, of which a quarter is base64 and signature.
const COOKIE_BYTES = 2_400;

/**
 * What was typed into the form that is being judged, whole, but without files and without fields that
 * may not be kept. Null where no form of a page is judged.
 */
export async function typedIntoThisForm(): Promise<TypedInput | null> {
  const request = currentRequest();
  if (request?.form === undefined) return null;
  const all = [...(await textsIn(request.form)), ...(request.formMeans ?? [])];
  const sent = all.filter(([field]) => mayBeKept(field));
  const beside = formsBeside(all.find(([field]) => field === BESIDE_FIELD)?.[1]);
  return { form: request.formName ?? "", sent, ...(beside.length === 0 ? {} : { beside }) };
}

const otherForms = z.array(z.array(z.tuple([z.string(), z.string()])));

/** The other forms of a page as its script sends them: each as the fields it would send itself. */
function formsBeside(field: string | undefined): NonNullable<TypedInput["beside"]> {
  if (field === undefined) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(field);
  } catch {
    return [];
  }
  const read = otherForms.safeParse(parsed);
  return (read.data ?? []).flatMap((fields) => {
    const form = fields
      .map(([name]) => formDesk()?.nameOf(actionIn(name) ?? ""))
      .find((name) => typeof name === "string");
    return form ? [{ form, sent: fields.filter(([name]) => mayBeKept(name)) }] : [];
  });
}

// What cannot be read is refused by what judges it.
const textsIn = async (form: FormBody) => textsOf(await form.fields().catch(() => new FormData()));

/** Whether no more was typed than is kept. */
export function fitsInARow({ sent, beside = [] }: TypedInput): boolean {
  const all = [sent, ...beside.map((other) => other.sent)].flat();
  const bytes = all.reduce((sum, field) => sum + Buffer.byteLength(field.join("")), 0);
  return bytes <= INPUT_MAX_BYTES;
}

/** As much of it as fits into the notice's cookie: the longest texts lose their ends. */
export const fittedToCookie = ({ form, sent }: TypedInput): TypedInput =>
  fitted({ form, sent: sent.map(([field, text]) => [field, text.slice(0, COOKIE_BYTES)]) });

function fitted({ form, sent }: TypedInput): TypedInput {
  const size = Buffer.byteLength(JSON.stringify(sent));
  const longest = sent.toSorted(([, a], [, b]) => b.length - a.length)[0];
  if (size <= COOKIE_BYTES || longest === undefined) return { form, sent };
  if (longest[1] === "") return { form, sent: [] };
  // A character may be several bytes: never less than what is too much.
  const most = Math.max(0, longest[1].length - Math.ceil((size - COOKIE_BYTES) / 4));
  const cut = longest[1].slice(0, Math.min(most, longest[1].length - 1));
  const shorter = sent.map((field): [string, string] =>
    field === longest ? [field[0], cut] : field,
  );
  return fitted({ form, sent: shorter });
}
