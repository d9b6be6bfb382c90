import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailCopy, MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

/** The sections of the copy that tell of one change; all have the same words. */
type ChangeKind = {
  [Kind in keyof MailCopy]: MailCopy[Kind] extends { followsFrom: string } ? Kind : never;
}[keyof MailCopy];

type AccountChangedProps = MailView<ChangeKind> & {
  /** Whether support did it. */
  isBySupport: boolean;
  /** Whether the password opens nothing any more, so that a link leads to a new one. */
  leadsBack: boolean;
};

/** Tells of one change on an account. */
export default function AccountChanged(mail: AccountChangedProps) {
  const { words, shared, links, brand } = mail;
  return (
    <MailFrame mail={{ ...mail, words: { ...words, preheader: shared.changePreheader } }}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{words.followsFrom}</Strong>
      {mail.leadsBack ? (
        <WayButton
          href={links.forgotPassword}
          label={shared.setNewPasswordLink}
          brand={brand.light}
        />
      ) : null}
      <Section title={shared.changeDetailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <NotYou
        mail={mail}
        notYou={mail.isBySupport ? shared.supportNotYou : shared.changeNotYou}
        changeNow={shared.changePasswordNow}
      />
    </MailFrame>
  );
}

AccountChanged.PreviewProps = {
  ...previewOf("place-added"),
  isBySupport: false,
  leadsBack: false,
} satisfies AccountChangedProps;
