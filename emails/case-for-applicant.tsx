import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { StaffMessage } from "@/emails/components/staff-message";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { KindWithWords, LinkMailView } from "@/emails/mail-view";
import { previewLink, previewOf } from "@/emails/preview";

type ApplicantMail = LinkMailView<KindWithWords<"whatNext">>;

function notYours({ shared, variant }: ApplicantMail): string {
  if (variant === "of-factors") return shared.factorsCaseNotYours;
  return variant === "moved" ? shared.caseDoneNotYours : shared.caseNotYours;
}

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: ApplicantMail }) {
  return (
    <Section title={mail.shared.notYouTitle}>
      <Paragraph>{notYours(mail)}</Paragraph>
    </Section>
  );
}

/** Notifies whoever asked for another contact e-mail how their case stands. */
export default function CaseForApplicant(mail: ApplicantMail) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNext}</Strong>
      <StaffMessage mail={mail} />
      <WayButton href={mail.link} label={shared.caseStatusLink} brand={mail.brand.light} />
      <Section title={shared.caseDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

CaseForApplicant.PreviewProps = {
  ...previewOf("case-question"),
  message: "Please add the last invoice, so that we can compare the address on it.",
  link: previewLink("/recover/status"),
} satisfies ApplicantMail;
