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

/** Before all else, because it is what the mail is opened for: the code, and what it is of. */
export function CodeOpening({ mail }: { mail: CodeMailView<CodeMailKind> }) {
  return <CodePanel code={mail.code} title={mail.words.title} brand={mail.brand.light} />;
}

type CodeMailProps = {
  mail: CodeMailView<CodeMailKind>;
  ending: ReactNode;
};

/**
 * A code, then its end and where it goes. What it is for, where it was asked for and what if it was
 * somebody else can wait.
 */
export function CodeMail({ mail, ending }: CodeMailProps) {
  const { words, shared } = mail;
  return (
    <MailFrame mail={mail} opening={<CodeOpening mail={mail} />} ending={ending}>
      <Strong>{words.validity}</Strong>
      <Paragraph>{words.whatToDo}</Paragraph>
      <Section title={shared.detailsTitle}>
        <Paragraph>{words.whatHappened}</Paragraph>
        <FactsTable facts={mail.facts} />
        <Quiet>{words.anywhere}</Quiet>
        <Quiet>{words.neverShare}</Quiet>
      </Section>
    </MailFrame>
  );
}

/** Of a code for somebody who may have no account: there is nothing to do. */
export function CodeEnding({ mail }: { mail: CodeMailView<CodeMailKind> }) {
  return (
    <Section>
      <Paragraph>{mail.words.notYou}</Paragraph>
    </Section>
  );
}

type AccountCodeMailProps = { mail: CodeMailView<"sign-in-code" | "widening-code"> };

/**
 * Of a code for somebody who has an account: the way out if somebody else has the password. The page
 * it leads to says first what it does, so that the mail need not.
 */
export function AccountCodeEnding({ mail }: AccountCodeMailProps) {
  const { words, shared, links, brand } = mail;
  return (
    <Section>
      <Paragraph>{words.notYou}</Paragraph>
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
    </Section>
  );
}
