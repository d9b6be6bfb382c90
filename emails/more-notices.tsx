import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** Notifies of what happened more often than gets a mail each. */
export default function MoreNotices(mail: MailView<"more-notices">) {
  const { words, shared, links, brand } = mail;
  const { happened, isCut, isForAdmin } = mail.gathered;
  const preheader = isForAdmin ? shared.staffPreheader : shared.changePreheader;
  return (
    <MailFrame mail={{ ...mail, words: { ...words, preheader } }}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNow}</Strong>
      <Section title={words.listTitle}>
        <FactsTable facts={happened} />
        {isCut ? <Paragraph>{words.cut}</Paragraph> : null}
      </Section>
      <Section title={words.latestTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      {isForAdmin ? (
        <Section title={shared.staffDoubtTitle}>
          <Paragraph>{shared.staffDoubt}</Paragraph>
          <WayButton href={links.staff} label={shared.staffLink} brand={brand.light} />
        </Section>
      ) : (
        <NotYou
          mail={mail}
          notYou={mail.isBySupport ? shared.supportNotYou : shared.changeNotYou}
          changeNow={shared.changePasswordNow}
        />
      )}
    </MailFrame>
  );
}

MoreNotices.PreviewProps = previewOf("more-notices");
