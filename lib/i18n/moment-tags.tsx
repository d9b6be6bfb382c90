import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Moment } from "@/components/moment";
import { Reference } from "@/components/reference";
import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { clockAndDayText, clockText } from "@/lib/i18n/clock-text";

const HALF_A_DAY = 12 * 60 * 60 * 1000;

/**
 * A moment as a page writes it: the clock time with its zone, with the day when that is not today's
 * business, and with seconds where a minute would be too coarse.
 */
export async function momentText(
  at: Date,
  { timeZone, seconds }: { timeZone?: string | null; seconds?: boolean } = {},
): Promise<string> {
  const options = { locale: await getLocale(), timeZone: timeZone ?? env().timeZone, seconds };
  const far = Math.abs(at.getTime() - readClock().getTime()) > HALF_A_DAY;
  return far ? clockAndDayText(at, options) : clockText(at, options);
}

/** What `<clock>{time}</clock>` and `<ref>{reference}</ref>` in messages become. */
export async function momentTags(
  at: Date,
  options: { timeZone?: string | null; seconds?: boolean } = {},
) {
  return {
    time: await momentText(at, options),
    clock: (words: ReactNode) => <Moment at={at}>{words}</Moment>,
    ref: (words: ReactNode) => <Reference>{words}</Reference>,
  };
}
