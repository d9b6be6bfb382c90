import { env } from "@/lib/env/env";
import { clockAndDayText, clockPair, clockText } from "@/lib/i18n/clock-text";
import { daysText, durationText } from "@/lib/i18n/duration-text";
import { dateFormat, numberFormat } from "@/lib/i18n/formats";
import type { Locale } from "@/lib/i18n/locales";
import { GATHERED_LISTED, NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { Clock, MailToShow } from "@/lib/mail/mail-to-show";
import { NOT_ME_LINK_DAYS } from "@/lib/mail/rules/limits";
import { maskSixDigits, splitSixDigits } from "@/lib/mail/six-digits";
import { STAFF_SESSION_HOURS } from "@/lib/secrets/limits";

const SECONDS_AN_HOUR = 3600;
// Of a mail that a version before queued, which named no cooling hours: theirs were the setting's,
// or a day.
const COOLING_HOURS_BEFORE = 24;

const hoursText = (hours: number, locale: Locale) => durationText(hours * SECONDS_AN_HOUR, locale);

/** What sentences name that is the same in every mail of a kind and a language, as long as we run. */
export function hostValues(kind: MailKind, locale: Locale) {
  const { brand, support } = env();
  const isOfCode = rowOf(kind).carries === "code";
  return {
    brand: isOfCode ? splitSixDigits(brand.name) : brand.name,
    staffHours: hoursText(STAFF_SESSION_HOURS, locale),
    linkDays: daysText(NOT_ME_LINK_DAYS, locale),
    phone: splitSixDigits(support.phone ?? ""),
    hours: splitSixDigits(support.hours ?? ""),
    email: maskSixDigits(support.email ?? ""),
    limit: numberFormat(locale).format(NOTICES_PER_HOUR),
    listed: numberFormat(locale).format(GATHERED_LISTED),
  };
}

// A code asked for before midnight may end after it: then the day is said too.
function untilText(until: Date, from: Date, clock: Clock): string {
  const day = dateFormat("en", { timeZone: clock.timeZone, dateStyle: "short" });
  const sameDay = day.format(until) === day.format(from);
  return sameDay ? clockText(until, clock) : clockAndDayText(until, clock);
}

/** When what a mail is about ends, as one of its facts says it. */
export const untilAsFact = (until: string, { facts }: MailToShow, clock: Clock) =>
  untilText(new Date(until), new Date(facts.at), clock);

// Counted from when the mail was made, so that a mail sent again says what is left then.
function lifetimeText(until: Date, from: Date, locale: Locale): string {
  const seconds = Math.max(1, Math.round((until.getTime() - from.getTime()) / 1000));
  return durationText(seconds < 60 ? seconds : Math.round(seconds / 60) * 60, locale);
}

function fromOf({ kind, createdAt, facts }: MailToShow): Date {
  const { expires } = rowOf(kind);
  return new Date(expires === "code" || expires === "link" ? createdAt : facts.at);
}

function spanOf({ facts: { more, at } }: MailToShow, clock: Clock): [string, string] {
  return clockPair(new Date(more?.first ?? at), new Date(at), { ...clock, happened: true });
}

type Say = (mail: MailToShow, clock: Clock) => string;

/** What sentences name that is another in each mail; empty where a mail does not have it. */
export const mailValues = {
  until: (mail, clock) => {
    const { until } = mail.facts;
    return until === undefined ? "" : untilText(new Date(until), fromOf(mail), clock);
  },
  duration: (mail, { locale }) => {
    const { until } = mail.facts;
    return until === undefined ? "" : lifetimeText(new Date(until), fromOf(mail), locale);
  },
  cooling: ({ facts }, { locale }) =>
    hoursText(facts.coolingHours ?? Math.min(env().caseCoolingHours, COOLING_HOURS_BEFORE), locale),
  reference: ({ facts }) => facts.reference ?? "",
  what: ({ facts }, { locale }) =>
    facts.more === undefined ? "" : mailCopy[locale][facts.more.kind].title,
  count: ({ facts }, { locale }) => numberFormat(locale).format(facts.more?.count ?? 0),
  first: (mail, clock) => spanOf(mail, clock)[0],
  last: (mail, clock) => spanOf(mail, clock)[1],
} as const satisfies Record<string, Say>;

/** The name of a value that is another in each mail, the code among them. */
export type MailValue = keyof typeof mailValues | "code";

export const mailValueNames = ["code", ...Object.keys(mailValues)] as MailValue[];
