import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { env } from "@/lib/env/env";
import { isLocale, localeNames } from "@/lib/i18n/locales";
import { getTranslations } from "@/lib/i18n/translations";

/** Whose account it is; what is wrong with it stands at the top. */
export async function AccountFacts({ page, words }: CustomerPart) {
  const t = await getTranslations("support.customer.who");
  const roles = await getTranslations("activity.about.role");
  const { role, since, locale, timeZone } = page;
  return (
    <Facts
      facts={[
        { label: t("role"), value: roles(role as "customer") },
        {
          label: t("since"),
          value: (
            <Moment at={since} quiet>
              {words.when(since)}
            </Moment>
          ),
        },
        { label: t("language"), value: isLocale(locale) ? localeNames[locale] : locale },
        {
          label: t("timeZone"),
          value: timeZone?.replaceAll("_", " ") ?? t("hostZone", { zone: env().timeZone }),
        },
      ]}
    />
  );
}
