import { pressNotMeAction } from "@/app/(door)/not-me/actions";
import { NotMeRefused, notMeErrors } from "@/app/(door)/not-me/not-me-refused";
import { Contacts } from "@/app/contacts";
import { FactorField } from "@/app/factor-field";
import { TypedPassword } from "@/app/forms/typed-password";
import { PasskeyConfirm } from "@/app/passkeys/passkey-confirm";
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
import type { AboutFactors } from "@/lib/not-me/about-factors";
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
  const { maskedEmail, maskedContact, notifiedOf, at, undo, undoesMore, blocks, factors } = page;
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
            ...(await ofFactors(factors)),
          ]}
        />
      </Section>
      <PostForm action={pressNotMeAction} className="grid gap-5">
        <input type="hidden" name="token" value={token} />
        {factors?.mayRemove ? await removeFields(page, factors, notice) : null}
        <Button>{t("submit")}</Button>
      </PostForm>
      <p className="text-quiet text-sm">{t("itWasMe")}</p>
      <WasItUsLink />
    </Card>
  );
}

/** What the button does to the factors that the mail is about. */
async function ofFactors(factors: AboutFactors | null): Promise<string[]> {
  if (factors === null) return [];
  const t = await getTranslations("notMe.will.factor");
  const { steps, first, signingIn, mayRemove } = factors;
  return [
    ...signingIn.map((name) => t("goes", { name })),
    ...(first === null ? [] : [t("first", { name: first.name, ...factorNumbers })]),
    ...(first === null && steps.length > 0 ? [t("stays")] : []),
    ...(mayRemove ? [t("now", { names: await namesOf(factors) })] : []),
  ];
}

const namesOf = async ({ steps }: AboutFactors) =>
  new Intl.ListFormat(await getLocale()).format(steps.map(({ name }) => name));

// Fields that stand in their form itself (components/post-form.tsx); what is typed into them never comes back.
async function removeFields(
  { hasPasskeys }: NotMeFormProps["page"],
  factors: AboutFactors,
  notice: Notice | null,
) {
  const t = await getTranslations("notMe.remove");
  const errors = await notMeErrors(notice);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <Section id="remove" title={t("title", { names: await namesOf(factors) })}>
      <p>{t("what")}</p>
      <div className="grid gap-5">
        <TypedPassword
          name="password"
          label={t("password")}
          purpose="current"
          error={errorOf("password")}
          errorPrefix={(await getTranslations("common"))("errorPrefix")}
        />
        {hasPasskeys ? <PasskeyConfirm purpose="not-me" checks="password" /> : null}
        <FactorField error={errorOf("code")} isOptional />
      </div>
    </Section>
  );
}
