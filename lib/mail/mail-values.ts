import { env } from "@/lib/env/env";
import { clockAndDayText, clockPair, clockText } from "@/lib/i18n/clock-text";
import { daysText, durationText } from "@/lib/i18n/duration-text";
import { dateFormat, numberFormat } from "@/lib/i18n/formats";
import type { Locale } from "@/lib/i18n/locales";
import { GATHERED_LISTED, NOTICES_PER_HOUR } from "@/lib/mail/caps";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import type { Clock, MailToShow } from "@/lib/mail/mail-to-show";
import { originOf } from "@/lib/mail/origin";
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

// Whoever signs up, or gives an address, could otherwise write to strangers in our name.
const unprovenKinds: readonly MailKind[] = [
  "sign-up-code",
  "already-have-account",
  "new-address-code",
  "confirm-address",
  "confirm-new-email",
  "staff-invited",
];

/** Whether a kind of mail may go to somebody who has not shown that an account is theirs. */
const mayReachStrangers = (kind: MailKind): boolean =>
  unprovenKinds.includes(kind) || rowOf(kind).template === "case-for-applicant";

/** Text as a mail of a kind may hold it, whose code is its only number of six digits. */
const fitted = (text: string, { kind, facts }: MailToShow): string => {
  if (rowOf(kind).carries !== "code") return text;
  return text === facts.accountEmail ? maskSixDigits(text) : splitSixDigits(text);
};

function nameOf({ kind, facts, ownerName }: MailToShow): string {
  const name = mayReachStrangers(kind) ? null : ownerName;
  return name?.trim() ? name : facts.accountEmail;
}

/** Until when new networks wait, or for what; or a known place that is asked for a factor always. */
function waitText(mail: MailToShow, clock: Clock): string {
  const words = mailCopy[clock.locale]["someone-knows-your-password"];
  const until = mailValues.until(mail, clock);
  const sentence = mail.facts.waitsHere ? words.waitUntilHere : words.waitUntil;
  return until === "" ? words.waitForPassword : sentence.replace("{until}", () => until);
}

type Say = (mail: MailToShow, clock: Clock) => string;
type ValueName =
  | "until"
  | "duration"
  | "cooling"
  | "reference"
  | "what"
  | "count"
  | "first"
  | "last"
  | "name"
  | "account"
  | "ip"
  | "country"
  | "browser"
  | "system"
  | "time"
  | "wait"
  | "mail";

/** What sentences name that is another in each mail; empty where a mail does not have it. */
export const mailValues: Record<ValueName, Say> = {
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
  name: (mail) => fitted(nameOf(mail), mail),
  account: (mail) => fitted(mail.facts.accountEmail, mail),
  ip: (mail, clock) => fitted(originOf(mail, clock).ip, mail),
  country: (mail, clock) => fitted(originOf(mail, clock).country, mail),
  browser: (mail, clock) => fitted(originOf(mail, clock).browser, mail),
  system: (mail, clock) => fitted(originOf(mail, clock).system, mail),
  time: (mail, clock) => fitted(originOf(mail, clock).time, mail),
  wait: waitText,
  mail: ({ id }) => mailReferenceOf(id),
};

/** The name of a value that is another in each mail, the code among them. */
export type MailValue = ValueName | "code";

export const mailValueNames = ["code", ...Object.keys(mailValues)] as MailValue[];
