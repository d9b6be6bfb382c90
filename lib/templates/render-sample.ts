import type { Locale } from "@/lib/i18n/locales";
import { inLines } from "@/lib/mail/edited/naming";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { sampleMails } from "@/lib/mail/edited/sample-mails";
import type { MailKind } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import type { MailDocument } from "@/lib/mail-document/document";
import type { MailFrame } from "@/lib/mail-document/frame";

/** A mail as it would go out, and what it lacks of what its kind promises, by names. */
export type SampleMade = { rendered: RenderedMail; lacks: string[] };

/** A text as it would go out to an ordinary customer; null: it cannot be rendered. */
export async function renderSample(
  { kind, locale }: { kind: MailKind; locale: Locale },
  edited: {
    document: MailDocument;
    frame: MailFrame;
    blocks: ReadonlyMap<string, MailDocument>;
  },
): Promise<SampleMade | null> {
  const samples = sampleMails(kind, locale);
  const sample = samples.find(({ name }) => name === "ordinary") ?? samples[0];
  if (sample === undefined) return null;
  try {
    const rendered = await renderEdited(edited, sample.mail, sample.carried);
    return { rendered, lacks: lacksOf(rendered, inLines(contentsOf(sample.mail, sample.carried))) };
  } catch {
    return null;
  }
}
