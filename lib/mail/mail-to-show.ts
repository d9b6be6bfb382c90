import { env } from "@/lib/env/env";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import type { MailFacts } from "@/lib/mail/facts";
import type { MailKind } from "@/lib/mail/kinds";
import { timeZoneToday } from "@/lib/time-zones";

/** What the words and times of a mail go by. */
export type MailToShow = {
  /** What its own reference is made of. */
  id: string;
  /** The account's name when it was first tried; null: it has none, or was not tried. */
  ownerName: string | null;
  kind: MailKind;
  locale: string;
  timeZone: string | null;
  facts: MailFacts;
  createdAt: Date;
  /** Of a sample: shown as by an installation without a telephone number of support. */
  isWithoutPhone?: boolean;
};

/** What a mail carries that is never stored. */
export type Carried = {
  /** Six digits, of the kinds that carry a code. */
  code?: string | null;
  /** Of the kinds that carry a link: its token. */
  linkToken?: string | null;
  /** Of the standing link "that was not me". */
  notMeToken?: string | null;
};

/** What times and words of a mail are written in. */
export type Clock = { locale: Locale; timeZone: string };

/** The mail's own language and zone, or ours where it has none that we know. */
export function clockOf({ locale, timeZone }: MailToShow): Clock {
  return {
    locale: isLocale(locale) ? locale : defaultLocale,
    timeZone: timeZone !== null && timeZoneToday(timeZone) !== null ? timeZone : env().timeZone,
  };
}
