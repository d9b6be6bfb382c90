import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { defaultLocale, isLocale } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import type { Batch } from "@/lib/mail/batch";
import { carriedBy } from "@/lib/mail/carried-by";
import type { Claims } from "@/lib/mail/claims";
import { findLiveTexts } from "@/lib/mail/edited/edition-store";
import { type LiveTexts, noTexts } from "@/lib/mail/edited/live-texts";
import { noteFallbacks } from "@/lib/mail/edited/note-fallbacks";
import { renderTrial } from "@/lib/mail/edited/render-trial";
import { mailFactsSchema } from "@/lib/mail/facts";
import { isHeldBack } from "@/lib/mail/fate/hold-back";
import { fingerprintOf } from "@/lib/mail/fingerprint";
import { type HandedOver, handOver, NO_SLOT_SECONDS } from "@/lib/mail/hand-over";
import { readKind, rowOf } from "@/lib/mail/kinds";
import { isForNobody, isNotifiedAlready, pretendToSend, takeOver } from "@/lib/mail/nobodys-mail";
import { findQueuedMail, type QueuedMail } from "@/lib/mail/queued-mail-store";
import { makeMail } from "@/lib/mail/render";
import { pauseSeconds, retryDelaySeconds } from "@/lib/mail/retry-delay";
import { secondCopyOf } from "@/lib/mail/second-copy";
import { senderOf } from "@/lib/mail/sender";
import { isUseless, isWanted } from "@/lib/mail/still-wanted";
import {
  closeGathering,
  keepFingerprint,
  letWait,
  markDropped,
  markRefused,
  markSent,
  markSuppressed,
  putOff,
} from "@/lib/mail/store";
import { MailRefused, type Sent } from "@/lib/mail/transports/transport";
import type { Ways } from "@/lib/mail/ways";

/**
 * How one try to send a mail ended: taken by the provider; to be tried again; refused for good by the
 * recipient's side; given up because nobody needs it any more; or settled meanwhile, as somebody else said
 * what became of it.
 */
export type DeliveryOutcome = "sent" | "put-off" | "refused" | "dropped" | "settled";

/** What a try needs beside the mail. */
export type Delivery = {
  claims: Pick<Claims, "claim" | "release">;
  ways: Ways;
  /** The way whose slot was taken for it; null: none was, and no other is taken. */
  slotOf: string | null;
  /** Hears that the mail is being handed over with that slot, or what stands for that. */
  onHandOver?: () => void;
  /** With which others it goes in one request. */
  batch?: Batch | undefined;
};

const TAKE_OVER_MS = 10_000;
/** Somebody waits for a code or a link: it may wait so long for another way's slot. */
const URGENT_PATIENCE_MS = 1_000;

/** What the mail is made of. Throws when the database is away: nothing else stands for a text then. */
async function liveTextsOf(mail: QueuedMail): Promise<LiveTexts> {
  const kind = readKind(mail.kind);
  if (kind === null) return noTexts;
  return findLiveTexts(kind, isLocale(mail.locale) ? mail.locale : defaultLocale, mail.edition);
}

/** How handing it over ended, and by what a copy of it is known. */
type Ended = HandedOver & { fingerprint: Buffer | null };

const pretended: Sent = { channel: "none", providerId: null };

async function send(
  mail: QueuedMail,
  { live, claims, ways, slotOf, onHandOver, batch }: Delivery & { live: LiveTexts },
): Promise<Ended | { kind: "for-nobody" }> {
  const kind = readKind(mail.kind);
  if (kind === null) throw new Error(`There is no mail of kind ${mail.kind}.`);
  const carried = carriedBy(mail, kind);
  const facts = mailFactsSchema.parse(mail.facts);
  const shown = { ...mail, kind, facts };
  const { frame } = live.frame;
  const trial =
    kind === "template-test"
      ? await renderTrial({ mail: shown, frame, edition: mail.edition ?? 0 })
      : null;
  const { made, fallbacks } =
    trial === null
      ? await makeMail(shown, carried, live)
      : { made: trial, fallbacks: live.unreadable };
  noteFallbacks(fallbacks, readClock());
  if (isForNobody(mail) && !isNotifiedAlready(mail)) return { kind: "for-nobody" };
  if (isNotifiedAlready(mail)) {
    onHandOver?.();
    const limit = AbortSignal.timeout(TAKE_OVER_MS);
    if (!(await takeOver(mail, { claims, signal: limit }))) {
      await pretendToSend(mail);
      return { kind: "taken", sent: pretended, unsure: mail.unsureChannels, fingerprint: null };
    }
  }
  const from = senderOf(env().emailFrom, frame.senderName);
  const message = { id: mail.id, kind, from, to: mail.recipient, ...made };
  const { urgency, carries } = rowOf(kind);
  const second = { locale: mail.locale, hasCode: carries === "code" };
  const patienceMs = urgency === "notice" ? 0 : URGENT_PATIENCE_MS;
  const { id, unsureChannels, attempts } = mail;
  const fingerprint = fingerprintOf(made);
  const handing = {
    ...{ id, unsureChannels, attempts, patienceMs, fingerprint },
    isWanted: () => isWanted(id),
    message: (isSecond: boolean) => (isSecond ? secondCopyOf(message, second) : message),
  };
  const handed = await handOver(handing, { ways, slotOf, onHandOver, batch });
  // What may have been taken is known again too.
  if (handed.kind !== "taken" && handed.unsure.length > 0) await keepFingerprint(id, fingerprint);
  return { ...handed, fingerprint };
}

