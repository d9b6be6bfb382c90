import { pressNotMeAction } from "@/app/(door)/not-me/actions";
import { NotMeRefused, notMeErrors } from "@/app/(door)/not-me/not-me-refused";
import { Contacts } from "@/app/contacts";
import { FactorField } from "@/app/factor-field";
import { TypedPassword } from "@/app/forms/typed-password";
import { WasItUsLink } from "@/app/was-it-us-link";
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
import { factorNumbers } from "@/lib/two-step/rules/limits";

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
  const { maskedEmail, maskedContact, notifiedOf, at, undo, undoesMore, blocks, factor } = page;
  const timeZone = await zoneOfPage(page.timeZone);
  return (
    <Card title={t("title")} lead={t("lead")} below={<Contacts />}>
      <NotMeRefused notice={notice} timeZone={page.timeZone} />
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
            ...(undo === null || undo === "factor" ? [] : [t(`will.undo.${undo}`)]),
            ...(undoesMore ? [t("will.more")] : []),
            ...(notifiedOf.network === null ? [] : [t("will.place")]),
            ...(blocks ? [t("will.block", notMeNumbers)] : []),
            t("will.password", { maskedContact }),
            ...(await ofFactor(factor)),
          ]}
        />
      </Section>
      <PostForm action={pressNotMeAction} className="grid gap-5">
        <input type="hidden" name="token" value={token} />
        {factor?.mayRemove ? await removeFields(factor.name, notice) : null}
        <Button>{t("submit")}</Button>
      </PostForm>
      <p className="text-quiet text-sm">{t("itWasMe")}</p>
      <WasItUsLink />
    </Card>
  );
}

type Factor = NonNullable<Extract<NotMePage, { kind: "live" }>["factor"]>;

/** What the button does to the factor that the mail is about. */
async function ofFactor(factor: Factor | null): Promise<string[]> {
  if (factor === null) return [];
  const t = await getTranslations("notMe.will.factor");
  const { name, isFirst, isSecondStep, mayRemove } = factor;
  if (!isSecondStep) return [t("goes", { name })];
  return [
    isFirst ? t("first", factorNumbers) : t("stays"),
    ...(mayRemove ? [t("now", { name })] : []),
  ];
}

// Fields that stand in their form itself (components/post-form.tsx); what is typed into them never comes back.
async function removeFields(name: string, notice: Notice | null) {
  const t = await getTranslations("notMe.remove");
  const errors = await notMeErrors(notice);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <Section id="remove" title={t("title", { name })}>
      <p>{t("what")}</p>
      <div className="grid gap-5">
        <TypedPassword
          name="password"
          label={t("password")}
          purpose="current"
          error={errorOf("password")}
          errorPrefix={(await getTranslations("common"))("errorPrefix")}
        />
        <FactorField error={errorOf("code")} isOptional />
      </div>
    </Section>
  );
}
