import type { LiveSession } from "@/lib/account/session-store";
import type { ClientDetails } from "@/lib/client/client";
import { ipText } from "@/lib/client/ip-text";
import { env } from "@/lib/env/env";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type Device = Pick<ClientDetails, "browser" | "system">;
type From = Pick<ClientDetails, "ip" | "countryCode"> & { placeName?: string | null };

/** How the customer area writes moments, places and browsers, in the customer's language and zone. */
export async function accountWords({ account }: Pick<LiveSession, "account">) {
  const t = await getTranslations("account.place");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const timeZone = account.timeZone ?? env().timeZone;
  return {
    when: (at: Date) => dayAndClockText(at, { locale, timeZone }),
    device: ({ browser, system }: Device) =>
      browser !== null && system !== null
        ? common("browserOnSystem", { browser, system })
        : (browser ?? system ?? t("browserUnknown")),
    country: (code: string | null) => countryName(code, locale) ?? t("countryUnknown"),
    from: ({ ip, countryCode, placeName }: From) =>
      [placeName, ipText(ip, t("networkUnknown")), countryName(countryCode, locale)]
        .filter((part) => part)
        .join(", "),
  };
}
