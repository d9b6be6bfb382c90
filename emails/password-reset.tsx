import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Quiet, Strong } from "@/emails/components/words";
import type { LinkMailView } from "@/emails/mail-view";
import { previewLink, previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: LinkMailView<"password-reset"> }) {
  const { words, shared } = mail;
  return (
    <Section title={shared.notYouTitle}>
      <Strong>{words.notYou}</Strong>
      <Paragraph>{words.neverShare}</Paragraph>
    </Section>
  );
}

/** The link by which a customer who cannot sign in sets a new password. */
export default function PasswordReset(mail: LinkMailView<"password-reset">) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.whatToDo}</Paragraph>
      <WayButton href={mail.link} label={words.link} brand={mail.brand.light} />
      <Strong>{words.validity}</Strong>
      <Quiet>{words.afterwards}</Quiet>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

PasswordReset.PreviewProps = {
  ...previewOf("password-reset"),
  link: previewLink("/reset-password"),
} satisfies LinkMailView<"password-reset">;
