import ipaddr from "ipaddr.js";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { countryName } from "@/lib/i18n/country-name";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { Clock, MailToShow } from "@/lib/mail/mail-to-show";
import { inOneLine } from "@/lib/mail/text-values";

/** Where a mail comes from, as text in its language; what is not known is said to be so. */
export type Origin = Record<"ip" | "country" | "browser" | "system" | "time", string>;

function isLocalAddress(ip: string): boolean {
  if (!ipaddr.isValid(ip)) return false;
  const range = ipaddr.process(ip).range();
  return ["loopback", "private", "uniqueLocal", "linkLocal", "carrierGradeNat"].includes(range);
}

function makeOrigin({ facts }: MailToShow, clock: Clock): Origin {
  const { shared } = mailCopy[clock.locale];
  const unknown = facts.bySupport ? shared.bySupport : shared.unknown;
  const known = (text: string | null) => (inOneLine(text ?? "") === "" ? unknown : (text ?? ""));
  const country =
    countryName(facts.countryCode, clock.locale) ??
    (facts.ip !== null && isLocalAddress(facts.ip) ? shared.localNetwork : unknown);
  return {
    ip: known(facts.ip),
    country,
    browser: known(facts.browser),
    system: known(facts.system),
    time: dayAndClockText(new Date(facts.at), clock),
  };
}

// Its values are asked for one by one, and among its facts.
const made = new WeakMap<MailToShow, Origin>();

/** What is known of where a mail comes from. @param clock the mail's own */
export function originOf(mail: MailToShow, clock: Clock): Origin {
  const origin = made.get(mail) ?? makeOrigin(mail, clock);
  made.set(mail, origin);
  return origin;
}
