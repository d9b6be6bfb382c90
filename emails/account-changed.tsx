import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { KindWithWords, MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** What to do if it was somebody else. */
export function Ending({ mail }: { mail: MailView<KindWithWords<"followsFrom">> }) {
  const { shared, isBySupport, variant } = mail;
  const notYou =
    isBySupport || variant === "by-support" ? shared.supportNotYou : shared.changeNotYou;
  return <NotYou mail={mail} notYou={notYou} changeNow={shared.changePasswordNow} />;
}

/** Notifies of one change on an account. */
export default function AccountChanged(mail: MailView<KindWithWords<"followsFrom">>) {
  const { words, shared, links, brand } = mail;
  return (
    <MailFrame
      mail={{ ...mail, words: { ...words, preheader: shared.changePreheader } }}
      ending={<Ending mail={mail} />}
    >
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.followsFrom}</Strong>
      {mail.variant === "leads-back" ? (
        <WayButton
          href={links.forgotPassword}
          label={shared.setNewPasswordLink}
          brand={brand.light}
        />
      ) : null}
      <Section title={shared.changeDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
    </MailFrame>
  );
}

AccountChanged.PreviewProps = previewOf("place-added");
