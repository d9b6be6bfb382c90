import type { ReactNode } from "react";
import { ChoosePassword } from "@/emails/components/choose-password";
import { CodePanel } from "@/emails/components/code-panel";
import { FactsTable } from "@/emails/components/facts-table";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Quiet, Strong } from "@/emails/components/words";
import type { CodeMailView, KindWithWords } from "@/emails/mail-view";

export type CodeMailKind = KindWithWords<
  "whatToDo" | "validity" | "anywhere" | "notYou" | "neverShare"
>;

type CodeMailProps = {
  mail: CodeMailView<CodeMailKind>;
  /** What can be done if it was somebody else; left out where there is nothing to do. */
  children?: ReactNode;
};

/**
 * A code, before all else, because it is what the mail is opened for: then its end, where it goes,
 * and what if it was somebody else. What it is for and where it was asked for can wait.
 */
export function CodeMail({ mail, children }: CodeMailProps) {
  const { words, shared } = mail;
  return (
    <MailFrame
      mail={mail}
      opening={<CodePanel code={mail.code} title={words.title} brand={mail.brand.light} />}
    >
      <Strong>{words.validity}</Strong>
      <Paragraph>{words.whatToDo}</Paragraph>
      <Paragraph>{words.notYou}</Paragraph>
      {children}
      <Section title={shared.detailsTitle}>
        <Paragraph>{words.whatHappened}</Paragraph>
        <FactsTable facts={mail.facts} />
        <Quiet>{words.anywhere}</Quiet>
        <Quiet>{words.neverShare}</Quiet>
      </Section>
    </MailFrame>
  );
}

type AccountCodeMailProps = { mail: CodeMailView<"sign-in-code" | "widening-code"> };

/**
 * A code for somebody who has an account, with the way out if somebody else has the password. The
 * page it leads to says first what it does, so that the mail need not.
 */
export function AccountCodeMail({ mail }: AccountCodeMailProps) {
  const { words, shared, links, brand } = mail;
  return (
    <CodeMail mail={mail}>
      {links.notMe === null ? (
        <ChoosePassword mail={mail} changeNow={words.changeNow} look="outlined" />
      ) : (
        <WayButton
          href={links.notMe}
          label={shared.notMeLink}
          brand={brand.light}
          look="outlined"
        />
      )}
    </CodeMail>
  );
}
