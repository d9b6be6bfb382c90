import { ChoosePassword } from "@/emails/components/choose-password";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Tells that somebody got in from a known place with a browser never seen there. */
export default function NewBrowser(mail: MailView<"new-browser">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.ifYou}</Paragraph>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <Section title={shared.notYouTitle}>
        <Strong>{words.notYou}</Strong>
        <ChoosePassword mail={mail} changeNow={words.changeNow} />
      </Section>
    </MailFrame>
  );
}

NewBrowser.PreviewProps = previewOf("new-browser");
