import { ChoosePassword } from "@/emails/components/choose-password";
import { Section } from "@/emails/components/section";
import { WayButton } from "@/emails/components/way";
import { Paragraph, Strong } from "@/emails/components/words";
import type { MailView, SharedWords } from "@/emails/mail-view";

type NotYouProps = {
  mail: Pick<MailView<"sign-in-code">, "links" | "brand"> & { shared: SharedWords };
  /** What it means if it was somebody else. */
  notYou: string;
  /** What leads to the ways to a new password, where the mail has no link of its own. */
  changeNow: string;
};

/** What to do if it was somebody else: one button that undoes it, or the ways to a new password. */
export function NotYou({ mail, notYou, changeNow }: NotYouProps) {
  const { shared, links, brand } = mail;
  return (
    <Section title={shared.notYouTitle}>
      <Strong>{notYou}</Strong>
      {links.notMe === null ? (
        <ChoosePassword mail={mail} changeNow={changeNow} />
      ) : (
        <>
          <Paragraph>{shared.notMeWhat}</Paragraph>
          <WayButton href={links.notMe} label={shared.notMeLink} brand={brand.light} />
        </>
      )}
    </Section>
  );
}
