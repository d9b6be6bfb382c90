import { pressNotMeAction } from "@/app/(door)/not-me/actions";
import { Contacts } from "@/app/contacts";
import { Alert } from "@/components/alert";
import { Bullets } from "@/components/bullets";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { ipText } from "@/lib/client/ip-text";
import type { Notice } from "@/lib/forms/notice";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { zoneOfPage } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import type { NotMePage } from "@/lib/not-me/not-me-page";
import { notMeNumbers } from "@/lib/not-me/rules/limits";

type NotMeFormProps = {
  token: string;
  page: Extract<NotMePage, { kind: "live" }>;
  notice: Notice | null;
};

/** Says what "that was not me" will do, before anything is done. */
export async function NotMeForm({ token, page, notice }: NotMeFormProps) {
  const t = await getTranslations("notMe");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const { maskedEmail, maskedContact, notifiedOf, at, undo, undoesMore, blocks } = page;
  const timeZone = await zoneOfPage(page.timeZone);
  return (
    <Card title={t("title")} lead={t("lead")} below={<Contacts />}>
      {notice?.kind === "unavailable" ? (
        <Alert title={(await getTranslations("login.errors"))("unavailable")} />
      ) : null}
      <Facts
        facts={[
          { label: t("account"), value: maskedEmail },
          { label: t("ip"), value: ipText(notifiedOf.ip, common("networkUnknown")) },
          {
            label: t("at"),
            value: <Moment at={at}>{dayAndClockText(at, { locale, timeZone })}</Moment>,
          },
        ]}
      />
      <Section title={t("will.title")}>
        <Bullets
          items={[
            t("will.sessions"),
            ...(undo === null ? [] : [t(`will.undo.${undo}`)]),
            ...(undoesMore ? [t("will.more")] : []),
            ...(notifiedOf.network === null ? [] : [t("will.place")]),
            ...(blocks ? [t("will.block", notMeNumbers)] : []),
            t("will.password", { maskedContact }),
          ]}
        />
      </Section>
      <PostForm action={pressNotMeAction}>
        <input type="hidden" name="token" value={token} />
        <Button>{t("submit")}</Button>
      </PostForm>
      <p className="text-quiet text-sm">{t("itWasMe")}</p>
    </Card>
  );
}
