import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Tells that the account has a new password. */
export default function PasswordChanged(mail: MailView<"password-changed">) {
  const { words, shared, links, brand } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.ifYou}</Strong>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <Section title={shared.notYouTitle}>
        <Strong>{words.notYou}</Strong>
        <Paragraph>{words.changeNow}</Paragraph>
        <WayButton
          href={links.forgotPassword}
          label={shared.setNewPasswordLink}
          brand={brand.light}
        />
      </Section>
    </MailFrame>
  );
}

PasswordChanged.PreviewProps = previewOf("password-changed");
