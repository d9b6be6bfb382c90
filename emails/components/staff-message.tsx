import { Section } from "@/emails/components/section";
import { Paragraph } from "@/emails/components/words";
import type { SharedWords } from "@/emails/mail-view";

type StaffMessageProps = { mail: { shared: SharedWords; message: string | null } };

/** What staff wrote as paragraphs; empty lines make none. */
export const paragraphsOf = (message: string): string[] =>
  message.split(/\n+/).filter((text) => text.trim() !== "");

/** What staff wrote, in their own words and paragraphs; nothing where they wrote nothing. */
export function StaffMessage({ mail: { shared, message } }: StaffMessageProps) {
  if (message === null) return null;
  return (
    <Section title={shared.messageLabel}>
      {paragraphsOf(message).map((text) => (
        <Paragraph key={text}>{text}</Paragraph>
      ))}
    </Section>
  );
}
