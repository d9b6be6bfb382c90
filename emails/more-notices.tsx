import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

type MoreNoticesProps = MailView<"more-notices"> & {
  /** Whether more happened than is listed. */
  isCut: boolean;
  /** Who is spoken to if it should not be: the account's owner, the same after an act of support, or an admin. */
  readBy: "owner" | "owner-after-support" | "admin";
};

/** Tells of what happened more often than is told by a mail each. */
export default function MoreNotices(mail: MoreNoticesProps) {
  const { words, shared, links, brand, happened, readBy } = mail;
  const preheader = readBy === "admin" ? shared.staffPreheader : shared.changePreheader;
  return (
    <MailFrame mail={{ ...mail, words: { ...words, preheader } }}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNow}</Strong>
      <Section title={words.listTitle}>
        <FactsTable facts={happened} />
        {mail.isCut ? <Paragraph>{words.cut}</Paragraph> : null}
      </Section>
      <Section title={words.latestTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      {readBy === "admin" ? (
        <Section title={shared.staffDoubtTitle}>
          <Paragraph>{shared.staffDoubt}</Paragraph>
          <WayButton href={links.staff} label={shared.staffLink} brand={brand.light} />
        </Section>
      ) : (
        <NotYou
          mail={mail}
          notYou={readBy === "owner" ? shared.changeNotYou : shared.supportNotYou}
          changeNow={shared.changePasswordNow}
        />
      )}
    </MailFrame>
  );
}

MoreNotices.PreviewProps = {
  ...previewOf("more-notices"),
  isCut: true,
  readBy: "owner",
} satisfies MoreNoticesProps;
