import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { defaultLocale, isLocale } from "@/lib/i18n/locales";
import { log } from "@/lib/log/log";
import type { Claims } from "@/lib/mail/claims";
import { findLiveTexts } from "@/lib/mail/edited/edition-store";
import { type LiveTexts, noTexts } from "@/lib/mail/edited/live-texts";
import { noteFallbacks } from "@/lib/mail/edited/note-fallbacks";
import { renderTrial } from "@/lib/mail/edited/render-trial";
import { mailFactsSchema } from "@/lib/mail/facts";
import { isHeldBack } from "@/lib/mail/fate/hold-back";
import { fingerprintOf } from "@/lib/mail/fingerprint";
import { linkTypeOf, type MailKind, readKind, rowOf } from "@/lib/mail/kinds";
import type { Carried } from "@/lib/mail/mail-to-show";
import {
  isForNobody,
  isNotifiedAlready,
  PretendedRefusal,
  pretendToSend,
  takeOver,
} from "@/lib/mail/nobodys-mail";
import { findQueuedMail, type QueuedMail } from "@/lib/mail/queued-mail-store";
import { makeMail } from "@/lib/mail/render";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { pauseSeconds, retryDelaySeconds } from "@/lib/mail/retry-delay";
import { senderOf } from "@/lib/mail/sender";
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
import { MailRefused, type Sent, type Transport } from "@/lib/mail/transports/transport";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";

/**
 * How one try to send a mail ended: taken by the provider; to be tried again; refused for good by the
 * recipient's side; or given up because nobody needs it any more.
 */
export type DeliveryOutcome = "sent" | "put-off" | "refused" | "dropped";

/** What a try needs beside the mail. */
export type Delivery = {
  claims: Pick<Claims, "claim" | "release">;
  transport: Transport;
  /** Hears that the mail is being handed over, or what stands for that. */
  onHandOver?: () => void;
  /** Lets nothing be handed over for so many seconds. Left out: only this mail waits. */
  pause?: (seconds: number) => Promise<unknown>;
};

type HandedOver = Sent & { fingerprint: Buffer | null };

const SEND_LIMIT_MS = 10_000;

function isUseless(mail: QueuedMail, now: Date): boolean {
  if (mail.usefulUntil <= now) return true;
  const kind = readKind(mail.kind);
  if (kind === null) return false;
  const { challengeId, challenge, linkType, link } = mail;
  if (rowOf(kind).carries === "code") {
    return challengeId !== null && (challenge === null || challenge.endedAt !== null);
  }
  return linkType !== null && linkType === linkTypeOf(kind) && (link === null || link.hasEnded);
}

/** What a mail carries, made from the keys it names. Throws where that can no longer be made. */
function carriedBy(mail: QueuedMail, kind: MailKind): Carried {
  const { carries } = rowOf(kind);
  const { challenge, link, notMe } = mail;
  const code = carries === "code" && challenge !== null ? codeOf(challenge) : null;
  if (carries === "code" && code === null) {
    throw new MailRefused("the secret its code was made with is no longer in AUTH_SECRET");
  }
  const type = linkTypeOf(kind);
  const isOfKind = type !== null && type === mail.linkType;
  const linkToken = isOfKind && link !== null ? linkTokenOf(type, link) : null;
  if (type !== null && linkToken === null) {
    throw new MailRefused("the secret its link was made with is no longer in AUTH_SECRET");
  }
  // A security mail without its link is worth more than none.
  return { code, linkToken, notMeToken: notMe === null ? null : linkTokenOf("not-me", notMe) };
}

/** What the mail is made of. Throws when the database is away: nothing else stands for a text then. */
async function liveTextsOf(mail: QueuedMail): Promise<LiveTexts> {
  const kind = readKind(mail.kind);
  if (kind === null) return noTexts;
  return findLiveTexts(kind, isLocale(mail.locale) ? mail.locale : defaultLocale, mail.edition);
}

async function send(
  mail: QueuedMail,
  { live, claims, transport, onHandOver }: Delivery & { live: LiveTexts },
): Promise<HandedOver | "for-nobody"> {
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
  if (isForNobody(mail) && !isNotifiedAlready(mail)) return "for-nobody";
  onHandOver?.();
  const limit = AbortSignal.timeout(SEND_LIMIT_MS);
  if (isNotifiedAlready(mail) && !(await takeOver(mail, { claims, signal: limit }))) {
    await pretendToSend(mail);
    return { channel: "none", providerId: null, fingerprint: null };
  }
  const from = senderOf(env().emailFrom, frame.senderName);
  return handOver(mail.id, made, () =>
    transport({ id: mail.id, kind, from, to: mail.recipient, ...made }, limit),
  );
}

