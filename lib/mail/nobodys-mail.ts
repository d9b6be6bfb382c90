import { setTimeout as sleep } from "node:timers/promises";
import type { Claims } from "@/lib/mail/claims";
import { usualHandOver } from "@/lib/mail/hand-over-times";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { findLastFailed, findLastSent, findPausedUntil } from "@/lib/mail/store";
import { MailRefused } from "@/lib/mail/transports/transport";
import { findEndOfLastMail, findWaitingWarning, swapWarnings } from "@/lib/mail/warning-store";

const LOOK_AGAIN_MS = 100;

/**
 * The mail of a sign-up whose address has an owner who was notified of another one within the day.
 */
export const isNotifiedAlready = ({ kind, accountId, challengeId }: QueuedMail): boolean =>
  kind === "already-have-account" && accountId === null && challengeId !== null;

/**
 * A link asked for with an address that has no account, or what an owner was notified today
 * already: rendered all the same, as that takes time.
 */
export function isForNobody(mail: QueuedMail): boolean {
  if (isNotifiedAlready(mail)) return true;
  return mail.link?.isNobodys ?? false;
}

/** Thrown for a mail that was not handed over: the provider itself has said nothing. */
export class PretendedRefusal extends MailRefused {}

/**
 * Lets a later sign-up's mail take the part of the one that notifies the owner and was not taken
 * yet: which of them goes is decided by whose try comes first, as with an address that has no
 * account. Waits while that one is under way.
 *
 * @returns whether this mail notifies the owner now; false: they were notified
 * @throws MailRefused when the wait ends first
 */
export async function takeOver(
  mail: QueuedMail,
  { claims, signal }: { claims: Pick<Claims, "claim" | "release">; signal: AbortSignal },
): Promise<boolean> {
  const accountId = mail.challenge?.accountId;
  if (!accountId) return false;
  while (true) {
    const waits = await findWaitingWarning({ accountId, recipient: mail.recipient });
    if (waits === null) return false;
    if (await claims.claim(waits.id)) {
      try {
        if (await swapWarnings(waits.id, mail.id)) return true;
      } finally {
        await claims.release(waits.id);
      }
    }
    if (signal.aborted) throw new PretendedRefusal("no answer in time");
    await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Throws as a try to hand it over would while the provider takes no mail. */
async function failWithOthers(): Promise<void> {
  const [sent, failed] = [await findLastSent(), await findLastFailed()];
  if (failed === null || failed <= (sent ?? new Date(0))) return;
  const pausedUntil = await findPausedUntil();
  throw new PretendedRefusal("no mail is taken at the moment", {
    meaning: pausedUntil !== null && pausedUntil > failed ? "throttled" : "again",
  });
}

/**
 * Stands for handing over what an owner was notified already: ends as the newest mail at that
 * address did, so that `/verify` shows nobody whether it has an account. What comes of it later is that
 * mail's too (lib/mail/fate/way-store.ts).
 *
 * @throws MailRefused as the provider or the address's own server would
 */
export async function pretendToSend(mail: QueuedMail): Promise<void> {
  // Whoever looks at once would see which of two mails was taken in no time.
  await sleep(usualHandOver());
  await failWithOthers();
  const accountId = mail.challenge?.accountId;
  if (!accountId) return;
  const ended = await findEndOfLastMail({ accountId, recipient: mail.recipient });
  if (ended === null || !ended.isRefused) return;
  const { failure, status } = ended;
  throw new PretendedRefusal("refused as the mail before was", {
    meaning: "final",
    failure,
    status,
  });
}
