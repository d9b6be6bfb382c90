import { z } from "zod";
import { mayBeKept } from "@/lib/forms/kept-fields";
import { type FormBody, textsOf } from "@/lib/log/form-body";
import { currentRequest } from "@/lib/log/request-context";

/** What was typed into a form that was not taken. */
export const typedInput = z.object({
  /** Its name in the registry; empty where the server did not look it up. */
  form: z.string(),
  /** Fields with their values, in the order they were sent. */
  sent: z.array(z.tuple([z.string(), z.string()])),
});

export type TypedInput = z.infer<typeof typedInput>;

/** The most that is kept of one form, in bytes of its fields' names and values. */
export const INPUT_MAX_BYTES = 64 * 1024;

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
  return { form: request.formName ?? "", sent };
}

// What cannot be read is refused by what judges it.
const textsIn = async (form: FormBody) => textsOf(await form.fields().catch(() => new FormData()));

/** Whether no more was typed than is kept. */
export function fitsInARow({ sent }: TypedInput): boolean {
  const bytes = sent.reduce((sum, field) => sum + Buffer.byteLength(field.join("")), 0);
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
