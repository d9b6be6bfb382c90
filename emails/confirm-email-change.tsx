import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Quiet, Strong } from "@/emails/components/words";
import type { KindWithWords, LinkMailView } from "@/emails/mail-view";
import { previewLink, previewOf } from "@/emails/preview";

type Kind = KindWithWords<"whatToDo" | "link" | "validity" | "afterwards" | "notYou">;

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: LinkMailView<Kind> }) {
  const { words, shared } = mail;
  return "changeNow" in words ? (
    <NotYou mail={mail} notYou={words.notYou} changeNow={words.changeNow} />
  ) : (
    <Section title={shared.notYouTitle}>
      <Strong>{words.notYou}</Strong>
    </Section>
  );
}

/** Asks the old and the new address of an account to confirm the change from one to the other. */
export default function ConfirmEmailChange(mail: LinkMailView<Kind>) {
  const { words, shared, brand } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.whatToDo}</Paragraph>
      <WayButton href={mail.link} label={words.link} brand={brand.light} />
      <Strong>{words.validity}</Strong>
      <Quiet>{words.afterwards}</Quiet>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

ConfirmEmailChange.PreviewProps = {
  ...previewOf("confirm-old-email"),
  link: previewLink("/confirm-address"),
} satisfies LinkMailView<"confirm-old-email">;
