import type { CodeMails } from "@/lib/challenge/code-mail-store";
import { type MailProgress, mailProgress } from "@/lib/mail/rules/mail-state";

/** An address that a code goes to, as its page writes it, and how far its mail has come. */
export type CodeWay = { shownEmail: string; edition: number | null } & MailProgress;

/**
 * How far the mails of a code have come by a moment. An address without one is left out where others have
 * theirs: it was confirmed after they were made.
 *
 * @param addresses that it goes to, in the order in which they are shown
 * @param show how an address is written
 */
export function codeWays(
  addresses: readonly string[],
  { mails, pausedUntil }: CodeMails,
  { now, show }: { now: Date; show(email: string): string },
): CodeWay[] {
  const all = addresses.map((address) => ({
    address,
    own: mails.filter(({ recipient }) => recipient === address),
  }));
  const mailed = all.filter(({ own }) => own.length > 0);
  return (mailed.length === 0 ? all : mailed).map(({ address, own }) => ({
    shownEmail: show(address),
    edition: own[0]?.edition ?? null,
    ...mailProgress(own, { now, pausedUntil }),
  }));
}
