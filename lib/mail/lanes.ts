import { setImmediate as aTurn } from "node:timers/promises";
import { log } from "@/lib/log/log";
import type { Claims } from "@/lib/mail/claims";
import type { DeliveryOutcome } from "@/lib/mail/deliver-mail";
import { openChannel } from "@/lib/mail/pace-store";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { isForLongWait } from "@/lib/mail/rules/urgency";
import type { Taken } from "@/lib/mail/take-store";
import type { Way, Ways } from "@/lib/mail/ways";

/** The mails that this process sends. */
export type Lanes = {
  /** Says that a mail may be due. Resolves at once. */
  wake(): void;
  /** Takes no more mails, and resolves when none is being sent. */
  stop(): Promise<void>;
};

// A tenth more than the limit asks for: mails handed over evenly arrive a little unevenly.
const MARGIN = 1.1;
const MAILS_AT_ONCE = 100;
// What one process takes in a round others cannot take.
const MAILS_A_ROUND = 20;
const LONGEST_REST_MS = 5_000;
// A mail that another process claims comes free when that process dies.
const LOOK_AGAIN_MS = 2_000;
const AFTER_FAILURE_MS = 1_000;
// A slot that its mail did not use is as good as on time for so long.
const SPARE_MS = 50;

/** Tries once to send a mail that has a slot of a way, and calls back when it is handed over with it. */
type Deliver = (
  mail: QueuedMail,
  slot: { slotOf: string | null; onHandOver: () => void },
) => Promise<DeliveryOutcome>;

/** A slot of a way, and until when it is on time. */
type Slot = { way: Way; slotUntil: number };

const paceOf = ({ channel }: Way) =>
  channel && { channel: channel.name, intervalMs: (1000 / channel.perSecond) * MARGIN };

/** How long to rest, and whether news of a mail ends that. */
type Rest = { ms: number; isWakened: boolean };

/**
 * Sends the mails that are due, the most urgent first at the moment of sending, each as soon as the way in
 * use has a slot for it, without waiting for the answers to those before it. Looks when it is woken,
 * when a mail becomes due, and every few seconds, as a notification may be lost with its connection.
 */
export function createLanes(
  { ways, claims }: { ways: Pick<Ways, "inUse" | "notePause">; claims: Claims },
  deliver: Deliver,
): Lanes {
  const running = new Map<string, { way: Way; ended: Promise<void> }>();
  const elsewhere = new Map<string, number>();
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

  const leftAlone = () => {
    const at = performance.now();
    for (const [id, until] of elsewhere) if (until <= at) elsewhere.delete(id);
    return [...elsewhere.keys()];
  };

  const leaveAlone = (id: string) => elsewhere.set(id, performance.now() + LOOK_AGAIN_MS);

  const spareSlots = (way: Way) =>
    spare.way === way.name && performance.now() < spare.until ? spare.slots : 0;

  const roomOf = (way: Way) => {
    const all = [...running.values()];
    const here = all.filter((one) => one.way.name === way.name).length;
    return Math.min(MAILS_AT_ONCE - all.length, (way.channel?.atOnce ?? MAILS_AT_ONCE) - here);
  };

  function giveSlotBack(way: Way, until: number): void {
    if (way.channel === null || performance.now() >= until) return;
    spare = { way: way.name, slots: spareSlots(way) + 1, until };
    endRest();
  }

  async function send(mail: QueuedMail, { way, slotUntil }: Slot): Promise<void> {
    let isHandedOver = false;
    const onHandOver = () => {
      isHandedOver = true;
    };
    const slotOf = way.channel === null ? null : way.name;
    const outcome = await deliver(mail, { slotOf, onHandOver }).catch((error: unknown) => {
      log.warn({ mailId: mail.id, error }, "A try to send a mail was cut short; it stays queued.");
      return "failed" as const;
    });
    if (!isHandedOver) giveSlotBack(way, slotUntil);
    if (outcome === "failed") leaveAlone(mail.id);
    if (outcome === "failed" || outcome === "put-off") await claims.release(mail.id);
    // Given back in the statement that settles it, it would be free before the row says so.
    else claims.releaseLater(mail.id);
    running.delete(mail.id);
    // Its next try may be the next thing to do.
    if (outcome === "put-off") wake();
  }

  async function start({ mails, slots }: Taken, slot: Slot): Promise<void> {
    const { way, slotUntil } = slot;
    if (way.channel !== null) {
      spare = { way: way.name, slots: slots - mails.length, until: slotUntil };
    }
    if (mails.length > 0) [sentBefore, sent] = [sent, sent + mails.length];
    for (const mail of mails) {
      running.set(mail.id, { way, ended: send(mail, slot) });
      // Making a mail may take the processor for as long as it takes: whatever else waits has a turn.
      await aTurn();
    }
  }

  async function round(way: Way, room: number): Promise<Rest> {
    const at = performance.now();
    const used = spareSlots(way);
    const nextSlotAt = slotAt.get(way.name) ?? 0;
    if (used === 0 && at < nextSlotAt) return { ms: nextSlotAt - at, isWakened: false };
    const slotUntil = used > 0 ? spare.until : at + SPARE_MS;
    const pace = paceOf(way);
    const taken = await claims.take({
      pace,
      most: Math.min(used || MAILS_A_ROUND, room),
      spare: used,
      isForLongWait: pace !== null && isForLongWait(sent, sentBefore),
      except: leftAlone(),
    });
    slotAt.set(way.name, performance.now() + Math.min(taken.slotInMs, LONGEST_REST_MS));
    for (const id of [...taken.elsewhere, ...taken.unfit]) leaveAlone(id);
    await start(taken, { way, slotUntil });
    if (pace !== null && !taken.isChannelKnown) await openChannel(pace.channel);
    if (taken.pausedForMs > 0) {
      ways.notePause(way, taken.pausedForMs);
      if (ways.inUse().way !== way) return { ms: 0, isWakened: true };
    }
    if (taken.isMoreDue) return { ms: 0, isWakened: true };
    const again = elsewhere.size > 0 ? LOOK_AGAIN_MS : LONGEST_REST_MS;
    return { ms: Math.min(taken.dueInMs ?? again, again), isWakened: true };
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const seen = woken;
      const { way, isTrial } = ways.inUse();
      const room = Math.min(roomOf(way), isTrial ? 1 : MAILS_AT_ONCE);
      if (room <= 0) {
        await Promise.race([...running.values()].map(({ ended }) => ended));
        continue;
      }
      const next = await round(way, room).catch((error: unknown): Rest => {
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
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}
