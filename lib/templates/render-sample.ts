import type { Locale } from "@/lib/i18n/locales";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { sampleMails } from "@/lib/mail/edited/sample-mails";
import type { MailKind } from "@/lib/mail/kinds";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import type { MailDocument } from "@/lib/mail-document/document";
import type { MailFrame } from "@/lib/mail-document/frame";

/** A text as it would go out to an ordinary customer; null: it cannot be rendered. */
export async function renderSample(
  { kind, locale }: { kind: MailKind; locale: Locale },
  edited: {
    document: MailDocument;
    frame: MailFrame;
    blocks: ReadonlyMap<string, MailDocument>;
  },
): Promise<RenderedMail | null> {
  const samples = sampleMails(kind, locale);
  const sample = samples.find(({ name }) => name === "ordinary") ?? samples[0];
  if (sample === undefined) return null;
  try {
    return await renderEdited(edited, sample.mail, sample.carried);
  } catch {
    return null;
  }
}
