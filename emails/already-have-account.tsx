import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton, WayLink } from "@/emails/components/way";
import { Paragraph } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"already-have-account"> }) {
  return (
    <Section title={mail.shared.notYouTitle}>
      <Paragraph>{mail.words.notYou}</Paragraph>
    </Section>
  );
}

/** Goes instead of a code when an address that has an account is signed up again. */
export default function AlreadyHaveAccount(mail: MailView<"already-have-account">) {
  const { words, shared, links, brand } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.whatToDo}</Paragraph>
      <WayButton href={links.signIn} label={shared.signInLink} brand={brand.light} />
      <WayLink href={links.forgotPassword} label={shared.forgotPasswordLink} brand={brand.light} />
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

AlreadyHaveAccount.PreviewProps = previewOf("already-have-account");
