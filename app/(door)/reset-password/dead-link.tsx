import { Contacts } from "@/app/contacts";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { getTranslations } from "@/lib/i18n/translations";
import { resetNumbers } from "@/lib/recovery/rules/limits";

/** A link that is expired, used, replaced or not ours: one page, one next step. */
export async function DeadLink() {
  const t = await getTranslations("password.reset");
  return (
    <Card title={t("title")} below={<Contacts />}>
      <Alert title={t("dead.title")}>
        <p>{t("dead.what", { minutes: resetNumbers.minutes })}</p>
        <p>{t("dead.whole")}</p>
      </Alert>
      <ButtonLink href="/forgot-password">{t("dead.next")}</ButtonLink>
    </Card>
  );
}
