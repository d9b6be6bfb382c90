import { accountWords } from "@/app/account/account-words";
import { twoStepOfPage } from "@/app/account/two-step-of-page";
import { LinkRow, LinkRows } from "@/components/link-rows";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import { readContactPage } from "@/lib/contact/contact-page";
import { readBrowserId } from "@/lib/cookies/browser-cookie";
import { lastRefusedSignIn } from "@/lib/history/list-sign-ins";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";
import { type Place, widestOf } from "@/lib/places/list-places";
import { listSessions } from "@/lib/sessions/list-sessions";
import { whenCodesAreAsked } from "@/lib/sign-in/when-codes-are-asked";
import { listTrustedBrowsers } from "@/lib/trusted-browser/list-browsers";

type ProtectionProps = { session: LiveSession; places: Place[] };

/**
 * How well an account is protected, in sentences that each lead to where it is changed. The ids are
 * those that the subjects had when all of them stood on this page.
 */
export async function Protection({ session, places }: ProtectionProps) {
  const t = await getTranslations("security.overview");
  const sessions = await listSessions(session);
  const { addresses } = await readContactPage(session);
  const confirmed = addresses.filter((one) => one.confirmed);
  return (
    <Section id="overview" title={t("title")}>
      <LinkRows>
        <SecondStep />
        <WithoutCode session={session} places={places} />
        <LinkRow id="sessions" href="/account/security/sessions#open">
          {t("sessions", { others: sessions.length - 1 })}
        </LinkRow>
        <LinkRow href="/account/contact#addresses">
          {t("addresses", { count: confirmed.length })}
        </LinkRow>
        {session.account.tellOfNewBrowsers ? null : (
          <LinkRow id="mails" href="/account/security/mails">
            {t("mailsOff")}
          </LinkRow>
        )}
        <Refused session={session} />
      </LinkRows>
    </Section>
  );
}

/** Whether a second step is asked for, and when. */
async function SecondStep() {
  const t = await getTranslations("security.overview");
  const { hasFactor, asking } = await twoStepOfPage();
  const words = asking.always ? "secondStepAlways" : "secondStep";
  return (
    <LinkRow href="/account/security/two-step">{t(hasFactor ? words : "secondStepNone")}</LinkRow>
  );
}

/** What opens the account with the password alone. */
async function WithoutCode({ session, places }: ProtectionProps) {
  const t = await getTranslations("security.overview");
  const { hasFactor, asking } = await twoStepOfPage();
  if (hasFactor && asking.always) return null;
  const asked = hasFactor ? "at-new-places" : whenCodesAreAsked(session.account);
  if (asked !== "at-new-places") return <LinkRow href="/help/login-code">{t(asked)}</LinkRow>;
  const browsers = await listTrustedBrowsers(session, await readBrowserId());
  const widest = widestOf(places);
  return (
    <>
      <LinkRow href="#places">{t("places", { count: places.length })}</LinkRow>
      {widest === null ? null : (
        <LinkRow href={`#place-${widest.place.id}`}>
          {t(widest.place.network.includes(":") ? "widestNetworks" : "widestAddresses", {
            size: widest.size,
          })}
        </LinkRow>
      )}
      <LinkRow id="browser" href="/account/security/sessions#trusted">
        {t("browsers", { count: browsers.length })}
      </LinkRow>
    </>
  );
}

async function Refused({ session }: { session: LiveSession }) {
  const t = await getTranslations("security.overview");
  const verdicts = await getTranslations("history.verdict");
  const words = await accountWords(session);
  const last = await lastRefusedSignIn(session);
  if (last === null) {
    return (
      <LinkRow id="history" href="/account/security/history">
        {t("noneRefused", { days: HISTORY_DAYS })}
      </LinkRow>
    );
  }
  return (
    <LinkRow
      id="history"
      href="/account/security/history?show=refused"
      detail={verdicts(last.verdict)}
    >
      {t("refused", { date: words.when(last.at) })}
    </LinkRow>
  );
}
