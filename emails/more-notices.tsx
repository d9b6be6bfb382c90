import { FactsTable } from "@/emails/components/facts-table";
import { Happened } from "@/emails/components/happened";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { StaffDoubt } from "@/emails/components/staff-doubt";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<"more-notices"> }) {
  const { shared, links, brand } = mail;
  return mail.gathered.isForAdmin ? (
    <StaffDoubt shared={shared} href={links.staff} brand={brand.light} />
  ) : (
    <NotYou
      mail={mail}
      notYou={mail.isBySupport ? shared.supportNotYou : shared.changeNotYou}
      changeNow={shared.changePasswordNow}
    />
  );
}

/** Notifies of what happened more often than gets a mail each. */
export default function MoreNotices(mail: MailView<"more-notices">) {
  const { words, shared } = mail;
  const { happened, isCut, isForAdmin } = mail.gathered;
  const preheader = isForAdmin ? shared.staffPreheader : shared.changePreheader;
  return (
    <MailFrame mail={{ ...mail, words: { ...words, preheader } }} ending={<Ending mail={mail} />}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.whatNow}</Strong>
      <Section title={words.listTitle}>
        <Happened happened={happened} cut={isCut ? words.cut : null} />
      </Section>
      <Section title={words.latestTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

MoreNotices.PreviewProps = previewOf("more-notices");
