import { Contacts } from "@/app/contacts";
import { WasItUsLink } from "@/app/was-it-us-link";
import { Alert } from "@/components/alert";
import { ButtonLink } from "@/components/button";
import { Card } from "@/components/card";
import { Notice as Status } from "@/components/notice";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { NotMePage } from "@/lib/not-me/not-me-page";
import { notMeNumbers } from "@/lib/not-me/rules/limits";

type NotMeOverProps = { page: NotMePage; notice: Notice | null };

/** What the button did, or why the link does nothing any more; either way, what to do now. */
export async function NotMeOver({ page, notice }: NotMeOverProps) {
  const t = await getTranslations("notMe");
  if (notice?.kind === "done" && notice.what === "secured") {
    const { maskedContact = "", until, factor, factorEnds } = notice.values;
    return (
      <Card title={t("done.title")} below={<Contacts />}>
        <Status>{t("done.what")}</Status>
        {factor === "removed" ? <p>{t("done.factorRemoved")}</p> : null}
        {factor === "stays" && !factorEnds ? <p>{t("done.factorStays")}</p> : null}
        {factorEnds ? (
          <p>{t.rich("done.factorEnds", await momentTags(new Date(factorEnds)))}</p>
        ) : null}
        <p>{t("done.next", { maskedContact })}</p>
        <p>{t("done.mailbox")}</p>
        {until ? <p>{t.rich("done.blocked", await momentTags(new Date(until)))}</p> : null}
      </Card>
    );
  }
  const key = page.kind === "live" ? "dead" : page.kind;
  return (
    <Card title={t("over.title")} below={<Contacts />}>
      <Alert title={t(`over.${key}`, notMeNumbers)} />
      <p>{t("over.next")}</p>
      <ButtonLink href="/forgot-password">{t("over.action")}</ButtonLink>
      <WasItUsLink />
    </Card>
  );
}
