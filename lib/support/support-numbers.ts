import { HISTORY_DAYS, MAIL_DAYS, MAILS_SHOWN } from "@/lib/history/rules/limits";
import {
  ADDRESSES_SHOWN_MINUTES,
  HOTLINE_PASS_MINUTES,
  NAME_SEARCH_MIN_LENGTH,
  PHONE_SETTLED_DAYS,
  REASON_MAX_LENGTH,
  REASON_MIN_LENGTH,
  REFRESH_SECONDS,
  RESULTS_SHOWN,
  SEARCH_MAX_LENGTH,
  WRONG_PINS_PER_HOUR,
} from "@/lib/support/rules/limits";

/** The numbers that words of support's pages name, and what a reference looks like. */
export const supportNumbers = {
  example: "K7QM-2PX",
  minReason: REASON_MIN_LENGTH,
  maxReason: REASON_MAX_LENGTH,
  search: SEARCH_MAX_LENGTH,
  minName: NAME_SEARCH_MIN_LENGTH,
  results: RESULTS_SHOWN,
  searchDays: HISTORY_DAYS,
  mailDays: MAIL_DAYS,
  mails: MAILS_SHOWN,
  shownMinutes: ADDRESSES_SHOWN_MINUTES,
  passMinutes: HOTLINE_PASS_MINUTES,
  pinsPerHour: WRONG_PINS_PER_HOUR,
  phoneDays: PHONE_SETTLED_DAYS,
  refreshSeconds: REFRESH_SECONDS,
};
