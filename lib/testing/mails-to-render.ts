import type { MailFacts } from "@/lib/mail/facts";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import type { Carried, MailToShow } from "@/lib/mail/mail-to-show";
import { everything, mail, withFacts } from "@/lib/testing/rendered-mails";

/** A mail with what it carries, named by what is special about it. */
export type MailCase = { name: string; mail: MailToShow; carried: Carried };

// What templates, patterns and replacements mistake for their own. Eight go into a mail at once.
const strange = [
  ...[
    "",
    " ",
    "\u200b",
    "  two  spaces  ",
    "\ttab\n\nand\r\nlines\f",
    "\u00a0hard\u2003wide\u202f",
  ],
  ...[
    "<b>bold</b>",
    "\"quoted\" 'so'",
    "a & b &amp; c &#39;",
    "</td></tr></table><h1>",
    "<!-- -->",
  ],
  ...["$& $1 $$ $` $'", "{brand} {code} {0} #", "%s $x \\n \\u0041", "\ue000\ue100\ue001"],
  ...[
    "مرحبا بالعالم",
    "\u202eevil\u202c",
    "👩‍👩‍👧 🏳️‍🌈",
    "Ā̧͖",
    "lone \ud800 half \udc00",
    "👍".repeat(99),
  ],
  ...["x".repeat(900), "many words ".repeat(90), "123456"],
];

const more = (count: number, kind: MailKind): NonNullable<MailFacts["more"]> => ({
  kind,
  count,
  first: "2026-11-22T13:32:05Z",
  items: strange.slice(0, count).map((text, index) => ({
    at: "2026-11-22T14:02:05Z",
    ip: index % 2 === 0 ? null : "2001:db8::1",
    browser: index % 3 === 0 ? text : null,
    system: null,
    about: { placeName: text },
    reference: index % 4 === 0 ? "K7QM-2PX" : undefined,
  })),
});

const ofStaff = more(2, "staff-joined");

const factCases: Record<string, Partial<MailFacts>> = {
  "nothing known": { ip: null, countryCode: null, browser: null, system: null },
  "without what may be left out": { coolingHours: undefined },
  "by support": { bySupport: true, ip: null, countryCode: null, browser: null, system: null },
  "an address at home": { ip: "192.168.1.20", countryCode: null },
  "a long address": { ip: "2001:db8:1234:5678:9abc:def0:1234:5678", countryCode: "PT" },
  "no such country": { countryCode: "ZZ" },
  "an end on another day": { until: "2026-11-24T00:05:00Z" },
  "a long wait": { coolingHours: 720 },
  "of staff": { about: { role: "admin", member: "a@b.example", by: null, tie: "invited" } },
  "all of a change": {
    about: {
      ...{ place: "203.0.113.0/24", placeName: "Office", placeNameBefore: "Home" },
      ...{ address: "n@e.example", addressBefore: "o@e.example", browser: "Firefox 150" },
      ...{ system: "Debian", details: ["name", "time-zone"], phoneEnd: null, by: "c@d.example" },
      ...{ approvals: 1000, reason: "Asked for by phone", asking: "always" },
      ...{ what: "passkey", name: "Blue key" },
    },
  },
  "an empty message": { message: "" },
  "a message of blanks": { message: " \n\t\n" },
  "one happened": { more: more(1, "place-added") },
  "many happened": { more: more(25, "place-removed") },
  "more than is listed": { more: { ...more(3, "sign-in-blocked"), count: 1234 } },
};

const hostile = [0, 8, 16].map((first) => {
  const [email, ip, browser, system, message, placeName, reason, reference] = strange.slice(first);
  return {
    ...{ accountEmail: `${email}@example.com`, ip, browser, system },
    ...{
      about: { placeName, reason, what: "app", name: placeName },
      reference: `R ${reference} 2`,
    },
    message: `${message}\n${message}\n\nand ${message} so`,
  } as Partial<MailFacts>;
});

/** A mail of a kind as hostile customers, browsers and staff would have it. */
export const hostileCases = (kind: MailKind, locale: string): MailCase[] =>
  hostile.map((facts, index) => ({
    name: `hostile values ${index + 1}`,
    mail: withFacts(mail(kind, locale), facts),
    carried: everything,
  }));

/** A mail of a kind with all it can be given. */
export const usualCase = (kind: MailKind, locale: string): MailCase => ({
  name: "the usual",
  mail: mail(kind, locale),
  carried: everything,
});

/** What a mail of a kind may have to say, from the usual to the hostile. */
export function casesOf(kind: MailKind, locale: string): MailCase[] {
  const { mail: usual, carried } = usualCase(kind, locale);
  const { carries, needs } = rowOf(kind);
  const without = { ...carried, notMeToken: null, linkToken: null };
  return [
    usualCase(kind, locale),
    ...(carries === null || carries === "code"
      ? [{ name: "without links", mail: usual, carried: without }]
      : []),
    ...(needs.includes("until")
      ? []
      : [{ name: "without an end", mail: withFacts(usual, { until: undefined }), carried }]),
    { name: "in Kathmandu", mail: { ...usual, timeZone: "Asia/Katmandu" }, carried },
    { name: "nowhere", mail: { ...usual, timeZone: null }, carried },
    {
      name: "sent again",
      mail: { ...usual, createdAt: new Date("2026-11-22T14:41:35Z") },
      carried,
    },
    ...(kind === "more-notices"
      ? [{ name: "of staff", mail: withFacts(usual, { more: ofStaff }), carried: without }]
      : []),
    ...Object.entries(factCases).map(([name, facts]) => ({
      name,
      mail: withFacts(usual, facts),
      carried,
    })),
    ...hostileCases(kind, locale),
  ];
}
