import { Countdown } from "@/components/countdown";
import { Facts } from "@/components/facts";
import { Moment } from "@/components/moment";
import { Reference } from "@/components/reference";
import { ipText } from "@/lib/client/ip-text";
import { readClock } from "@/lib/clock";
import { momentText } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { PendingPage } from "@/lib/sign-in/pending-page";

/** What is known of a pending sign-in or sign-up, for whoever calls support or wants to know. */
export async function SignInFacts({ pending }: { pending: PendingPage }) {
  const t = await getTranslations("verify");
  const common = await getTranslations("common");
  const { ip, expiresAt, attemptsLeft, reference, timeZone } = pending;
  const countdown = {
    left: t.raw("countdown.left") as string,
    aMinute: t("countdown.aMinute"),
    lastMinute: t("countdown.lastMinute"),
    ended: t("countdown.ended"),
  };
  return (
    <Facts
      facts={[
        { label: t("facts.ip"), value: ipText(ip, common("networkUnknown")) },
        {
          label: t("facts.validUntil"),
          value: (
            <>
              <Moment at={expiresAt}>{await momentText(expiresAt, { timeZone })}</Moment>
              <Countdown
                secondsLeft={Math.ceil((expiresAt.getTime() - readClock().getTime()) / 1000)}
                words={countdown}
              />
            </>
          ),
        },
        { label: t("facts.attempts"), value: t("attemptsLeft", { left: attemptsLeft }) },
        ...(reference === null
          ? []
          : [{ label: t("facts.reference"), value: <Reference>{reference}</Reference> }]),
      ]}
    />
  );
}
