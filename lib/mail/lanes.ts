import { setImmediate as aTurn } from "node:timers/promises";
import { log } from "@/lib/log/log";
import { type Batch, openBatch } from "@/lib/mail/batch";
import type { Claims } from "@/lib/mail/claims";
import type { DeliveryOutcome } from "@/lib/mail/deliver-mail";
import { leaveAloneFor } from "@/lib/mail/left-alone";
import { openChannel } from "@/lib/mail/pace-store";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { pauseSeconds } from "@/lib/mail/retry-delay";
import { paceOf } from "@/lib/mail/rules/pace";
import { isForLongWait } from "@/lib/mail/rules/urgency";
import { batchNameOf, type Taken } from "@/lib/mail/take-store";
import type { Way, Ways } from "@/lib/mail/ways";

/** The mails that this process sends. */
export type Lanes = {
  /** Says that a mail may be due. Resolves at once. */
  wake(): void;
  /** Takes no more mails, and resolves when none is being sent. */
  stop(): Promise<void>;
};

const MAILS_AT_ONCE = 100;
// What one process takes in a round others cannot take.
const MAILS_A_ROUND = 20;
const LONGEST_REST_MS = 5_000;
// A mail that another process claims comes free when that process dies.
const LOOK_AGAIN_MS = 2_000;
const AFTER_FAILURE_MS = 1_000;
// A slot that its mail did not use is as good as on time for so long.
const SPARE_MS = 50;
// Of a batch so few are made at a time that a code which comes meanwhile waits behind no queue of theirs.
const MADE_AT_ONCE = 3;
// So that one that hangs holds up none, and few are made in advance.
const BATCHES_AT_ONCE = 3;
// A batch that was refused, or that is not served: the mails of it go alone meanwhile.
const NO_BATCH_MS = 10 * 60_000;
// Of the shares of a batch's mails, which make one together.
const EPSILON = 1e-6;

/** Tries once to send a mail that has a slot of a way, and calls back when it is handed over with it. */
type Deliver = (
  mail: QueuedMail,
  slot: { slotOf: string | null; onHandOver: () => void; batch?: Batch | undefined },
) => Promise<DeliveryOutcome>;

/** A slot of a way, until when it is on time, and how many mails it is for. */
type Slot = { way: Way; slotUntil: number; batch: Batch | undefined; mails: number };

type InUse = ReturnType<Ways["inUse"]>;

/** How long to rest, and whether news of a mail ends that. */
type Rest = { ms: number; isWakened: boolean };

/**
 * Sends the mails that are due, the most urgent first at the moment of sending, each as soon as the way in
 * use has a slot for it, without waiting for the answers to those before it. Looks when it is woken,
 * when a mail becomes due, and every few seconds, as a notification may be lost with its connection.
 */
