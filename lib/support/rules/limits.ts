import { HISTORY_DAYS, MAILS_SHOWN } from "@/lib/history/rules/limits";

/** Characters of a reason that a member of staff gives, at least and at most. */
export const REASON_MIN_LENGTH = 5;
export const REASON_MAX_LENGTH = 500;
export const reasonLengths = { min: REASON_MIN_LENGTH, max: REASON_MAX_LENGTH };

/** Characters of a search that are looked at; a name is looked for from the second on. */
export const SEARCH_MAX_LENGTH = 320;
export const NAME_SEARCH_MIN_LENGTH = 2;

/** Customers that one search shows. */
export const RESULTS_SHOWN = 25;

/** What waits is listed so far on support's first page, and counted so far on its tabs. */
export const WAITING_SHOWN = 5;
export const COUNTED_AT_MOST = 100;

/** Hours for which a refused mail is news. */
export const REFUSED_NEWS_HOURS = 1;

/** Seconds after which support's first page brings itself up to date. */
export const DESK_REFRESH_SECONDS = 30;

/** Minutes within which looking at one customer again is no new entry of the audit log. */
export const MINUTES_BETWEEN_VIEWS = 15;

/** Minutes that addresses stay readable for whoever asked to see them. */
export const ADDRESSES_SHOWN_MINUTES = 2;

/** Minutes in which a caller has to use a hotline pass. */
export const HOTLINE_PASS_MINUTES = 15;

/** Wrong support PINs for one account in an hour, beyond which none is looked at. */
export const WRONG_PINS_PER_HOUR = 5;

/** Days a number must have been on the record before support calls it back. */
export const PHONE_SETTLED_DAYS = 7;

/** Seconds after which the page of a customer brings itself up to date. */
export const REFRESH_SECONDS = 5;

/** Words of a name that are looked for, each of them anywhere in it. */
export const WORDS_SEARCHED = 8;

/** A word that is looked for only where a word of the name begins with it: of scripts with spaces. */
export const SHORT_WORD =
  /^(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]\p{M}*){1,2}$/u;

/** Pairs of an address and an account that a search by a network looks at, in each table. */
export const PAIRS_MET = 5_000;

/** Wrong passwords for an account in an hour from which on its page says so. */
export const WRONG_PASSWORDS_SHOWN = 5;

/** Networks with wrong codes that the page of a customer names, the latest. */
export const NETWORKS_SHOWN = 10;

/** The numbers that words of support's pages name, and what a reference looks like. */
export const supportNumbers = {
  example: "K7QM-2PX",
  minReason: REASON_MIN_LENGTH,
  maxReason: REASON_MAX_LENGTH,
  search: SEARCH_MAX_LENGTH,
  minName: NAME_SEARCH_MIN_LENGTH,
  results: RESULTS_SHOWN,
  searchDays: HISTORY_DAYS,
  mails: MAILS_SHOWN,
  shownMinutes: ADDRESSES_SHOWN_MINUTES,
  passMinutes: HOTLINE_PASS_MINUTES,
  pinsPerHour: WRONG_PINS_PER_HOUR,
  phoneDays: PHONE_SETTLED_DAYS,
  refreshSeconds: REFRESH_SECONDS,
  deskRefreshSeconds: DESK_REFRESH_SECONDS,
  waitingShown: WAITING_SHOWN,
};