async function drop(mail: QueuedMail, fields: object): Promise<DeliveryOutcome> {
  await markDropped(mail);
  const level = mail.attempts > 0 ? "warn" : "info";
  log[level]({ ...fields, lastError: mail.lastError }, "A mail was dropped: it is of no use now.");
  return "dropped";
}

/** Sends nothing to an address that mail cannot be sent to. */
async function suppress(mail: QueuedMail, fields: object): Promise<DeliveryOutcome> {
  const reason = mail.marked === "complaint" ? "complaint" : "no-mailbox";
  await markSuppressed(mail, { at: readClock(), reason });
  log.info({ ...fields, because: mail.marked }, "A mail was not sent: its address is marked.");
  return "refused";
}

type NotTaken = Exclude<HandedOver, { kind: "taken" | "over" }> & { error?: unknown };

/** What a try that threw amounts to. What is pretended has no answer that others should wait for. */
function thrownBy(mail: QueuedMail, error: unknown): NotTaken {
  const isRefused = error instanceof MailRefused;
  const words = "the mail could not be made or handed over";
  const refused = isRefused ? error : new MailRefused(words);
  const { unsureChannels: unsure } = mail;
  const seconds = pauseSeconds(refused.retryAfterSeconds);
  return refused.meaning === "throttled"
    ? { kind: "throttled", refused, unsure, pausedSeconds: seconds, waitSeconds: seconds }
    : {
        ...{ kind: "refused", refused, unsure, leastDelaySeconds: 0 },
        ...(isRefused ? {} : { error }),
      };
}

/** Settles a mail that was not taken: by what the refusal means, and when it is tried again. */
async function settle(mail: QueuedMail, end: NotTaken, fields: object): Promise<DeliveryOutcome> {
  const triedAt = readClock();
  const { unsure } = end;
  if (end.kind === "no-slot") {
    await letWait(mail.id, { seconds: NO_SLOT_SECONDS, triedAt: null, unsure });
    return "put-off";
  }
  const { refused } = end;
  const reason = refused.message;
  if (end.kind === "throttled") {
    const { pausedSeconds: seconds, waitSeconds } = end;
    await letWait(mail.id, { seconds: waitSeconds, triedAt, unsure });
    const asked = refused.retryAfterSeconds;
    log.warn(
      { ...fields, reason, seconds, ...(asked > seconds ? { asked } : {}) },
      "The mail provider had too much: no mail is handed to it for some seconds.",
    );
    return "put-off";
  }
  if (refused.meaning === "final") {
    const { channel, failure, status, marksRecipient } = refused;
    const marks = marksRecipient ? "bounced" : null;
    await markRefused(mail.id, { reason, channel, triedAt, failure, status, marks });
    log.warn({ ...fields, reason }, "A mail was refused for good and is not tried again.");
    return "refused";
  }
  const backOff = retryDelaySeconds(mail.attempts + 1, Math.random());
  const delaySeconds = Math.max(backOff, end.leastDelaySeconds);
  const saysOfOthers = !refused.isOfRecipient;
  await putOff(mail.id, { reason, delaySeconds, triedAt, saysOfOthers, unsure });
  const { error } = end;
  log.warn(
    { ...fields, reason, delaySeconds, ...(error === undefined ? {} : { error }) },
    "A mail was not taken and is tried again.",
  );
  return "put-off";
}

/**
 * What a mail says that gathers others, which nothing is added to from then on; null: it was settled meanwhile.
 * Which ways may have it was read when it was taken, which notes one more.
 */
async function endGathering(mail: QueuedMail): Promise<QueuedMail | null> {
  await closeGathering(mail.id);
  const whole = await findQueuedMail(mail.id);
  return whole && { ...whole, unsureChannels: mail.unsureChannels };
}

/** Ends a try in the middle of which a mail was settled, or was of no use any more. */
async function endEarly(mailId: string, fields: object): Promise<DeliveryOutcome> {
  const mail = await findQueuedMail(mailId);
  if (mail !== null) return drop(mail, fields);
  log.info(fields, "A mail was settled while it was handed over.");
  return "settled";
}

/**
 * Tries once to send a mail that this process has claimed, in at most ten seconds. No database
 * connection is held while the provider is waited for.
 *
 * @throws when the database is away; the mail stays queued then
 */
export async function deliverMail(
  claimed: QueuedMail,
  delivery: Delivery,
): Promise<DeliveryOutcome> {
  const mail = claimed.kind === "more-notices" ? await endGathering(claimed) : claimed;
  if (mail === null) return "settled";
  const fields = { mailId: mail.id, kind: mail.kind, attempt: mail.attempts + 1 };
  if (isUseless(mail, readClock())) return drop(mail, fields);
  if (await isHeldBack(mail, readClock())) return suppress(mail, fields);
  const live = await liveTextsOf(mail);
  const end = await send(mail, { ...delivery, live }).catch((error) => thrownBy(mail, error));
  if (end.kind === "for-nobody") return drop(mail, fields);
  if (end.kind === "over") return endEarly(mail.id, fields);
  if (end.kind !== "taken") return settle(mail, end, fields);
  const { sent, unsure, fingerprint } = end;
  const { channel, providerId } = sent;
  await markSent({ id: mail.id, channel, providerId, sentAt: readClock(), fingerprint, unsure });
  log.info({ ...fields, channel, providerId }, "A mail was sent.");
  return "sent";
}
