import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import type { LiveSession } from "@/lib/account/session-store";
import { type Visit, visitsOf } from "@/lib/account/visits";
import { ipText } from "@/lib/client/ip-text";
import { env } from "@/lib/env/env";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

const because = {
  "known-place": "because.knownPlace",
  "known-browser": "because.knownBrowser",
  code: "because.code",
  factor: "because.factor",
  passkey: "because.passkey",
  "sign-up": "because.signUp",
  hotline: "because.hotline",
  "let-in": "because.letIn",
  "not-asked": "because.notAsked",
} as const;

/** When and from where this session and the one before it began. */
export async function LastSignIn({ session }: { session: LiveSession }) {
  const t = await getTranslations("account");
  const { present, last } = visitsOf(session);
  const { timeZone } = session.account;
  const why = because[session.because as keyof typeof because];
  return (
    <>
      <Section title={t("lastSignIn.title")}>
        {last === null ? (
          <p>{t("lastSignIn.none")}</p>
        ) : (
          <>
            <Facts facts={await visitFacts(last, timeZone)} />
            <p className="text-quiet text-sm">
              {t.rich("lastSignIn.notYou", {
                activity: (words) => <TextLink href="/account/activity">{words}</TextLink>,
                sessions: (words) => <TextLink href="/account/security/sessions">{words}</TextLink>,
              })}
            </p>
          </>
        )}
      </Section>
      <Section title={t("thisSignIn.title")}>
        <Facts
          facts={[...(await visitFacts(present, timeZone)), { label: t("how"), value: t(why) }]}
        />
      </Section>
    </>
  );
}

async function visitFacts(visit: Visit, timeZone: string | null) {
  const t = await getTranslations("account");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const { browser, system } = visit;
  const device =
    browser !== null && system !== null
      ? common("browserOnSystem", { browser, system })
      : (browser ?? system ?? t("place.browserUnknown"));
  return [
    {
      label: t("lastSignIn.when"),
      value: (
        <Moment at={visit.at}>
          {dayAndClockText(visit.at, { locale, timeZone: timeZone ?? env().timeZone })}
        </Moment>
      ),
    },
    {
      label: t("lastSignIn.from"),
      value: countryName(visit.countryCode, locale) ?? t("place.countryUnknown"),
    },
    { label: t("lastSignIn.network"), value: ipText(visit.ip, t("place.networkUnknown")) },
    { label: t("lastSignIn.browser"), value: device },
  ];
}
