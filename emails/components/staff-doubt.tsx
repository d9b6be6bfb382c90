import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph } from "@/emails/components/words";
import type { SharedWords } from "@/emails/mail-view";
import type { Accent } from "@/emails/theme";

type StaffDoubtProps = { shared: SharedWords; href: string; brand: Accent };

/** What an admin can do if somebody of the staff should not have done it. */
export function StaffDoubt({ shared, href, brand }: StaffDoubtProps) {
  return (
    <Section title={shared.staffDoubtTitle}>
      <Paragraph>{shared.staffDoubt}</Paragraph>
      <WayButton href={href} label={shared.staffLink} brand={brand} />
    </Section>
  );
}
