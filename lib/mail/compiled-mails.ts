import { env } from "@/lib/env/env";
import { keepLast } from "@/lib/keep-last";
import type { CompiledMail } from "@/lib/mail/compiled-mail";
import { type LiveTexts, noTexts } from "@/lib/mail/edited/live-texts";
import type { MailShape } from "@/lib/mail/mail-shape";

// About 12 KB each. Most hosts send a few dozen; there is room for every kind in every language, in
// three shapes each: with less, a host that sends them all would compile most mails anew.
const KEPT = 1_000;
const startKeeping = () => ({ host: env(), kept: keepLast<Promise<CompiledMail>>(KEPT) });
let compiled: ReturnType<typeof startKeeping> | undefined;

function kept(key: string, make: () => Promise<CompiledMail>): Promise<CompiledMail> {
  if (compiled?.host !== env()) compiled = startKeeping();
  return compiled.kept(key, make);
}

/**
 * The compiled built-in mail of a shape, made once for the host as it is set up.
 *
 * @param frame what is set once for all mails, and its version, which never changes
 */
export const compiledOf = (
  shape: MailShape,
  { version, frame }: LiveTexts["frame"] = noTexts.frame,
): Promise<CompiledMail> =>
  kept(`${version} ${JSON.stringify(shape)}`, async () => {
    // React and what reads HTML are loaded when they are first needed, behind a start.
    const { compileMail } = await import("@/lib/mail/compile-mail");
    return compileMail(shape, frame);
  });

/** The compiled mail of a text and a shape, made once for the text's versions, which never change. */
export const compiledTextOf = (
  shape: MailShape,
  { versions, edited }: NonNullable<LiveTexts["text"]>,
): Promise<CompiledMail> =>
  kept(`${versions} ${JSON.stringify(shape)}`, async () => {
    const { compileEdited } = await import("@/lib/mail/edited/compile-edited");
    return compileEdited(shape, edited);
  });
