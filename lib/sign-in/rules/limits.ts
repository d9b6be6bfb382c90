/** The numbers that are not an operator's to set. Those that are come from the settings. */

/** An account keeps its last used trusted places, this many. */
export const TRUSTED_PLACES_PER_ACCOUNT = 100;

/** Hours between two mails of the kind that is sent at most once a day. */
export const HOURS_BETWEEN_WARNINGS = 24;

/** Days a security notice is worth delivering. */
export const NOTICE_USEFUL_DAYS = 3;

/** Seconds in which the ticket of a right code must be redeemed for the session. */
export const TICKET_SECONDS = 60;

/** Days a session lasts without a visit, and at most. */
export const SESSION_IDLE_DAYS = 30;
export const SESSION_MAX_DAYS = 90;

/** Hours a session of staff lasts at most. */
export const STAFF_SESSION_HOURS = 12;

/** Sessions an account has at once; beyond them the least recently seen makes room. */
export const SESSIONS_PER_ACCOUNT = 20;

/** Days the sign-in history is kept. */
export const HISTORY_DAYS = 90;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment so many seconds after another; negative: before it. */
export const afterSeconds = (at: Date, seconds: number) =>
  new Date(at.getTime() + seconds * SECOND);

/** A moment so many minutes after another; negative: before it. */
export const afterMinutes = (at: Date, minutes: number) =>
  new Date(at.getTime() + minutes * MINUTE);

/** A moment so many hours after another; negative: before it. */
export const afterHours = (at: Date, hours: number) => new Date(at.getTime() + hours * HOUR);

/** A moment so many days after another; negative: before it. */
export const afterDays = (at: Date, days: number) => new Date(at.getTime() + days * DAY);
