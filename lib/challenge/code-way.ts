import type { CodeMails } from "@/lib/challenge/code-mail-store";
import { type MailProgress, mailProgress } from "@/lib/mail/rules/mail-state";

/** An address that a code goes to, as its page writes it, and how far its mail has come. */
export type CodeWay = { shownEmail: string; edition: number | null } & MailProgress;

/**
 * How far the mails of a code have come by a moment.
 *
 * @param addresses that it goes to, in the order in which they are shown
 * @param show how an address is written
 */
export function codeWays(
  addresses: readonly string[],
  { mails, pausedUntil }: CodeMails,
  { now, show }: { now: Date; show(email: string): string },
): CodeWay[] {
  return addresses.map((address) => {
    const own = mails.filter(({ recipient }) => recipient === address);
    return {
      shownEmail: show(address),
      edition: own[0]?.edition ?? null,
      ...mailProgress(own, { now, pausedUntil }),
    };
  });
}
