import type { CodeMails } from "@/lib/challenge/code-mail-store";
import { type MailProgress, mailProgress } from "@/lib/mail/rules/mail-state";

/** An address that a code goes to, as its page writes it, and how far its mail has come. */
export type CodeWay = {
  shownEmail: string;
  /** How far down the list of all that such a code goes to. */
  nth: number;
  edition: number | null;
  /** Of a late one: whether a try failed, or no way out takes any; else it is only known to wait. */
  isNotTaken: boolean;
} & MailProgress;

/**
 * How far the mails of a code have come by a moment. An address without one is left out where others have
 * theirs: it was confirmed after they were made.
 *
 * @param addresses that it goes to, in the order in which they are shown; the first is the one it was asked for with
 * @param show how an address is written
 */
export function codeWays(
  addresses: readonly string[],
  { mails, pausedUntil }: CodeMails,
  { now, show }: { now: Date; show(email: string): string },
): CodeWay[] {
  const isPaused = pausedUntil !== null && pausedUntil > now;
  const all = addresses.map((address, nth) => ({
    ...{ address, nth },
    own: mails.filter(({ recipient }) => recipient === address),
  }));
  const mailed = all.filter(({ own }) => own.length > 0);
  return (mailed.length === 0 ? all : mailed).map(({ address, nth, own }) => {
    const progress = mailProgress(own, { now, pausedUntil });
    const isTried = own.some(({ state, attempts }) => state !== "sent" && attempts > 0);
    return {
      ...{ shownEmail: show(address), nth, edition: own[0]?.edition ?? null },
      isNotTaken: progress.isLate && (isPaused || isTried),
      ...progress,
    };
  });
}
