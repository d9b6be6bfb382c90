import { CodePanel } from "@/emails/components/code-panel";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { Paragraph, Quiet, Strong } from "@/emails/components/words";
import type { CodeMailView, KindWithWords } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

type Kind = KindWithWords<"whatToDo" | "validity" | "anywhere" | "notYou" | "neverShare">;

/**
 * The code that proves the mailbox of a sign-up, or the address a case asks for. It may reach a
 * stranger, so it names nobody.
 */
export default function SignUpCode(mail: CodeMailView<Kind>) {
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
      <Section title={shared.notYouTitle}>
        <Strong>{words.notYou}</Strong>
        <Paragraph>{words.neverShare}</Paragraph>
      </Section>
    </MailFrame>
  );
}

SignUpCode.PreviewProps = { ...previewOf("sign-up-code"), code: previewCode };
