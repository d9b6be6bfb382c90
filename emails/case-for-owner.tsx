import { ChoosePassword } from "@/emails/components/choose-password";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { StaffMessage } from "@/emails/components/staff-message";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { KindWithWords, MailView } from "@/emails/mail-view";
import { previewLink, previewOf } from "@/emails/preview";

type OwnerMail = MailView<KindWithWords<"whatNext" | "notYou">>;

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: OwnerMail }) {
  const { words, shared, variant } = mail;
  return (
    <Section title={shared.notYouTitle}>
      <Strong>{words.notYou}</Strong>
      {variant === "moved" ? null : (
        <ChoosePassword mail={mail} changeNow={shared.changePasswordNow} />
      )}
    </Section>
  );
}

/**
 * Notifies the addresses an account has that somebody asks to replace them, and lets them object.
 */
export default function CaseForOwner(mail: OwnerMail) {
  const { words, shared, link } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNext}</Strong>
      <StaffMessage mail={mail} />
      {link === null ? null : (
        <>
          <Paragraph>{shared.objectWhat}</Paragraph>
          <WayButton href={link} label={shared.objectLink} brand={mail.brand.light} />
        </>
      )}
      <Section title={shared.caseDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

CaseForOwner.PreviewProps = {
  ...previewOf("case-opened"),
  link: previewLink("/recover/object"),
} satisfies OwnerMail;
