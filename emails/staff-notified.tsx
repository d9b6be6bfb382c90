import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { StaffDoubt } from "@/emails/components/staff-doubt";
import { Paragraph, Strong } from "@/emails/components/words";
import type { KindWithWords, MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<KindWithWords<"nowThat">> }) {
  const { shared, links, brand } = mail;
  return <StaffDoubt shared={shared} href={links.staff} brand={brand.light} />;
}

/** Notifies an admin of what another one of the staff did or tried. */
export default function StaffNotified(mail: MailView<KindWithWords<"nowThat">>) {
  const { words, shared } = mail;
  return (
    <MailFrame
      mail={{ ...mail, words: { ...words, preheader: shared.staffPreheader } }}
      ending={<Ending mail={mail} />}
    >
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.nowThat}</Strong>
      <Section title={shared.staffDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

StaffNotified.PreviewProps = previewOf("approval-refused");
