import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { KindWithWords, MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Where it is looked at. */
export function Ending({ mail }: { mail: MailView<KindWithWords<"inStudio">> }) {
  const { shared, links, brand } = mail;
  return <WayButton href={links.texts} label={shared.studioLink} brand={brand.light} />;
}

/** Notifies somebody who edits mails of what became of a text. */
export default function StudioNotice(mail: MailView<KindWithWords<"inStudio">>) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.inStudio}</Strong>
      <Section title={shared.studioDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

StudioNotice.PreviewProps = previewOf("template-waits");
