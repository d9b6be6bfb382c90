import { setImmediate as aTurn } from "node:timers/promises";
import { log } from "@/lib/log/log";
import type { Claims } from "@/lib/mail/claims";
import type { DeliveryOutcome } from "@/lib/mail/deliver-mail";
import { openChannel } from "@/lib/mail/pace-store";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { isForLongWait } from "@/lib/mail/rules/urgency";
import type { Taken } from "@/lib/mail/take-store";

/** A provider whose limit all processes share. */
export type PacedChannel = {
  name: string;
  perSecond: number;
  /** How many mails one process hands over at a time. */
  atOnce: number;
};

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

/** Tries once to send a mail, and calls back when it is handed over. */
type Deliver = (mail: QueuedMail, onHandOver: () => void) => Promise<DeliveryOutcome>;

/** How long to rest, and whether news of a mail ends that. */
type Rest = { ms: number; isWakened: boolean };

/**
 * Sends the mails that are due, the most urgent first at the moment of sending, each as soon as its
 * channel has a slot for it, without waiting for the answers to those before it. Looks when it is woken,
 * when a mail becomes due, and every few seconds, as a notification may be lost with its connection.
 */
export function createLanes(
  { channel, claims }: { channel: PacedChannel | null; claims: Claims },
  deliver: Deliver,
): Lanes {
  const running = new Map<string, Promise<void>>();
  const elsewhere = new Map<string, number>();
  const pace = channel && {
    channel: channel.name,
    intervalMs: (1000 / channel.perSecond) * MARGIN,
  };
  const atOnce = channel?.atOnce ?? MAILS_AT_ONCE;
  let spare = { slots: 0, until: 0 };
  let slotAt = 0;
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

  const spareSlots = () => (performance.now() < spare.until ? spare.slots : 0);

  function giveSlotBack(until: number): void {
    if (pace === null || performance.now() >= until) return;
    spare = { slots: spareSlots() + 1, until };
    endRest();
  }

  async function send(mail: QueuedMail, slotUntil: number): Promise<void> {
    let isHandedOver = false;
    const outcome = await deliver(mail, () => {
      isHandedOver = true;
    }).catch((error: unknown) => {
      log.warn({ mailId: mail.id, error }, "A try to send a mail was cut short; it stays queued.");
      return "failed" as const;
    });
    if (!isHandedOver) giveSlotBack(slotUntil);
    if (outcome === "failed") leaveAlone(mail.id);
    if (outcome === "failed" || outcome === "put-off") await claims.release(mail.id);
    // Given back in the statement that settles it, it would be free before the row says so.
    else claims.releaseLater(mail.id);
    running.delete(mail.id);
    // Its next try may be the next thing to do.
    if (outcome === "put-off") wake();
  }

  async function start({ mails, slots }: Taken, slotUntil: number): Promise<void> {
    if (pace !== null) spare = { slots: slots - mails.length, until: slotUntil };
    if (mails.length > 0) [sentBefore, sent] = [sent, sent + mails.length];
    for (const mail of mails) {
      running.set(mail.id, send(mail, slotUntil));
      // Making a mail may take the processor for as long as it takes: whatever else waits has a turn.
      await aTurn();
    }
  }

  async function round(room: number): Promise<Rest> {
    const at = performance.now();
    const used = spareSlots();
    if (used === 0 && at < slotAt) return { ms: slotAt - at, isWakened: false };
    const slotUntil = used > 0 ? spare.until : at + SPARE_MS;
    const taken = await claims.take({
      pace,
      most: Math.min(used || MAILS_A_ROUND, room),
      spare: used,
      isForLongWait: pace !== null && isForLongWait(sent, sentBefore),
      except: leftAlone(),
    });
    slotAt = performance.now() + Math.min(taken.slotInMs, LONGEST_REST_MS);
    for (const id of [...taken.elsewhere, ...taken.unfit]) leaveAlone(id);
    await start(taken, slotUntil);
    if (pace !== null && !taken.isChannelKnown) await openChannel(pace.channel);
    if (taken.isMoreDue) return { ms: 0, isWakened: true };
    const again = elsewhere.size > 0 ? LOOK_AGAIN_MS : LONGEST_REST_MS;
    return { ms: Math.min(taken.dueInMs ?? again, again), isWakened: true };
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const seen = woken;
      const room = atOnce - running.size;
      if (room <= 0) {
        await Promise.race(running.values());
        continue;
      }
      const next = await round(room).catch((error: unknown): Rest => {
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
      await Promise.all(running.values());
    },
  };
}
