import { ChoosePassword } from "@/emails/components/choose-password";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Tells that too many wrong codes blocked sign-in from one place. */
export default function SignInBlocked(mail: MailView<"sign-in-blocked">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.elsewhere}</Paragraph>
      <Strong>{words.ifYou}</Strong>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
        <Paragraph>{words.reference}</Paragraph>
      </Section>
      <Section title={shared.notYouTitle}>
        <Strong>{words.notYou}</Strong>
        <ChoosePassword mail={mail} changeNow={words.changeNow} />
      </Section>
    </MailFrame>
  );
}

SignInBlocked.PreviewProps = previewOf("sign-in-blocked");
