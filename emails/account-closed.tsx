import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { Paragraph } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"account-closed"> }) {
  return (
    <Section title={mail.shared.notYouTitle}>
      <Paragraph>{mail.words.notYou}</Paragraph>
    </Section>
  );
}

/** Notifies that an account was erased, 14 days after its owner asked for it. */
export default function AccountClosed(mail: MailView<"account-closed">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.followsFromThis}</Paragraph>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

AccountClosed.PreviewProps = previewOf("account-closed");
