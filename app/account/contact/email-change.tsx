import { cancelEmailChangeAction } from "@/app/account/contact/actions";
import { Button } from "@/components/button";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import type { ContactPage } from "@/lib/contact/contact-page";
import { momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type EmailChangeProps = {
  change: NonNullable<ContactPage["change"]>;
  oldEmail: string;
  timeZone: string | null;
};

/** A change of the contact e-mail under way: which address still has to confirm. */
export async function EmailChange({ change, oldEmail, timeZone }: EmailChangeProps) {
  const t = await getTranslations("contact.change");
  const { newEmail, oldConfirmed, newConfirmed, until } = change;
  const state = (confirmed: boolean) => t(confirmed ? "confirmed" : "missing");
  return (
    <div className="grid grid-cols-1 gap-3 rounded-lg bg-sunken px-4 py-4">
      <h3 className="font-semibold">{t("title")}</h3>
      <p>{t("what", { newEmail })}</p>
      <Facts
        facts={[
          { label: oldEmail, value: state(oldConfirmed) },
          { label: newEmail, value: state(newConfirmed) },
          {
            label: t("until"),
            value: <Moment at={until}>{await momentText(until, { timeZone })}</Moment>,
          },
        ]}
      />
      <PostForm action={cancelEmailChangeAction}>
        <Button kind="inline">{t("cancel")}</Button>
      </PostForm>
    </div>
  );
}
