import { type ButtonLook, WayButton, WayLink } from "@/emails/components/way";
import { Paragraph } from "@/emails/components/words";
import type { MailView, SharedWords } from "@/emails/mail-view";

type Ways = Pick<MailView<"sign-in-code">, "links" | "brand"> & { shared: SharedWords };

type ChoosePasswordProps = { mail: Ways; changeNow: string; look?: ButtonLook };

/** What to do when somebody else has the password: the two ways to a new one. */
export function ChoosePassword({ mail, changeNow, look }: ChoosePasswordProps) {
  const { shared, links, brand } = mail;
  return (
    <>
      <Paragraph>{changeNow}</Paragraph>
      <WayButton
        href={links.changePassword}
        label={shared.changePasswordLink}
        brand={brand.light}
        look={look}
      />
      <WayLink href={links.forgotPassword} label={shared.setNewPasswordLink} brand={brand.light} />
    </>
  );
}
