import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log/log";
import type { Batch } from "@/lib/mail/batch";
import { noteHandOver } from "@/lib/mail/hand-over-times";
import { type SlotAnswer, takeSlot } from "@/lib/mail/pace-store";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { pauseSeconds } from "@/lib/mail/retry-delay";
import { paceOf } from "@/lib/mail/rules/pace";
import { isLastResort, maySendTwice, unsureDelaySeconds } from "@/lib/mail/rules/ways-to-ask";
import { type MailMessage, MailRefused, type Sent } from "@/lib/mail/transports/transport";
import type { Way, Ways } from "@/lib/mail/ways";

/** How handing a mail over ended, and which ways may have it beside the one that took it. */
export type HandedOver = { unsure: string[] } & (
  | { kind: "taken"; sent: Sent }
  | { kind: "refused"; refused: MailRefused; leastDelaySeconds: number }
  /** All that were asked had too much: for how long they are left alone, and how long the mail waits. */
  | { kind: "throttled"; refused: MailRefused; pausedSeconds: number; waitSeconds: number }
  /** Nothing was asked, as no way had a slot. */
  | { kind: "no-slot" }
  /** While one was asked, somebody said what became of it, or nobody needs it any more. */
  | { kind: "over" }
);

const TRY_MS = 10_000;
/** With a next way to go by, one that says nothing for so long is passed over. */
const SLOW_MS = 5_000;
/** What is left of a try must be enough to hand a mail over. */
const LEAST_MS = 1_000;
/** Until a way has a slot again. */
export const NO_SLOT_SECONDS = 1;

const lost = { fate: "unknown" } as const;

/** A mail that is handed over. */
type Handing = Pick<QueuedMail, "id" | "unsureChannels" | "attempts"> & {
  /** By what a copy of it is known. */
  fingerprint: Buffer;
  /** Whether it still waits, and somebody for it. */
  isWanted(): Promise<boolean>;
  /** How long it may wait for the slot of another way than the first. */
  patienceMs: number;
  /** Its message, and the one that says that it may come twice. */
  message(isSecond: boolean): MailMessage;
};

type Given = {
  ways: Ways;
  /** Whose slot was taken for it already; null: no way of here has slots, or all were asked for none. */
  slotOf: string | null;
  /** Hears that this slot is being used. */
  onHandOver?: (() => void) | undefined;
  /** With which others it goes in one request, and by none but the way of that. */
  batch?: Batch | undefined;
};

const atOnce: SlotAnswer = { kind: "slot", waitMs: 0 };

/** When a mail may be handed to a way; noted with it, that the way may have it. */
async function slotFor(
  way: Way,
  mail: Handing,
  { unsure, slotOf }: { unsure: string[]; slotOf: string | null },
): Promise<SlotAnswer> {
  if (way.channel === null || way.name === slotOf || slotOf === null) return atOnce;
  const { channel: name, intervalMs } = paceOf(way.channel);
  const { id: mailId, patienceMs, fingerprint } = mail;
  const noted = unsure.includes(way.name) ? unsure : [...unsure, way.name];
  const asked = { mailId, patienceMs, fingerprint, unsure: noted, intervalMs };
  try {
    return await takeSlot(name, asked);
  } catch (error) {
    // What was heard so far must not be lost with it.
    log.debug({ error }, "A slot could not be taken.");
    return { kind: "none", pausedForMs: 0 };
  }
}

/** Whether a mail is still to go on to a next way; where nobody can say, it is. */
async function isWanted(mail: Handing): Promise<boolean> {
  try {
    return await mail.isWanted();
  } catch (error) {
    log.debug({ error }, "Whether a mail still waits could not be looked up.");
    return true;
  }
}

/** What a refusal says of the way, whatever it says of the mail. */
async function noteRefusal(way: Way, mailId: string, refused: MailRefused, ways: Ways) {
  if (refused.meaning === "throttled") {
    await ways.pause(way, pauseSeconds(refused.retryAfterSeconds)).catch((error: unknown) => {
      log.debug({ error }, "That a way out is paused could not be noted.");
    });
  } else {
    await ways.heard(way, mailId, refused.isOfRecipient ? "works" : "failed");
  }
}

function joined(refusals: [MailRefused, ...MailRefused[]]): MailRefused {
  if (refusals.length === 1) return refusals[0];
  const { failure, status, channel } = refusals.at(-1) as MailRefused;
  return new MailRefused(refusals.map(({ message }) => message).join("; then "), {
    ...{ failure, status, channel },
    isOfRecipient: refusals.every(({ isOfRecipient }) => isOfRecipient),
  });
}

