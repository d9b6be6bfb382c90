import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { StaffMessage } from "@/emails/components/staff-message";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { ApplicantMailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Tells whoever asked for another contact e-mail how their case stands. */
export default function CaseForApplicant(mail: ApplicantMailView) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNext}</Strong>
      <StaffMessage mail={mail} />
      <WayButton href={mail.statusLink} label={shared.caseStatusLink} brand={mail.brand.light} />
      <Section title={shared.caseDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <Section title={shared.notYouTitle}>
        <Paragraph>{mail.hasAddress ? shared.caseDoneNotYours : shared.caseNotYours}</Paragraph>
      </Section>
    </MailFrame>
  );
}

CaseForApplicant.PreviewProps = {
  ...previewOf("case-question"),
  message: "Please add the last invoice, so that we can compare the address on it.",
  statusLink: `http://localhost:3000/recover/status?token=${"preview-".repeat(8)}`,
  hasAddress: false,
} satisfies ApplicantMailView;
