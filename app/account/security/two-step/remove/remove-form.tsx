import { removeAction } from "@/app/account/security/two-step/remove/actions";
import { removeForm } from "@/app/account/security/two-step/remove/remove-errors";
import { FactorField } from "@/app/factor-field";
import { TypedPassword } from "@/app/forms/typed-password";
import { PasskeyConfirm } from "@/app/passkeys/passkey-confirm";
import { Button } from "@/components/button";
import { PostForm } from "@/components/post-form";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import type { Removable } from "@/lib/two-step/remove-factor";

type RemoveFormProps = {
  asked: Removable;
  /** The account's. */
  email: string;
  /** Whether it needs the answer of a second step beside the password. */
  asksAnswer: boolean;
  /** Whether that may be a passkey's. */
  hasPasskeys: boolean;
  notice: Notice | null;
};

/** Removes an app or a passkey. */
export async function RemoveForm(props: RemoveFormProps) {
  const { asked, email, asksAnswer, hasPasskeys, notice } = props;
  const t = await getTranslations("twoStep");
  const form = await removeForm(notice);
  return (
    <PostForm action={removeAction} className="grid gap-5">
      <input type="hidden" name="what" value={asked.what} />
      <input type="hidden" name="id" value={asked.id} />
      <TypedPassword
        of={email}
        {...form.field("password")}
        label={t("password")}
        purpose="current"
        required
      />
      {asksAnswer && hasPasskeys ? <PasskeyConfirm checks="password" /> : null}
      {asksAnswer ? <FactorField {...form.field("code")} /> : null}
      <Button>{t("remove.button")}</Button>
    </PostForm>
  );
}
