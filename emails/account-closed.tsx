import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { Paragraph } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Notifies that an account was erased, 14 days after its owner asked for it. */
export default function AccountClosed(mail: MailView<"account-closed">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.followsFromThis}</Paragraph>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <Section title={shared.notYouTitle}>
        <Paragraph>{words.notYou}</Paragraph>
      </Section>
    </MailFrame>
  );
}

AccountClosed.PreviewProps = previewOf("account-closed");
