import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { KindWithWords, MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Notifies an admin of what another one of the staff did or tried. */
export default function StaffNotified(mail: MailView<KindWithWords<"nowThat">>) {
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

StaffNotified.PreviewProps = previewOf("approval-refused");
