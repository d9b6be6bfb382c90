import { getTranslations } from "next-intl/server";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { env } from "@/lib/env/env";
import { isLocale, localeNames } from "@/lib/i18n/locales";

/** Whose account it is, and whether its password works. */
export async function Person({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.who");
  const roles = await getTranslations("activity.about.role");
  const { role, since, locale, timeZone, closesAt, passwordOff } = page;
  const moment = (at: Date) => (
    <Moment at={at} quiet>
      {words.when(at)}
    </Moment>
  );
  const password =
    passwordOff === null
      ? t("passwordOn")
      : t(`passwordOff.${passwordOff.because}`, { date: words.when(passwordOff.since) });
  return (
    <Section id="who" title={t("title")}>
      <Facts
        facts={[
          { label: t("role"), value: roles(role as "customer") },
          { label: t("since"), value: moment(since) },
          { label: t("language"), value: isLocale(locale) ? localeNames[locale] : locale },
          {
            label: t("timeZone"),
            value: timeZone?.replaceAll("_", " ") ?? t("hostZone", { zone: env().timeZone }),
          },
          { label: t("password"), value: password },
          ...(closesAt === null ? [] : [{ label: t("closes"), value: moment(closesAt) }]),
        ]}
      />
    </Section>
  );
}
