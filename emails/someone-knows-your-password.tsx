import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView } from "@/emails/mail-view";
import { previewOf } from "@/emails/preview";

type Props = MailView<"someone-knows-your-password"> & {
  /** Whether new places may sign in again at a time, or only after a new password. */
  ends: "at-a-time" | "with-a-new-password";
};

/** Tells that the account's codes are used up, by the customer or by somebody with the password. */
export default function SomeoneKnowsYourPassword(mail: Props) {
  const { words } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Strong>{mail.ends === "at-a-time" ? words.waitUntil : words.waitForPassword}</Strong>
      <Paragraph>{words.elsewhere}</Paragraph>
      <Section title={words.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <NotYou mail={mail} notYou={words.notYou} changeNow={words.changeNow} />
    </MailFrame>
  );
}

SomeoneKnowsYourPassword.PreviewProps = {
  ...previewOf("someone-knows-your-password"),
  ends: "at-a-time",
} satisfies Props;
