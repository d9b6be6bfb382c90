import { confirmAddressAction } from "@/app/(door)/confirm-address/actions";
import { Alert } from "@/components/alert";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import type { Confirmable } from "@/lib/contact/confirm";
import type { Notice } from "@/lib/forms/notice";
import { momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";

type ConfirmAddressFormProps = { token: string; confirmable: Confirmable; notice: Notice | null };

const words = {
  "confirm-address": "further",
  "confirm-old-email": "old",
  "confirm-new-email": "new",
} as const;

/** Says what a confirmation would do, and asks for it. */
export async function ConfirmAddressForm(props: ConfirmAddressFormProps) {
  const { token, confirmable, notice } = props;
  const t = await getTranslations("confirmAddress");
  const { purpose, account, address, until } = confirmable;
  const key = words[purpose];
  const isFurther = purpose === "confirm-address";
  return (
    <Card title={t(`${key}.title`)}>
      {notice?.kind === "unavailable" ? (
        <Alert title={(await getTranslations("login.errors"))("unavailable")} />
      ) : null}
      <p>{t(`${key}.what`)}</p>
      <Facts
        facts={[
          { label: t("account"), value: account },
          { label: t(isFurther ? "address" : "newAddress"), value: address },
          { label: t("until"), value: <Moment at={until}>{await momentText(until)}</Moment> },
        ]}
      />
      <p>{t(`${key}.then`)}</p>
      <PostForm action={confirmAddressAction}>
        <input type="hidden" name="token" value={token} />
        <Button>{t("submit")}</Button>
      </PostForm>
      <p className="text-quiet text-sm">{t(`${key}.notYou`)}</p>
    </Card>
  );
}
