import { log } from "@/lib/log/log";
import { compiledOf, compiledTextOf } from "@/lib/mail/compiled-mails";
import { type Fallback, type LiveTexts, noTexts } from "@/lib/mail/edited/live-texts";
import { inLines } from "@/lib/mail/edited/naming";
import { isServed } from "@/lib/mail/edited/served";
import { fillMail } from "@/lib/mail/fill-mail";
import { rowOf } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf, type MailContents } from "@/lib/mail/mail-contents";
import { shapeOf } from "@/lib/mail/mail-shape";
import type { Carried, MailToShow } from "@/lib/mail/mail-to-show";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { frameKey } from "@/lib/mail-document/text-key";

const names = { until: "its end", reference: "its reference", more: "what it gathers" } as const;

/** What a mail is lacking that its kind needs; empty for one that is whole. */
function lackingOf({ kind, facts }: MailToShow, { code, linkToken }: Carried): string[] {
  const { carries, needs } = rowOf(kind);
  const lacksCode = carries === "code" && !/^\d{6}$/.test(code ?? "");
  const lacksLink = carries !== "code" && carries !== null && !linkToken;
  return [
    ...(lacksCode ? ["its code of six digits"] : []),
    ...(lacksLink ? ["the token of its link"] : []),
    ...needs.filter((fact) => facts[fact] === undefined).map((fact) => names[fact]),
  ];
}

function whole(filled: RenderedMail, contents: MailContents): RenderedMail {
  const lacks = lacksOf(filled, contents);
  if (lacks.length > 0) throw new Error(`The mail came out without: ${lacks.join(", ")}.`);
  return filled;
}

const fill = async (contents: MailContents, frame: LiveTexts["frame"]): Promise<RenderedMail> =>
  whole(fillMail(await compiledOf(shapeOf(contents), frame), contents), contents);

/** By the text that somebody wrote; null where it is not for mails of this shape. */
async function fillText(
  mail: MailContents,
  text: NonNullable<LiveTexts["text"]>,
): Promise<RenderedMail | null> {
  const contents = inLines(mail);
  const shape = shapeOf(contents);
  if (!isServed(shape, text.edited)) return null;
  return whole(fillMail(await compiledTextOf(shape, text), contents), contents);
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A mail as it is sent, and the texts that it could not be made of. */
export type MadeMail = { made: RenderedMail; fallbacks: Fallback[] };

/**
 * By the built-in text, and without what is set once for all mails where it is that which fails. What
 * cannot be filled is rendered by its template, which gives the same.
 */
async function builtIn(contents: MailContents, frame: LiveTexts["frame"]): Promise<MadeMail> {
  const faults: unknown[] = [];
  for (const one of frame.version === 0 ? [frame] : [frame, noTexts.frame]) {
    try {
      const made = await fill(contents, one);
      return { made, fallbacks: faults.map((fault) => ({ ...frameKey, reason: reasonOf(fault) })) };
    } catch (error) {
      faults.push(error);
    }
  }
  const { kind, locale } = contents;
  const [error] = faults;
  log.warn({ kind, locale, error }, "A mail could not be filled and was rendered by its template.");
  const { renderBuiltIn } = await import("@/lib/mail/render-built-in");
  return { made: await renderBuiltIn(contents), fallbacks: [] };
}

/**
 * Makes subject, HTML and plain text of a mail of what is live at its edition. The same row gives the
 * same mail however often it is tried: providers compare repeated requests. Where a text lacks what the
 * mail promises, or anything of it fails, the built-in one goes out instead.
 *
 * @throws when the code, the token or the facts that the kind needs are missing
 */
export async function makeMail(
  mail: MailToShow,
  carried: Carried,
  { frame, text, unreadable }: LiveTexts,
): Promise<MadeMail> {
  const lacking = lackingOf(mail, carried);
  if (lacking.length > 0) {
    throw new Error(`A mail of kind ${mail.kind} needs ${lacking.join(" and ")}.`);
  }
  const contents = contentsOf(mail, carried);
  const fallbacks = [...unreadable];
  if (text !== null) {
    try {
      const made = await fillText(contents, text);
      if (made !== null) return { made, fallbacks };
    } catch (error) {
      const { kind: subject, locale: language } = contents;
      fallbacks.push({ subject, language, reason: reasonOf(error) });
    }
  }
  const built = await builtIn(contents, frame);
  return { made: built.made, fallbacks: [...fallbacks, ...built.fallbacks] };
}

/** Makes a mail of the built-in texts. @throws as `makeMail` */
export const renderMail = async (mail: MailToShow, carried: Carried = {}): Promise<RenderedMail> =>
  (await makeMail(mail, carried, noTexts)).made;
