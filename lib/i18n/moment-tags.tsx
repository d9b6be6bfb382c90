import type { ReactNode } from "react";
import { Moment } from "@/components/moment";
import { Reference } from "@/components/reference";
import { browserZone } from "@/lib/client/browser-zone";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { clockAndDayText, clockText } from "@/lib/i18n/clock-text";
import { fromNowText } from "@/lib/i18n/from-now-text";
import { getLocale } from "@/lib/i18n/translations";
import { requestBrought } from "@/lib/log/request-context";

const HALF_A_DAY = 12 * 60 * 60 * 1000;

type MomentOptions = {
  /** Of the account whose page it is; null or left out: what the browser says. */
  timeZone?: string | null;
  /** Also the seconds, where a minute would be too coarse. */
  seconds?: boolean;
};

/**
 * The zone of a page's clock times: the one given, else what the browser says, else the
 * installation's.
 */
export async function zoneOfPage(known: string | null = null): Promise<string> {
  return known ?? browserZone(requestBrought().headers) ?? env().timeZone;
}

/**
 * A moment as a page writes it: the clock time and where clocks show it, with the day when that is
 * not today's business.
 */
export async function momentText(at: Date, options: MomentOptions = {}): Promise<string> {
  const { timeZone, seconds } = options;
  const ahead = at.getTime() - readClock().getTime();
  const zone = await zoneOfPage(timeZone);
  const clock = { locale: await getLocale(), timeZone: zone, seconds, happened: ahead <= 0 };
  const far = Math.abs(ahead) > HALF_A_DAY;
  return far ? clockAndDayText(at, clock) : clockText(at, clock);
}

/** What `{fromNow}`, `<clock>{time}</clock>` and `<ref>{reference}</ref>` in messages become. */
export async function momentTags(at: Date, options: MomentOptions = {}) {
  return {
    time: await momentText(at, options),
    fromNow: fromNowText(at, readClock(), await getLocale()),
    clock: (words: ReactNode) => <Moment at={at}>{words}</Moment>,
    ref: (words: ReactNode) => <Reference>{words}</Reference>,
  };
}
