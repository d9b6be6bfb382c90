import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailCopy, MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** The sections of the copy that tell admins of one of the staff; all have the same words. */
type StaffKind = {
  [Kind in keyof MailCopy]: MailCopy[Kind] extends { nowThat: string } ? Kind : never;
}[keyof MailCopy];

/** Tells an admin of what another one of the staff did or tried. */
export default function StaffTold(mail: MailView<StaffKind>) {
  const { words, shared, links, brand } = mail;
  return (
    <MailFrame mail={{ ...mail, words: { ...words, preheader: shared.staffPreheader } }}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.nowThat}</Strong>
      <Section title={shared.staffDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <Section title={shared.staffDoubtTitle}>
        <Paragraph>{shared.staffDoubt}</Paragraph>
        <WayButton href={links.staff} label={shared.staffLink} brand={brand.light} />
      </Section>
    </MailFrame>
  );
}

StaffTold.PreviewProps = previewOf("approval-refused");