export function createLanes(
  { ways, claims }: { ways: Pick<Ways, "inUse" | "notePause" | "pause">; claims: Claims },
  deliver: Deliver,
): Lanes {
  const running = new Map<string, { slot: Slot; ended: Promise<void> }>();
  const makings = new Set<Promise<void>>();
  let batchesFrom = 0;
  let batchesUnderWay = 0;
  const elsewhere = leaveAloneFor(LOOK_AGAIN_MS);
  // By the names of ways.
  const slotAt = new Map<string, number>();
  let spare = { way: "", slots: 0, until: 0 };
  let sent = 0;
  let sentBefore = -1;
  let woken = 0;
  let stopping = false;
  let isWakened = false;
  let endRest: () => void = () => undefined;

  async function rest({ ms, ...given }: Rest, seen: number): Promise<void> {
    isWakened = given.isWakened;
    if (stopping || ms <= 0 || (isWakened && woken !== seen)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.ceil(ms), LONGEST_REST_MS));
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const mayBatch = (way: Way) =>
    way.batch !== undefined &&
    batchesUnderWay < BATCHES_AT_ONCE &&
    performance.now() >= batchesFrom;

  const spareSlots = (way: Way) =>
    spare.way === way.name && performance.now() < spare.until ? spare.slots : 0;

  const roomOf = (way: Way) => {
    const all = [...running.values()];
    const countOf = (some: typeof all) =>
      Math.ceil(some.reduce((sum, { slot }) => sum + 1 / slot.mails, 0) - EPSILON);
    const here = countOf(all.filter(({ slot }) => slot.way.name === way.name));
    return Math.min(MAILS_AT_ONCE - countOf(all), (way.channel?.atOnce ?? MAILS_AT_ONCE) - here);
  };

  function giveSlotBack(way: Way, until: number): void {
    if (way.channel === null || performance.now() >= until) return;
    spare = { way: way.name, slots: spareSlots(way) + 1, until };
    endRest();
  }

  function pause(way: Way, asked: number): void {
    ways.pause(way, pauseSeconds(asked)).catch((error: unknown) => {
      log.debug({ error }, "That a way out is paused could not be noted.");
    });
  }

  /** A request for all that were taken, where they were taken for one. */
  function batchOf(way: Way, { mails, isBatch }: Taken): Batch | undefined {
    if (!isBatch || way.batch === undefined || mails.length === 0) return undefined;
    batchesUnderWay += 1;
    const ids = mails.map(({ id }) => id);
    return openBatch({ name: batchNameOf(way.name), ids, send: way.batch }, (refused) => {
      batchesUnderWay -= 1;
      if (refused === null) return;
      if (refused.meaning === "throttled") return pause(way, refused.retryAfterSeconds);
      batchesFrom = performance.now() + NO_BATCH_MS;
      log.warn({ reason: refused.message }, "Notices go one by one for some time, not in batches.");
    });
  }

  async function send(mail: QueuedMail, slot: Slot): Promise<void> {
    const { way, slotUntil, batch } = slot;
    let isHandedOver = false;
    const onHandOver = () => {
      isHandedOver = true;
    };
    const slotOf = way.channel === null ? null : way.name;
    const outcome = await deliver(mail, { slotOf, onHandOver, batch })
      .finally(() => batch?.leave(mail.id))
      .catch((error: unknown) => {
        log.warn(
          { mailId: mail.id, error },
          "A try to send a mail was cut short; it stays queued.",
        );
        return "failed" as const;
      });
    if (!isHandedOver && batch === undefined) giveSlotBack(way, slotUntil);
    if (outcome === "failed") elsewhere.add(mail.id);
    if (outcome === "failed" || outcome === "put-off") await claims.release(mail.id);
    // Given back in the statement that settles it, it would be free before the row says so.
    else claims.releaseLater(mail.id);
    running.delete(mail.id);
    // Its next try may be the next thing to do.
    if (outcome === "put-off") wake();
  }

  async function start(taken: Taken, way: Way, slotUntil: number): Promise<void> {
    const { mails, slots } = taken;
    const batch = batchOf(way, taken);
    const slot: Slot = { way, slotUntil, batch, mails: batch === undefined ? 1 : mails.length };
    if (way.channel !== null) {
      const used = mails.length / slot.mails;
      spare = { way: way.name, slots: Math.max(0, slots - used), until: slotUntil };
    }
    if (mails.length > 0) [sentBefore, sent] = [sent, sent + mails.length];
    const making = make(mails, slot);
    if (batch === undefined) return making;
    // Whatever else is due goes on meanwhile.
    makings.add(making);
    making.finally(() => makings.delete(making));
  }

  async function make(mails: QueuedMail[], slot: Slot): Promise<void> {
    for (const [index, mail] of mails.entries()) {
      await slot.batch?.reached(index + 1 - MADE_AT_ONCE);
      running.set(mail.id, { slot, ended: send(mail, slot) });
      // Making a mail may take the processor for as long as it takes: whatever else waits has a turn.
      await aTurn();
    }
  }

  async function round({ way, isTrial }: InUse, room: number): Promise<Rest> {
    const at = performance.now();
    const used = spareSlots(way);
    const nextSlotAt = slotAt.get(way.name) ?? 0;
    if (used === 0 && at < nextSlotAt) return { ms: nextSlotAt - at, isWakened: false };
    const slotUntil = used > 0 ? spare.until : at + SPARE_MS;
    const pace = way.channel && paceOf(way.channel);
    const taken = await claims.take({
      pace,
      most: Math.min(used || MAILS_A_ROUND, room),
      spare: used,
      isForLongWait: pace !== null && isForLongWait(sent, sentBefore),
      mayBatch: mayBatch(way) && !isTrial,
      except: elsewhere.ids(),
    });
    slotAt.set(way.name, performance.now() + Math.min(taken.slotInMs, LONGEST_REST_MS));
    for (const id of [...taken.elsewhere, ...taken.unfit]) elsewhere.add(id);
    await start(taken, way, slotUntil);
    if (pace !== null && !taken.isChannelKnown) await openChannel(pace.channel);
    if (taken.pausedForMs > 0) {
      ways.notePause(way, taken.pausedForMs);
      if (ways.inUse().way !== way) return { ms: 0, isWakened: true };
    }
    if (taken.isMoreDue) {
      return { ms: taken.isUrgentDue ? 0 : taken.noticeSlotInMs, isWakened: true };
    }
    const again = elsewhere.size > 0 ? LOOK_AGAIN_MS : LONGEST_REST_MS;
    return { ms: Math.min(taken.dueInMs ?? again, again), isWakened: true };
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const seen = woken;
      const inUse = ways.inUse();
      const { way, isTrial } = inUse;
      const room = Math.min(roomOf(way), isTrial ? 1 : MAILS_AT_ONCE);
      if (room <= 0) {
        await Promise.race([...running.values()].map(({ ended }) => ended));
        continue;
      }
      const next = await round(inUse, room).catch((error: unknown): Rest => {
        log.debug({ error }, "The mails that are to go next could not be taken.");
        return { ms: AFTER_FAILURE_MS, isWakened: false };
      });
      await rest(next, seen);
    }
  }

  function wake(): void {
    woken += 1;
    if (isWakened) endRest();
  }

  const ran = run();
  return {
    wake,
    async stop() {
      stopping = true;
      endRest();
      await ran;
      await Promise.all(makings);
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}