/**
 * Hands a mail over. What was not taken may have been, as of a transport that fell silent: a copy of it is
 * to be known then as well.
 */
async function handOver(
  mailId: string,
  made: RenderedMail,
  send: () => Promise<Sent>,
): Promise<HandedOver> {
  const fingerprint = fingerprintOf(made);
  try {
    return { ...(await send()), fingerprint };
  } catch (error) {
    await keepFingerprint(mailId, fingerprint);
    throw error;
  }
}

async function drop(mail: QueuedMail, fields: object): Promise<DeliveryOutcome> {
  await markDropped(mail.id);
  const level = mail.attempts > 0 ? "warn" : "info";
  log[level]({ ...fields, lastError: mail.lastError }, "A mail was dropped: it is of no use now.");
  return "dropped";
}

/** Sends nothing to an address that mail cannot be sent to. */
async function suppress(mail: QueuedMail, fields: object): Promise<DeliveryOutcome> {
  const reason = mail.marked === "complaint" ? "complaint" : "no-mailbox";
  await markSuppressed(mail.id, { at: readClock(), reason });
  log.info({ ...fields, because: mail.marked }, "A mail was not sent: its address is marked.");
  return "refused";
}

/** Settles a mail that was not taken: by what the refusal means, and when it is tried again. */
async function settleRefusal(
  mail: QueuedMail,
  error: unknown,
  { fields, pause }: { fields: object; pause: Delivery["pause"] },
): Promise<DeliveryOutcome> {
  const refused = error instanceof MailRefused ? error : null;
  const reason = refused?.message ?? "the mail could not be made or handed over";
  const triedAt = readClock();
  if (refused?.meaning === "final") {
    const { channel, failure, status, marksRecipient } = refused;
    const marks = marksRecipient ? "bounced" : null;
    await markRefused(mail.id, { reason, channel, triedAt, failure, status, marks });
    log.warn({ ...fields, reason }, "A mail was refused for good and is not tried again.");
    return "refused";
  }
  if (refused?.meaning === "throttled") {
    const seconds = pauseSeconds(refused.retryAfterSeconds);
    await pause?.(seconds);
    await letWait(mail.id, seconds, triedAt);
    const asked = refused.retryAfterSeconds;
    log.warn(
      { ...fields, reason, seconds, ...(asked > seconds ? { asked } : {}) },
      "The mail provider had too much: no mail is handed to it for some seconds.",
    );
    return "put-off";
  }
  const delaySeconds = retryDelaySeconds(mail.attempts + 1, Math.random());
  const saysOfOthers = !refused?.isOfRecipient;
  await putOff(mail.id, { reason, delaySeconds, triedAt, saysOfOthers });
  log.warn(
    { ...fields, reason, delaySeconds, ...(refused ? {} : { error }) },
    "A mail was not taken and is tried again.",
  );
  return "put-off";
}

/** What a mail says that gathers others, which nothing is added to from then on. */
async function endGathering(mail: QueuedMail): Promise<QueuedMail> {
  await closeGathering(mail.id);
  return (await findQueuedMail(mail.id)) ?? mail;
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
  const fields = { mailId: mail.id, kind: mail.kind, attempt: mail.attempts + 1 };
  if (isUseless(mail, readClock())) return drop(mail, fields);
  if (await isHeldBack(mail, readClock())) return suppress(mail, fields);
  const live = await liveTextsOf(mail);
  let sent: HandedOver | "for-nobody";
  try {
    sent = await send(mail, { ...delivery, live });
  } catch (error) {
    // What was not handed over has no answer of the provider's that others should wait for.
    const pause = error instanceof PretendedRefusal ? undefined : delivery.pause;
    return settleRefusal(mail, error, { fields, pause });
  }
  if (sent === "for-nobody") return drop(mail, fields);
  const { channel, providerId, fingerprint } = sent;
  await markSent({ id: mail.id, channel, providerId, sentAt: readClock(), fingerprint });
  log.info({ ...fields, channel, providerId }, "A mail was sent.");
  return "sent";
}
