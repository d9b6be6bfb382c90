import { coolingHours } from "@/lib/cases/cooling-hours";
import { sizeText } from "@/lib/cases/documents/size-text";
import { caseNumbers } from "@/lib/cases/rules/limits";
import { codeMinutesNow } from "@/lib/challenge/code-lifetime";
import {
  CODES_WITHOUT_A_RIGHT_ONE,
  RESENDS_PER_SIGN_IN,
  SECONDS_BETWEEN_MAILS,
} from "@/lib/challenge/rules/limits";
import { CLOSING_DAYS } from "@/lib/closing/rules/limits";
import { FURTHER_ADDRESSES, HOURS_TO_CONFIRM } from "@/lib/contact/rules/limits";
import { env } from "@/lib/env/env";
import { RECOVERY_CODES } from "@/lib/factors/recovery-codes";
import { CHECK_UP_DAYS } from "@/lib/factors/rules/judge-check-up";
import { daysText, durationText } from "@/lib/i18n/duration-text";
import type { Locale } from "@/lib/i18n/locales";
import { NOT_ME_LINK_DAYS } from "@/lib/mail/rules/limits";
import { NOT_ME_BLOCK_HOURS } from "@/lib/not-me/rules/limits";
import { placeNumbers } from "@/lib/places/rules/limits";
import { RESET_LINK_MINUTES } from "@/lib/recovery/rules/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";
import { HOTLINE_PASS_MINUTES, PHONE_SETTLED_DAYS } from "@/lib/support/rules/limits";
import { TRUSTED_BROWSER_DAYS } from "@/lib/trusted-browser/rules/limits";
import { FACTORS_END_HOURS, PENDING_APP_MINUTES } from "@/lib/two-step/rules/limits";

const secondsPerMinute = 60;
const secondsPerHour = 60 * secondsPerMinute;

/**
 * The numbers that help texts name, as this installation enforces them; lengths of time in words.
 */
export function helpNumbers(locale: Locale) {
  const settings = env();
  const cooling = coolingHours();
  return {
    codeLifetime: durationText(codeMinutesNow() * secondsPerMinute, locale),
    blockDuration: durationText(settings.blockMinutes * secondsPerMinute, locale),
    attempts: settings.codeMaxAttempts,
    codesPerHour: settings.accountCodesPerHour,
    passwordAttempts: settings.passwordAttemptsPerHour,
    unusedCodes: CODES_WITHOUT_A_RIGHT_ONE,
    resends: RESENDS_PER_SIGN_IN,
    resendGap: durationText(SECONDS_BETWEEN_MAILS, locale),
    places: TRUSTED_PLACES_PER_ACCOUNT,
    widestFour: placeNumbers.widestFour,
    widestSix: placeNumbers.widestSix,
    furtherAddresses: FURTHER_ADDRESSES,
    closingDays: daysText(CLOSING_DAYS, locale),
    confirmHours: durationText(HOURS_TO_CONFIRM * secondsPerHour, locale),
    undoDays: daysText(NOT_ME_LINK_DAYS, locale),
    notMeBlock: durationText(NOT_ME_BLOCK_HOURS * secondsPerHour, locale),
    browserDays: daysText(TRUSTED_BROWSER_DAYS, locale),
    resetLink: durationText(RESET_LINK_MINUTES * secondsPerMinute, locale),
    cooling: durationText(cooling.usual * secondsPerHour, locale),
    shortCooling: durationText(cooling.short * secondsPerHour, locale),
    longTrusted: daysText(caseNumbers.trustedDays, locale),
    draftTime: durationText(caseNumbers.draftHours * secondsPerHour, locale),
    documents: caseNumbers.documents,
    documentSize: sizeText(caseNumbers.maxBytes, locale),
    answerTime: daysText(caseNumbers.answerDays, locale),
    documentsKept: daysText(caseNumbers.keptDays, locale),
    phoneDays: daysText(PHONE_SETTLED_DAYS, locale),
    recoveryCodes: RECOVERY_CODES,
    addingTime: durationText(PENDING_APP_MINUTES * secondsPerMinute, locale),
    factorNotice: durationText(FACTORS_END_HOURS * secondsPerHour, locale),
    checkUp: daysText(CHECK_UP_DAYS, locale),
    hotlinePass: durationText(HOTLINE_PASS_MINUTES * secondsPerMinute, locale),
  };
}
