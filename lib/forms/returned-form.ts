import { z } from "zod";
import { textsOf } from "@/lib/log/form-body";
import { currentRequest, type StaleForm } from "@/lib/log/request-context";
import { unseal } from "@/lib/secrets/secrets";

/** A form whose page is to show again what was typed: its name, and fields with their values. */
export const returnedForm = z.object({
  form: z.string(),
  sent: z.array(z.tuple([z.string(), z.string()])),
});

const notice = z.object({ kind: z.literal("unavailable"), returned: returnedForm });

// What a page never fills in again, and what every form brings along by itself.
const leftOut = /password|code|token|secret|^pin$|^loaded$|^\$ACTION/i;

// A cookie holds 4 KiB, of which a quarter is base64 and signature.
const MOST_BYTES = 2_400;

/**
 * What was typed into the form that is being judged, without passwords, codes and files; the longest text
 * is cut where all of it would not fit into a cookie. Null where no form of ours is.
 */
export async function typedIntoThisForm(): Promise<z.infer<typeof returnedForm> | null> {
  const request = currentRequest();
  if (request?.form === undefined || request.formName === undefined) return null;
  const sent = textsOf(await request.form.fields()).filter(([field]) => !leftOut.test(field));
  return { form: request.formName, sent: fitted(sent) };
}

function fitted(sent: [string, string][]): [string, string][] {
  const size = Buffer.byteLength(JSON.stringify(sent));
  const longest = sent.toSorted(([, a], [, b]) => b.length - a.length)[0];
  if (size <= MOST_BYTES || longest === undefined) return sent;
  if (longest[1] === "") return [];
  // A sign may be several bytes: never less than what is too much.
  const most = Math.max(0, longest[1].length - Math.ceil((size - MOST_BYTES) / 4));
  const cut = longest[1].slice(0, Math.min(most, longest[1].length - 1));
  return fitted(sent.map((field) => (field === longest ? [field[0], cut] : field)));
}

/**
 * What was typed into a form that could not be judged, as its notice carries it.
 *
 * @param cookie the notice's, as it came
 */
export function returnedBy(cookie: string | undefined): StaleForm | undefined {
  const left = notice.safeParse(unseal("notice", cookie));
  if (!left.success) return undefined;
  const { form, sent } = left.data.returned;
  return { forms: [form], sent };
}
