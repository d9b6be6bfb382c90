import { env } from "@/lib/env";
import { durationText } from "@/lib/i18n/duration-text";
import type { Locale } from "@/lib/i18n/locales";
import {
  CODES_WITHOUT_A_RIGHT_ONE,
  RESENDS_PER_SIGN_IN,
  SECONDS_BETWEEN_MAILS,
  TRUSTED_PLACES_PER_ACCOUNT,
} from "@/lib/sign-in/rules/limits";

const secondsPerMinute = 60;

/** The numbers that help texts tell, as this installation enforces them; lengths of time in words. */
export function loginCodeNumbers(locale: Locale) {
  const settings = env();
  return {
    codeLifetime: durationText(settings.codeLifetimeMinutes * secondsPerMinute, locale),
    blockDuration: durationText(settings.blockMinutes * secondsPerMinute, locale),
    attempts: settings.codeMaxAttempts,
    codesPerHour: settings.accountCodesPerHour,
    passwordAttempts: settings.passwordAttemptsPerHour,
    unusedCodes: CODES_WITHOUT_A_RIGHT_ONE,
    resends: RESENDS_PER_SIGN_IN,
    resendGap: durationText(SECONDS_BETWEEN_MAILS, locale),
    places: TRUSTED_PLACES_PER_ACCOUNT,
  };
}
