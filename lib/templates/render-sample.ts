import type { Locale } from "@/lib/i18n/locales";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { inLines } from "@/lib/mail/edited/naming";
import { renderEdited } from "@/lib/mail/edited/render-edited";
import { sampleMails } from "@/lib/mail/edited/sample-mails";
import type { MailKind } from "@/lib/mail/kinds";
import { lacksOf } from "@/lib/mail/lacks";
import { contentsOf } from "@/lib/mail/mail-contents";
import type { RenderedMail } from "@/lib/mail/rendered-mail";

/** A mail as it would go out, and what it lacks of what its kind promises, by names. */
export type SampleMade = { rendered: RenderedMail; lacks: string[] };

/** A text as it would go out to an ordinary customer; null: it cannot be rendered. */
export async function renderSample(
  { kind, locale }: { kind: MailKind; locale: Locale },
  edited: Required<EditedText>,
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
