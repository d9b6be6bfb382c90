import { ChoosePassword } from "@/emails/components/choose-password";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { StaffMessage } from "@/emails/components/staff-message";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { OwnerMailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Tells the addresses an account has that somebody asks to replace them, and lets them object. */
export default function CaseForOwner(mail: OwnerMailView) {
  const { words, shared, objectLink } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNext}</Strong>
      <StaffMessage mail={mail} />
      <Section title={shared.notYouTitle}>
        <Strong>{words.notYou}</Strong>
        {objectLink === null ? null : (
          <>
            <Paragraph>{shared.objectWhat}</Paragraph>
            <WayButton href={objectLink} label={shared.objectLink} brand={mail.brand.light} />
          </>
        )}
        {mail.isStillTheirs ? (
          <ChoosePassword mail={mail} changeNow={shared.changePasswordNow} />
        ) : null}
      </Section>
      <Section title={shared.caseDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

CaseForOwner.PreviewProps = {
  ...previewOf("case-opened"),
  message: null,
  isStillTheirs: true,
  objectLink: `http://localhost:3000/recover/object?token=${"preview-".repeat(8)}`,
} satisfies OwnerMailView;
