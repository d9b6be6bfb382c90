import ipaddr from "ipaddr.js";
import type { Fact, MailCopy, MailView, SharedWords } from "@/emails/mail-view";
import { brandColors } from "@/lib/brand";
import { shortestCoolingHours } from "@/lib/cases/rules/limits";
import { env } from "@/lib/env/env";
import { clockAndDayText, clockText, dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { daysText, durationText } from "@/lib/i18n/duration-text";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { aboutLines } from "@/lib/mail/about-lines";
import {
  carriesCode,
  carriesConfirmLink,
  carriesResetLink,
  type MailFacts,
  type MailKind,
  tellsApplicant,
  tellsOwner,
} from "@/lib/mail/facts";
import { type Clock, gatheredValues, happenedLines } from "@/lib/mail/gathered-view";
import { fillWords } from "@/lib/mail/mail-words";
import { NOT_ME_LINK_DAYS } from "@/lib/mail/rules/limits";
import { maskSixDigits, splitSixDigits } from "@/lib/mail/six-digits";
import { STAFF_SESSION_HOURS } from "@/lib/secrets/limits";

const SECONDS_AN_HOUR = 3600;

/** What the words and times of a mail go by. */
export type MailToShow = {
  kind: MailKind;
  locale: string;
  timeZone: string | null;
  facts: MailFacts;
  createdAt: Date;
};

function clockOf(mail: MailToShow): Clock {
  return {
    locale: isLocale(mail.locale) ? mail.locale : defaultLocale,
    timeZone: isTimeZone(mail.timeZone) ? mail.timeZone : env().timeZone,
  };
}

function isTimeZone(zone: string | null): zone is string {
  if (zone === null) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

// A code asked for before midnight may end after it: then the day is said too.
function untilText(until: Date, from: Date, clock: Clock): string {
  const { timeZone } = clock;
  const day = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short" });
  const sameDay = day.format(until) === day.format(from);
  return sameDay ? clockText(until, clock) : clockAndDayText(until, clock);
}

// Counted from when the mail was made, so that a mail sent again says what is left then.
function lifetimeText(until: Date, from: Date, locale: Locale): string {
  const seconds = Math.max(1, Math.round((until.getTime() - from.getTime()) / 1000));
  return durationText(seconds < 60 ? seconds : Math.round(seconds / 60) * 60, locale);
}

function isLocalAddress(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const range = ipaddr.process(ip).range();
  return ["loopback", "private", "uniqueLocal", "linkLocal", "carrierGradeNat"].includes(range);
}

function factLines(mail: MailToShow, shared: SharedWords, clock: Clock): Fact[] {
  const { facts } = mail;
  const unknown = facts.bySupport ? shared.bySupport : shared.unknown;
  const country =
    countryName(facts.countryCode, clock.locale) ??
    (facts.ip !== null && isLocalAddress(facts.ip) ? shared.localNetwork : unknown);
  const isCase = tellsApplicant(mail.kind) || tellsOwner(mail.kind);
  const addressLabel = isCase ? shared.newAddressLabel : shared.addressLabel;
  const lines = [
    ...aboutLines(facts.about, { ...shared, addressLabel }, clock.locale),
    { label: shared.accountLabel, value: facts.accountEmail },
    { label: shared.ipLabel, value: facts.ip ?? unknown },
    { label: shared.countryLabel, value: country },
    { label: shared.browserLabel, value: facts.browser ?? unknown },
    { label: shared.systemLabel, value: facts.system ?? unknown },
    { label: shared.timeLabel, value: dayAndClockText(new Date(facts.at), clock) },
  ];
  if (mail.kind === "account-secured" && facts.until !== undefined) {
    const value = untilText(new Date(facts.until), new Date(facts.at), clock);
    lines.push({ label: shared.blockedUntilLabel, value });
  }
  if (facts.reference !== undefined) {
    const label =
      isCase || mail.kind === "approval-refused" ? shared.caseNumberLabel : shared.referenceLabel;
    lines.push({ label, value: facts.reference });
  }
  if (!carriesCode(mail.kind)) return lines;
  return lines.map(({ label, value }) => ({
    label,
    value: value === facts.accountEmail ? maskSixDigits(value) : splitSixDigits(value),
  }));
}

function supportLines(shared: SharedWords): string[] {
  const { phone, hours, email } = env().support;
  return [
    phone ? (hours ? shared.helpPhoneWithHours : shared.helpPhone) : null,
    email ? shared.helpEmail : null,
  ].filter((line) => line !== null);
}

/**
 * What a mail's template is given: words filled in the mail's language, times in its zone.
 *
 * @param carried the code, for the subject of a code mail, and the token of "that was not me"
 */
export function viewOf<Kind extends MailKind & keyof MailCopy>(
  mail: MailToShow & { kind: Kind },
  carried: { code?: string | null; notMeToken?: string | null },
): MailView<Kind> {
  const { appUrl, brand, support } = env();
  const clock = clockOf(mail);
  const lives =
    carriesCode(mail.kind) ||
    carriesResetLink(mail.kind) ||
    carriesConfirmLink(mail.kind) ||
    mail.kind === "staff-invited";
  const from = new Date(lives ? mail.createdAt : mail.facts.at);
  const until = mail.facts.until === undefined ? null : new Date(mail.facts.until);
  const values = {
    brand: brand.name,
    code: carried.code ?? "",
    until: until ? untilText(until, from, clock) : "",
    duration: until ? lifetimeText(until, from, clock.locale) : "",
    staffHours: durationText(STAFF_SESSION_HOURS * SECONDS_AN_HOUR, clock.locale),
    cooling: durationText(shortestCoolingHours(env()) * SECONDS_AN_HOUR, clock.locale),
    linkDays: daysText(NOT_ME_LINK_DAYS, clock.locale),
    reference: mail.facts.reference ?? "",
    phone: splitSixDigits(support.phone ?? ""),
    hours: splitSixDigits(support.hours ?? ""),
    email: maskSixDigits(support.email ?? ""),
    ...gatheredValues(mail.facts, clock),
  };
  const shared = fillWords(clock.locale, "shared", values);
  return {
    locale: clock.locale,
    brand: { name: brand.name, logoUrl: brand.logoUrl ?? null, ...brandColors(brand.color) },
    words: fillWords(clock.locale, mail.kind, values),
    shared,
    facts: factLines(mail, shared, clock),
    happened: happenedLines(mail.facts, shared, clock),
    links: {
      signIn: `${appUrl}/login`,
      forgotPassword: `${appUrl}/forgot-password`,
      changePassword: `${appUrl}/account/password`,
      staff: `${appUrl}/support/staff`,
      notMe: carried.notMeToken ? `${appUrl}/not-me?token=${carried.notMeToken}` : null,
    },
    support: supportLines(shared),
  };
}
