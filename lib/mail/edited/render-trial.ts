import { isLocale } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import { blocksOf } from "@/lib/mail/edited/edited-text";
import { findImages } from "@/lib/mail/edited/edition-store";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { sampleMails } from "@/lib/mail/edited/sample-mails";
import { findBlocks } from "@/lib/mail/edited/trial-store";
import type { MailFacts } from "@/lib/mail/facts";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { MailToShow } from "@/lib/mail/mail-to-show";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import type { MailDocument } from "@/lib/mail-document/document";
import type { MailFrame } from "@/lib/mail-document/frame";
import { readNotation } from "@/lib/mail-document/notation";

/** A test mail, and what was live when it was first tried. */
export type Trial = { mail: MailToShow; frame: MailFrame; edition: number };

/** A text with words of ours around it that nobody takes for a mail of their own. */
function marked(document: MailDocument, words: { mark: string; notice: string }): MailDocument {
  const { subject, pieces, previewLine } = document;
  return {
    subject: [{ text: `${words.mark}: ` }, ...subject],
    previewLine,
    pieces: [{ type: "paragraph", content: [{ text: words.notice, bold: true }] }, ...pieces],
  };
}

async function render(
  { mail, frame, edition }: Trial,
  test: NonNullable<MailFacts["test"]>,
): Promise<RenderedMail | null> {
  const { kind, locale } = test;
  if (!isLocale(locale)) return null;
  const document = readNotation(test);
  const blocks = await findBlocks({ locale, names: blocksOf(document), edition });
  // Tried again, it is the same mail: it happened when it was asked for.
  const [sample] = sampleMails(kind, locale, mail.createdAt);
  if (sample === undefined) return null;
  const images = await findImages([document, ...blocks.values()]);
  const shown = marked(document, mailCopy[locale]["template-test"]);
  const text = { document: shown, frame, blocks, images };
  return renderEdited(text, { ...sample.mail, id: mail.id }, sample.carried);
}

/**
 * A text that somebody tries out, with a sample's facts and a code that opens nothing, marked as a test;
 * null: it cannot be shown as it was written.
 */
export async function renderTrial(trial: Trial): Promise<RenderedMail | null> {
  const { test } = trial.mail.facts;
  if (test === undefined) return null;
  try {
    return await render(trial, test);
  } catch (error) {
    log.info({ kind: test.kind, error }, "a text that is tried out cannot be shown");
    return null;
  }
}
