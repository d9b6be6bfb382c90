import { CHECK_UP_DAYS } from "@/lib/factors/rules/judge-check-up";

/** Authenticator apps that an account has at most. */
export const APPS_AT_MOST = 10;

/** Characters of the name of an app or a passkey at most. */
export const FACTOR_NAME_MAX_LENGTH = 50;

/** Minutes from the making of an app's key in which the app can be turned on. */
export const PENDING_APP_MINUTES = 10;

/** Hours of notice before the factors of an account end whose first one somebody says is not theirs. */
export const FACTORS_END_HOURS = 24;

/** The numbers that words on factors name. */
export const factorNumbers = {
  apps: APPS_AT_MOST,
  max: FACTOR_NAME_MAX_LENGTH,
  minutes: PENDING_APP_MINUTES,
  endHours: FACTORS_END_HOURS,
  checkUpDays: CHECK_UP_DAYS,
};
