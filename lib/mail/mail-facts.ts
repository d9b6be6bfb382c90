import type { Fact } from "@/emails/mail-view";
import { clockText } from "@/lib/i18n/clock-text";
import { aboutLines } from "@/lib/mail/about-lines";
import { rowOf } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import type { Clock, MailToShow } from "@/lib/mail/mail-to-show";
import { untilAsFact } from "@/lib/mail/mail-values";
import { originOf } from "@/lib/mail/origin";
import { maskSixDigits, splitSixDigits } from "@/lib/mail/six-digits";

/** What a mail says of where it comes from, and of what it is about, a line each. */
export function factLines(mail: MailToShow, clock: Clock): Fact[] {
  const { facts } = mail;
  const { shared } = mailCopy[clock.locale];
  const { ip, country, browser, system, time } = originOf(mail, clock);
  const { carries, labels } = rowOf(mail.kind);
  const addressLabel = shared[labels.address ?? "addressLabel"];
  const byLabel = shared[labels.by ?? "byLabel"];
  const lines = [
    ...aboutLines(facts.about, { ...shared, addressLabel, byLabel }, clock.locale),
    { label: shared.accountLabel, value: facts.accountEmail },
    { label: shared.ipLabel, value: ip },
    { label: shared.countryLabel, value: country },
    { label: shared.browserLabel, value: browser },
    { label: shared.systemLabel, value: system },
    { label: shared.timeLabel, value: time },
  ];
  if (labels.until !== undefined && facts.until !== undefined) {
    lines.push({ label: shared[labels.until], value: untilAsFact(facts.until, mail, clock) });
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

/** What happened each time, of a mail that gathers several things; nothing of any other. */
export function happenedLines({ facts: { more } }: MailToShow, clock: Clock): Fact[] {
  const { shared } = mailCopy[clock.locale];
  return (more?.items ?? []).map(({ at, ip, browser, system, about, reference }) => {
    const described = aboutLines(about, shared, clock.locale);
    const device = [browser, system].filter(Boolean).join(", ");
    const from = [reference, ip, device].filter((part) => part !== undefined && part !== null);
    const lines = [...described.map(({ label, value }) => `${label}: ${value}`), ...from];
    return {
      label: clockText(new Date(at), { ...clock, happened: true }),
      value: lines.filter(Boolean).join("; "),
    };
  });
}
