import type { Fact, MailKind, MailView, SharedWords } from "@/emails/mail-view";
import { clockPair, clockText } from "@/lib/i18n/clock-text";
import type { Locale } from "@/lib/i18n/locales";
import { aboutLines } from "@/lib/mail/about-lines";
import { GATHERED_LISTED, NOTICES_PER_HOUR } from "@/lib/mail/caps";
import type { MailFacts } from "@/lib/mail/facts";
import { mailCopy } from "@/lib/mail/mail-words";
import { mails } from "@/lib/mail/mails";

/** What times and words of a mail are written in. */
export type Clock = { locale: Locale; timeZone: string };

/** What the words of a mail that is about several things name; nothing to look at in any other. */
export function gatheredValues({ at, more }: MailFacts, clock: Clock): Record<string, string> {
  const [first, last] = clockPair(new Date(more?.first ?? at), new Date(at), {
    ...clock,
    happened: true,
  });
  const number = (count: number) => new Intl.NumberFormat(clock.locale).format(count);
  return {
    what: more === undefined ? "" : mailCopy[clock.locale][more.kind].title,
    count: number(more?.count ?? 0),
    limit: number(NOTICES_PER_HOUR),
    listed: number(GATHERED_LISTED),
    first,
    last,
  };
}

/** What a mail that gathers several things shows of them; empty for any other. */
export function gatheredView(
  facts: MailFacts,
  shared: SharedWords,
  clock: Clock,
): MailView<MailKind>["gathered"] {
  const { more } = facts;
  const happened = happenedLines(facts, shared, clock);
  return {
    happened,
    isCut: (more?.count ?? 0) > happened.length,
    isForAdmin: more !== undefined && mails[more.kind].template === "staff-notice",
  };
}

function happenedLines({ more }: MailFacts, shared: SharedWords, clock: Clock): Fact[] {
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
