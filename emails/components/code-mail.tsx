import { CodePanel } from "@/emails/components/code-panel";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { NotYou } from "@/emails/components/not-you";
import { Section } from "@/emails/components/section";
import { Paragraph, Quiet, Strong } from "@/emails/components/words";
import type { CodeMailView } from "@/emails/mail-view";

/** A code for somebody who has an account: what it is for, the code, where it was asked for. */
export function CodeMail({ mail }: { mail: CodeMailView<"sign-in-code" | "widening-code"> }) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail}>
      <Paragraph>{words.whatHappened}</Paragraph>
      <Paragraph>{words.whatToDo}</Paragraph>
      <CodePanel code={mail.code} brand={mail.brand.light} />
      <Strong>{words.validity}</Strong>
      <Quiet>{words.anywhere}</Quiet>
      <Section title={shared.detailsTitle}>
        <FactsTable facts={mail.facts} />
      </Section>
      <NotYou
        mail={mail}
        notYou={words.notYou}
        more={words.neverShare}
        changeNow={words.changeNow}
      />
    </MailFrame>
  );
}
