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
 * How far the mails of a code have come by a moment. A further address that was confirmed since has none.
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
  return addresses.flatMap((address, nth) => {
    const own = mails.filter(({ recipient }) => recipient === address);
    if (nth > 0 && own.length === 0) return [];
    const progress = mailProgress(own, { now, pausedUntil });
    const isTried = own.some(({ attempts }) => attempts > 0);
    return {
      ...{ shownEmail: show(address), nth, edition: own[0]?.edition ?? null },
      isNotTaken: progress.isLate && (isPaused || isTried),
      ...progress,
    };
  });
}