/** What follows from all refusals of a try. */
function endOf(
  refusals: MailRefused[],
  unsure: string[],
  { isAlone }: Ways,
  copies = 0,
): HandedOver {
  const [first, ...others] = refusals;
  if (first === undefined) return { kind: "no-slot", unsure };
  if (refusals.every(({ meaning }) => meaning === "throttled")) {
    const pausedSeconds = Math.min(...refusals.map((one) => pauseSeconds(one.retryAfterSeconds)));
    // Its way is left alone in the database; another may take it before.
    const waitSeconds = isAlone ? pausedSeconds : Math.min(NO_SLOT_SECONDS, pausedSeconds);
    return { kind: "throttled", refused: first, unsure, pausedSeconds, waitSeconds };
  }
  const leastDelaySeconds = copies > 0 ? unsureDelaySeconds(copies) : 0;
  return { kind: "refused", refused: joined([first, ...others]), unsure, leastDelaySeconds };
}

/** Hands a mail over with others. What does not come of that goes alone, at its next try. */
async function inBatch(
  mail: Handing,
  { batch, ways, onHandOver }: Given & { batch: Batch },
): Promise<HandedOver> {
  const unsure = [...mail.unsureChannels];
  onHandOver?.();
  try {
    const sent = await batch.join(mail.message(unsure.length > 0));
    return { kind: "taken", sent, unsure };
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    if (error.fate === "unknown") unsure.push(batch.name);
    return endOf([error], unsure, ways);
  }
}

/** How often it may have been sent by a way that answered nothing; what a process had that died counts not. */
const copiesBefore = ({ unsureChannels, attempts }: Handing, { name }: Way) =>
  Math.min(attempts, unsureChannels.filter((one) => one === name).length);

/**
 * Hands a mail over by the ways in their order, in at most ten seconds, until one takes it or its
 * recipient's side refuses it for good. Where another way follows, one that is slow is given half of that.
 * A way whose answer was lost may have taken it: then the next one's copy says so.
 *
 * @throws what a transport throws that is no refusal, and when the database is away
 */
export async function handOver(mail: Handing, given: Given): Promise<HandedOver> {
  const { ways, slotOf, onHandOver, batch } = given;
  if (batch !== undefined) return inBatch(mail, { ...given, batch });
  const end = performance.now() + TRY_MS;
  const unsure = [...mail.unsureChannels];
  const refusals: MailRefused[] = [];
  let copies = 0;
  let isPassed = false;
  const order = ways.forMail(unsure);
  for (const [index, way] of order.entries()) {
    if (refusals.length > 0 && !(await isWanted(mail))) return { kind: "over", unsure };
    // One that lacks the mail has a slot in a moment: no reason for one more copy.
    if (isPassed && isLastResort(way, mail.unsureChannels)) continue;
    const slot = await slotFor(way, mail, { unsure, slotOf });
    if (slot.kind === "over") return { kind: "over", unsure };
    if (slot.kind === "none") {
      if (slot.pausedForMs > 0) ways.notePause(way, slot.pausedForMs);
      else isPassed = true;
      continue;
    }
    if (slot.waitMs > 0) await sleep(slot.waitMs);
    const isLast = index === order.length - 1;
    const left = index === 0 && isLast ? TRY_MS : end - performance.now();
    if (left < LEAST_MS || (!ways.begin(way) && !isLast)) continue;
    if (way.name === slotOf || slotOf === null) onHandOver?.();
    // What would be one more copy is no reason to wait for less.
    const next = order.slice(index + 1).some((one) => !isLastResort(one, mail.unsureChannels));
    const limit = AbortSignal.timeout(Math.round(next ? Math.min(SLOW_MS, left) : left));
    const isSecond = maySendTwice(unsure, way);
    const before = refusals.at(-1);
    if (before !== undefined) {
      const { channel, message: reason, fate } = before;
      const fields = { mailId: mail.id, way: channel, next: way.name, fate, reason };
      log.warn(fields, "A mail goes by the next way out.");
    }
    try {
      const began = performance.now();
      const sent = await way.transport(mail.message(isSecond), limit);
      noteHandOver(performance.now() - began);
      await ways.heard(way, mail.id, "works");
      const beside = way.knowsRepeats ? unsure.filter((name) => name !== way.name) : unsure;
      return { kind: "taken", sent, unsure: beside };
    } catch (thrown) {
      if (!(thrown instanceof MailRefused) && refusals.length === 0) throw thrown;
      const error = thrown instanceof MailRefused ? thrown : new MailRefused("it failed", lost);
      await noteRefusal(way, mail.id, error, ways);
      if (error.meaning === "final") return endOf([error], unsure, ways);
      refusals.push(error);
      if (error.fate === "unknown") {
        if (!way.knowsRepeats || !unsure.includes(way.name)) unsure.push(way.name);
        if (!way.knowsRepeats) copies = copiesBefore(mail, way) + 1;
      }
    }
  }
  return endOf(refusals, unsure, ways, copies);
}
