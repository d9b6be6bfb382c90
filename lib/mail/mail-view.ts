import ipaddr from "ipaddr.js";
import type { Fact, MailView, SharedWords } from "@/emails/mail-view";
import { brandColors } from "@/lib/brand";
import { env } from "@/lib/env/env";
import { clockAndDayText, clockText, dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { daysText, durationText } from "@/lib/i18n/duration-text";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { aboutLines } from "@/lib/mail/about-lines";
import type { MailFacts } from "@/lib/mail/facts";
import { type Clock, gatheredValues, gatheredView } from "@/lib/mail/gathered-view";
import { linkTypeOf, type MailKind, rowOf } from "@/lib/mail/kinds";
import { linkAddress } from "@/lib/mail/links";
import { fillWords } from "@/lib/mail/mail-words";
import { NOT_ME_LINK_DAYS } from "@/lib/mail/rules/limits";
import { maskSixDigits, splitSixDigits } from "@/lib/mail/six-digits";
import { STAFF_SESSION_HOURS } from "@/lib/secrets/limits";
import type { LinkPurpose } from "@/lib/secrets/link-token";

const SECONDS_AN_HOUR = 3600;
// Of a mail that a version before queued, which named no cooling hours: theirs were the setting's,
// or a day.
const COOLING_HOURS_BEFORE = 24;

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

/** What a mail carries that is never stored. */
export type Carried = {
  /** Six digits, of the kinds that carry a code. */
  code?: string | null;
  /** Of the kinds that carry a link: its token. */
  linkToken?: string | null;
  /** Of the standing link "that was not me". */
  notMeToken?: string | null;
};

function factLines(mail: MailToShow, shared: SharedWords, clock: Clock): Fact[] {
  const { facts } = mail;
  const unknown = facts.bySupport ? shared.bySupport : shared.unknown;
  const country =
    countryName(facts.countryCode, clock.locale) ??
    (facts.ip !== null && isLocalAddress(facts.ip) ? shared.localNetwork : unknown);
  const { carries, labels } = rowOf(mail.kind);
  const addressLabel = shared[labels.address ?? "addressLabel"];
  const lines = [
    ...aboutLines(facts.about, { ...shared, addressLabel }, clock.locale),
    { label: shared.accountLabel, value: facts.accountEmail },
    { label: shared.ipLabel, value: facts.ip ?? unknown },
    { label: shared.countryLabel, value: country },
    { label: shared.browserLabel, value: facts.browser ?? unknown },
    { label: shared.systemLabel, value: facts.system ?? unknown },
    { label: shared.timeLabel, value: dayAndClockText(new Date(facts.at), clock) },
  ];
  if (labels.until !== undefined && facts.until !== undefined) {
    const value = untilText(new Date(facts.until), new Date(facts.at), clock);
    lines.push({ label: shared[labels.until], value });
  }
  if (facts.reference !== undefined) {
    const label = shared[labels.reference ?? "referenceLabel"];
    lines.push({ label, value: facts.reference });
  }
  if (carries !== "code") return lines;
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

/** What the sentences of a mail name. */
function valuesOf(mail: MailToShow, code: string | null, clock: Clock): Record<string, string> {
  const { brand, support, caseCoolingHours } = env();
  const { facts } = mail;
  const { expires } = rowOf(mail.kind);
  const from = new Date(expires === "code" || expires === "link" ? mail.createdAt : facts.at);
  const until = facts.until === undefined ? null : new Date(facts.until);
  const hoursText = (hours: number) => durationText(hours * SECONDS_AN_HOUR, clock.locale);
  return {
    brand: brand.name,
    code: code ?? "",
    until: until ? untilText(until, from, clock) : "",
    duration: until ? lifetimeText(until, from, clock.locale) : "",
    staffHours: hoursText(STAFF_SESSION_HOURS),
    cooling: hoursText(facts.coolingHours ?? Math.min(caseCoolingHours, COOLING_HOURS_BEFORE)),
    linkDays: daysText(NOT_ME_LINK_DAYS, clock.locale),
    reference: facts.reference ?? "",
    phone: splitSixDigits(support.phone ?? ""),
    hours: splitSixDigits(support.hours ?? ""),
    email: maskSixDigits(support.email ?? ""),
    ...gatheredValues(facts, clock),
  };
}

/**
 * What a mail's template is given: words filled in the mail's language, times in its zone, and links to
 * APP_URL. What it carries is as it was handed in; nothing else of it is shown.
 */
export function viewOf<Kind extends MailKind>(
  mail: MailToShow & { kind: Kind },
  carried: Carried,
): MailView<Kind> {
  const { appUrl, brand } = env();
  const { facts } = mail;
  const { carries, hasNotMe, variant } = rowOf(mail.kind);
  const clock = clockOf(mail);
  const code = carries === "code" ? (carried.code ?? null) : null;
  const type = linkTypeOf(mail.kind);
  const values = valuesOf(mail, code, clock);
  const shared = fillWords(clock.locale, "shared", values);
  const addressOf = (type: LinkPurpose | null, token: string | null | undefined) =>
    type !== null && token ? linkAddress(type, token) : null;
  return {
    locale: clock.locale,
    brand: { name: brand.name, logoUrl: brand.logoUrl ?? null, ...brandColors(brand.color) },
    words: fillWords(clock.locale, mail.kind, values),
    shared,
    variant,
    facts: factLines(mail, shared, clock),
    code,
    link: addressOf(type, carried.linkToken),
    message: facts.message ?? null,
    hasEnd: facts.until !== undefined,
    isBySupport: facts.bySupport === true,
    isOfStaff: facts.about?.role !== undefined,
    gathered: gatheredView(facts, shared, clock),
    links: {
      signIn: `${appUrl}/login`,
      forgotPassword: `${appUrl}/forgot-password`,
      changePassword: `${appUrl}/account/password`,
      staff: `${appUrl}/support/staff`,
      notMe: addressOf(hasNotMe ? "not-me" : null, carried.notMeToken),
    },
    support: supportLines(shared),
  };
}
