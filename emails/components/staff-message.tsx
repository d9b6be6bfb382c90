import { Section } from "@/emails/components/section";
import { Paragraph } from "@/emails/components/words";
import type { SharedWords } from "@/emails/mail-view";
import { paragraphsOf } from "@/emails/paragraphs";

type StaffMessageProps = { mail: { shared: SharedWords; message: string | null } };

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
