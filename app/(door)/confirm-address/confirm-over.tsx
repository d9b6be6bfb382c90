import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import type { Confirmable } from "@/lib/contact/confirm";
import { getTranslations } from "@/lib/i18n/translations";

/** What became of a confirmation, or why its link confirms nothing any more. */
export async function ConfirmOver({ confirmable }: { confirmable: Confirmable | null }) {
  const t = await getTranslations("confirmAddress.over");
  if (confirmable === null) {
    return (
      <Card title={t("dead.title")}>
        <p>{t("dead.what")}</p>
      </Card>
    );
  }
  const { purpose, address, state } = confirmable;
  const isFurther = purpose === "confirm-address";
  switch (state.kind) {
    case "confirmed":
      return (
        <Card title={t("confirmed.title")}>
          <div role="status">
            {t(purpose === "confirm-old-email" ? "confirmed.newMissing" : "confirmed.oldMissing")}
          </div>
        </Card>
      );
    case "done":
      return (
        <Card title={t("done.title")}>
          <div role="status">{t(isFurther ? "done.further" : "done.changed", { address })}</div>
          {isFurther ? null : <ButtonLink href="/login">{t("signIn")}</ButtonLink>}
        </Card>
      );
    default:
      return (
        <Card title={t("over.title")}>
          <p role="alert">{t(`over.${state.kind === "open" ? "lapsed" : state.kind}`)}</p>
        </Card>
      );
  }
}
