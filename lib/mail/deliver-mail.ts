import { type LinkPurpose, linkTokenOf } from "@/lib/auth/link-token";
import { now } from "@/lib/clock";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Claims } from "@/lib/mail/claims";
import {
  carriesCode,
  carriesConfirmLink,
  carriesObjectLink,
  carriesResetLink,
  type MailKind,
  mailFactsSchema,
  mailKinds,
  tellsApplicant,
} from "@/lib/mail/facts";
import { renderMail } from "@/lib/mail/render";
import { retryDelaySeconds } from "@/lib/mail/retry-delay";
import {
  closeGathering,
  findLastFailed,
  findLastSent,
  findQueuedMail,
  markDropped,
  markSent,
  putOff,
  type QueuedMail,
} from "@/lib/mail/store";
import { MailRefused, type Sent, type Transport } from "@/lib/mail/transports/transport";
import { codeOf } from "@/lib/sign-in/code";

/**
 * How one try to send a mail ended: taken by the provider; to be tried again; given up because
 * nobody needs it any more; another process is at it; or it was settled before.
 */
export type DeliveryOutcome = "sent" | "put-off" | "dropped" | "claimed" | "settled";

const SEND_LIMIT_MS = 10_000;

function isUseless(mail: QueuedMail, at: Date): boolean {
  if (mail.usefulUntil <= at) return true;
  const { challenge, resetId, reset, linkId, link, caseId, invitation } = mail;
  const ended = (carried: { endedAt: Date | null } | null) =>
    carried === null || carried.endedAt !== null;
  return (
    (carriesCode(mail.kind as MailKind) && mail.challengeId !== null && ended(challenge)) ||
    (resetId !== null && ended(reset)) ||
    (linkId !== null && ended(link)) ||
    (caseId !== null && mail.case === null) ||
    (mail.invitationId !== null && ended(invitation))
  );
}

function kindOf(mail: QueuedMail): MailKind {
  const kind = mailKinds.find((known) => known === mail.kind);
  if (kind === undefined) throw new Error(`There is no mail of kind ${mail.kind}.`);
  return kind;
}

/** The mail of a sign-up whose address has an owner who was told of another one within the day. */
const isToldAlready = ({ kind, accountId, challengeId }: QueuedMail) =>
  kind === "already-have-account" && accountId === null && challengeId !== null;

/**
 * A link asked for with an address that has no account, or what an owner was told today already:
 * rendered all the same, as that takes time.
 */
function isForNobody(mail: QueuedMail): boolean {
  if (isToldAlready(mail)) return true;
  return mail.reset !== null && mail.reset.accountId === null;
}

/** Throws as the provider's refusal would while it takes no mail: `/verify` tells nobody's from others by nothing. */
async function refuseWithOthers(): Promise<void> {
  const [sent, failed] = [await findLastSent(), await findLastFailed()];
  if (failed === null) return;
  const triedAt = failed.nextTryAt.getTime() - retryDelaySeconds(failed.attempts) * 1000;
  if (triedAt > (sent?.getTime() ?? 0)) throw new MailRefused("no mail is taken at the moment");
}

type Key = { id: string; secretId: string } | null;

/** The tokens of the links that a mail carries. Throws where one can no longer be made. */
function tokensOf(mail: QueuedMail, kind: MailKind) {
  const needed = (carries: boolean, purpose: LinkPurpose, key: Key) => {
    const token = carries && key !== null ? linkTokenOf(purpose, key) : null;
    if (carries && token === null) {
      throw new MailRefused("the secret its link was made with is no longer in AUTH_SECRET");
    }
    return token;
  };
  const { reset, link, notMe, case: found, invitation } = mail;
  return {
    resetToken: needed(carriesResetLink(kind), "password reset", reset),
    confirmToken: carriesConfirmLink(kind) ? needed(true, kind, link) : null,
    caseToken: needed(tellsApplicant(kind), "case", found),
    objectToken: needed(carriesObjectLink(kind), "object-case", link),
    invitationToken: needed(kind === "staff-invited", "staff-invitation", invitation),
    // A security mail without its link is worth more than none.
    notMeToken: notMe === null ? null : linkTokenOf("not-me", notMe),
  };
}

async function send(mail: QueuedMail, transport: Transport): Promise<Sent | "for-nobody"> {
  const kind = kindOf(mail);
  const code = carriesCode(kind) && mail.challenge !== null ? codeOf(mail.challenge) : null;
  if (carriesCode(kind) && code === null) {
    throw new MailRefused("the secret its code was made with is no longer in AUTH_SECRET");
  }
  const facts = mailFactsSchema.parse(mail.facts);
  const rendered = await renderMail({ ...mail, kind, facts }, { code, ...tokensOf(mail, kind) });
  if (isForNobody(mail)) {
    if (!isToldAlready(mail)) return "for-nobody";
    await refuseWithOthers();
    return { providerId: null };
  }
  const message = { id: mail.id, from: env().emailFrom, to: mail.recipient, ...rendered };
  return transport(message, AbortSignal.timeout(SEND_LIMIT_MS));
}

async function drop(mail: QueuedMail, fields: object): Promise<DeliveryOutcome> {
  await markDropped(mail.id);
  const level = mail.attempts > 0 ? "warn" : "info";
  log[level]({ ...fields, lastError: mail.lastError }, "A mail was dropped: it is of no use now.");
  return "dropped";
}

async function tryOnce(mail: QueuedMail, transport: Transport): Promise<DeliveryOutcome> {
  const fields = { mailId: mail.id, kind: mail.kind, attempt: mail.attempts + 1 };
  if (isUseless(mail, now())) return drop(mail, fields);
  let sent: Sent | "for-nobody";
  try {
    sent = await send(mail, transport);
  } catch (error) {
    const refused = error instanceof MailRefused ? error : null;
    const reason = refused?.message ?? "the mail could not be made or handed over";
    const delaySeconds = retryDelaySeconds(mail.attempts + 1, refused?.retryAfterSeconds);
    const nextTryAt = new Date(now().getTime() + delaySeconds * 1000);
    await putOff(mail.id, { reason, delaySeconds, nextTryAt });
    log.warn(
      { ...fields, reason, delaySeconds, ...(refused ? {} : { error }) },
      "A mail was not taken and is tried again.",
    );
    return "put-off";
  }
  if (sent === "for-nobody") return drop(mail, fields);
  const { providerId } = sent;
  await markSent(mail.id, providerId, now());
  log.info({ ...fields, providerId }, "A mail was sent.");
  return "sent";
}

/**
 * Tries once to send a mail, in at most ten seconds. No database connection is held while the
 * provider is waited for, and no other process sends the same mail meanwhile.
 *
 * @throws when the database is away; the mail stays queued then
 */
export async function deliverMail(
  mailId: string,
  { claims, transport }: { claims: Claims; transport: Transport },
): Promise<DeliveryOutcome> {
  if (!(await claims.claim(mailId))) return "claimed";
  try {
    await closeGathering(mailId);
    const mail = await findQueuedMail(mailId);
    return mail === null ? "settled" : await tryOnce(mail, transport);
  } finally {
    await claims.release(mailId);
  }
}
