import { PasswordField, type PasswordFieldProps } from "@/components/password-field";
import { UserName } from "@/components/user-name";
import { getTranslations } from "@/lib/i18n/translations";

type TypedPasswordProps = Omit<PasswordFieldProps, "words"> & {
  /** Whose password it is; undefined where a field of the form says so. */
  of?: string;
};

/** The password of a form, and before it, for password managers, whose it is. */
export async function TypedPassword({ of, ...field }: TypedPasswordProps) {
  const t = await getTranslations("common.password");
  const words = {
    show: t("show"),
    showPassword: t("showPassword"),
    hide: t("hide"),
    hidePassword: t("hidePassword"),
  };
  return (
    <>
      {of === undefined ? null : <UserName value={of} />}
      <PasswordField {...field} words={words} />
    </>
  );
}
