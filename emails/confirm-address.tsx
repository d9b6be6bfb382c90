import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Quiet, Strong } from "@/emails/components/words";
import type { KindWithWords, LinkMailView } from "@/emails/mail-view";
import { previewLink, previewOf } from "@/emails/preview";

type Kind = KindWithWords<"whatToDo" | "link" | "validity" | "afterwards" | "notYou">;

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: LinkMailView<Kind> }) {
  return (
    <Section title={mail.shared.notYouTitle}>
      <Strong>{mail.words.notYou}</Strong>
    </Section>
  );
}

/** Asks whether an address is to receive an account's codes and alerts, or whether its owner joins the staff. */
export default function ConfirmAddress(mail: LinkMailView<Kind>) {
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

ConfirmAddress.PreviewProps = {
  ...previewOf("confirm-address"),
  link: previewLink("/confirm-address"),
} satisfies LinkMailView<"confirm-address">;
