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

/**
 * Notifies the addresses an account has that somebody asks to replace them, and lets them object.
 */
export default function CaseForOwner(mail: OwnerMail) {
  const { words, shared, link } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNext}</Strong>
      <StaffMessage mail={mail} />
      <Section title={shared.notYouTitle}>
        <Strong>{words.notYou}</Strong>
        {link === null ? null : (
          <>
            <Paragraph>{shared.objectWhat}</Paragraph>
            <WayButton href={link} label={shared.objectLink} brand={mail.brand.light} />
          </>
        )}
        {mail.variant === "moved" ? null : (
          <ChoosePassword mail={mail} changeNow={shared.changePasswordNow} />
        )}
      </Section>
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
