import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"sign-in-blocked"> }) {
  const { notYou, changeNow } = mail.words;
  return <NotYou mail={mail} notYou={notYou} changeNow={changeNow} />;
}

/** Notifies that too many wrong codes blocked sign-in from one network. */
export default function SignInBlocked(mail: MailView<"sign-in-blocked">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.elsewhere}</Paragraph>
      <Strong>{words.ifYou}</Strong>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
        <Paragraph>{words.reference}</Paragraph>
      </Section>
    </MailFrame>
  );
}

SignInBlocked.PreviewProps = previewOf("sign-in-blocked");
