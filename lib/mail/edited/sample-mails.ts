import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import type { Locale } from "@/lib/i18n/locales";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import type { Carried, MailToShow } from "@/lib/mail/mail-to-show";

export type SampleName =
  | "ordinary"
  | "long-name"
  | "right-to-left"
  | "ipv6"
  | "unknown-country"
  | "no-phone";

/** A mail that nobody gets, as people of one sort would get it. */
export type SampleMail = {
  name: SampleName;
  mail: MailToShow;
  carried: Carried;
};

const MINUTE_MS = 60_000;
const sampleId = "5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845";
// Opens nothing: no code is made of what is shown, and no link has such a token.
const carried: Carried = {
  code: "482913",
  linkToken: "sample-".repeat(9),
  notMeToken: "sample-".repeat(9),
};

const gathering = (kind: MailKind, at: string): Partial<MailToShow["facts"]> =>
  rowOf(kind).needs.includes("more")
    ? {
        more: {
          ...{ kind: "place-added", count: 7, first: at },
          items: ["203.0.113.42", "198.51.100.7"].map((ip) => ({
            ...{ at, ip, browser: "Firefox 152", system: "Debian 14", about: { place: ip } },
          })),
        },
      }
    : {};

function ordinary(kind: MailKind, locale: Locale, now: Date): MailToShow {
  const at = now.toISOString();
  const { template } = rowOf(kind);
  return {
    ...{ id: sampleId, kind, locale, timeZone: null, createdAt: now, ownerName: "Maria Silva" },
    facts: {
      ...{ accountEmail: "maria.silva@example.com", ip: "203.0.113.42", countryCode: "PT" },
      ...{ browser: "Firefox 152", system: "Windows 11", at, reference: "K7QM-2PX" },
      until: new Date(now.getTime() + env().codeLifetimeMinutes * MINUTE_MS).toISOString(),
      coolingHours: env().caseCoolingHours,
      ...(template.startsWith("case-")
        ? { message: "Please send us the last invoice.\n\nA picture of it is enough." }
        : {}),
      ...gathering(kind, at),
    },
  };
}

/**
 * What a text of a kind is shown with: mails to people of several sorts, and one of an installation
 * without a telephone number of support.
 *
 * @param now when they would have been sent
 */
export function sampleMails(kind: MailKind, locale: Locale, now: Date = readClock()): SampleMail[] {
  const usual = ordinary(kind, locale, now);
  const sample = (
    name: SampleName,
    owner: Partial<MailToShow>,
    facts: Partial<MailToShow["facts"]>,
  ): SampleMail => ({
    name,
    carried,
    mail: { ...usual, ...owner, facts: { ...usual.facts, ...facts } },
  });
  const long = "Maximiliana Wolfeschlegelsteinhausenbergerdorff de Albuquerque e Vasconcelos";
  return [
    sample("ordinary", {}, {}),
    sample(
      "long-name",
      { ownerName: `${long} Cavalcanti` },
      { accountEmail: `maximiliana.de.albuquerque.e.vasconcelos@${"mail.".repeat(9)}example.com` },
    ),
    sample("right-to-left", { ownerName: "مريم الأندلسي" }, { accountEmail: "maryam@example.com" }),
    sample("ipv6", {}, { ip: "2001:db8:1234:5678:9abc:def0:1234:5678" }),
    sample("unknown-country", {}, { countryCode: null, browser: null, system: null }),
    sample("no-phone", { isWithoutPhone: true }, {}),
  ];
}
