import { WayButton, WayLink } from "@/emails/components/way";
import { Paragraph } from "@/emails/components/words";
import type { MailView, SharedWords } from "@/emails/mail-view";

type Ways = Pick<MailView<"sign-in-code">, "links" | "brand"> & { shared: SharedWords };

/** What to do when somebody else has the password: the two ways to a new one. */
export function ChoosePassword({ mail, changeNow }: { mail: Ways; changeNow: string }) {
  const { shared, links, brand } = mail;
  return (
    <>
      <Paragraph>{changeNow}</Paragraph>
      <WayButton
        href={links.changePassword}
        label={shared.changePasswordLink}
        brand={brand.light}
      />
      <WayLink href={links.forgotPassword} label={shared.setNewPasswordLink} brand={brand.light} />
    </>
  );
}
