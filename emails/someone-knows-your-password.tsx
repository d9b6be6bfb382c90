import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"someone-knows-your-password"> }) {
  const { notYou, changeNow } = mail.words;
  return <NotYou mail={mail} notYou={notYou} changeNow={changeNow} />;
}

/**
 * Notifies that codes or second factors were asked for too often, by the customer or by somebody with the
 * password: new networks wait until a time or for a new password, or one known place for a time.
 */
export default function SomeoneKnowsYourPassword(mail: MailView<"someone-knows-your-password">) {
  const { words } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.wait}</Strong>
      <Paragraph>{words.elsewhere}</Paragraph>
      <Section title={words.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

SomeoneKnowsYourPassword.PreviewProps = previewOf("someone-knows-your-password");
