import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { Paragraph } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"new-browser"> }) {
  const { notYou, changeNow } = mail.words;
  return <NotYou mail={mail} notYou={notYou} changeNow={changeNow} />;
}

/** Notifies that somebody got in from a known place with a browser never seen there. */
export default function NewBrowser(mail: MailView<"new-browser">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.ifYou}</Paragraph>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

NewBrowser.PreviewProps = previewOf("new-browser");
