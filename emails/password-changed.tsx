import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"password-changed"> }) {
  const { notYou, changeNow } = mail.words;
  return <NotYou mail={mail} notYou={notYou} changeNow={changeNow} />;
}

/** Notifies that the account has a new password. */
export default function PasswordChanged(mail: MailView<"password-changed">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.ifYou}</Strong>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

PasswordChanged.PreviewProps = previewOf("password-changed");
