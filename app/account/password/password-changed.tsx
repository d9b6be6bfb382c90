import { Notice } from "@/components/notice";
import { readNotice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

/** Says on the account's page that the password was just changed. */
export async function PasswordChanged() {
  const notice = await readNotice();
  if (notice?.kind !== "password-changed") return null;
  const t = await getTranslations("password.notices");
  return <Notice>{t(notice.elsewhere ? "changedElsewhere" : "changed")}</Notice>;
}
