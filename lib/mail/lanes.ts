import { setTimeout as sleep } from "node:timers/promises";
import { readClock } from "@/lib/clock";
import { log } from "@/lib/log/log";
import type { DeliveryOutcome } from "@/lib/mail/deliver-mail";
import { type DueMail, findLongWaiting, findNextMail, takeSlot } from "@/lib/mail/pace-store";
import { goesBefore, isForLongWait } from "@/lib/mail/rules/urgency";

/** A provider whose limit all processes share. */
export type PacedChannel = {
  name: string;
  perSecond: number;
  /** How many mails one process hands over at a time. */
  atOnce: number;
};

/** The mails that this process hands to a paced provider. */
export type Lanes = {
  /** Says that a mail may be due. Resolves at once. */
  wake(): void;
  /** Takes no more slots, and resolves when nothing is being sent. */
  stop(): Promise<void>;
};

// A tenth more than the limit asks for: mails handed over evenly arrive a little unevenly.
const MARGIN = 1.1;
const SLOTS_A_LANE = 10;
const LONGEST_SLEEP_MS = 5_000;
const LONG_WAIT_MS = 1_000;
// A mail that another process claims comes free when that process dies.
const LOOK_AGAIN_MS = 2_000;

type Deliver = (mailId: string, admit: () => Promise<boolean>) => Promise<DeliveryOutcome>;

/**
 * Hands due mails over at the pace of their channel, the most urgent first at the moment of sending.
 * Each lane makes one mail ready, waits for a slot, and goes on to the next while the provider answers.
 *
 * @param deliver tries once to send a mail, and asks `admit` right before it is handed over
 */
export function createLanes(channel: PacedChannel, deliver: Deliver): Lanes {
  const running = new Map<string, Promise<DeliveryOutcome | "failed">>();
  const elsewhere = new Map<string, number>();
  const lanes = new Set<Promise<void>>();
  const stopping = new AbortController();
  const intervalMs = (1000 / channel.perSecond) * MARGIN;
  const most = Math.min(channel.atOnce, Math.max(1, Math.ceil(channel.perSecond / SLOTS_A_LANE)));
  let slots = 0;
  let woken = 0;

  const rest = (ms: number) =>
    sleep(Math.min(ms, LONGEST_SLEEP_MS), undefined, { signal: stopping.signal }).catch(() => {});

  const inHand = () => {
    const at = Date.now();
    for (const [id, until] of elsewhere) if (until <= at) elsewhere.delete(id);
    return [...running.keys(), ...elsewhere.keys()];
  };

  async function pick(): Promise<DueMail | null> {
    const waited = isForLongWait(slots) ? await findLongWaiting(readClock(), inHand()) : null;
    return waited ?? (await findNextMail(readClock(), inHand()));
  }

  async function admit({ urgency }: DueMail): Promise<boolean> {
    while (!stopping.signal.aborted) {
      const answer = await takeSlot(channel.name, intervalMs);
      slots = answer.slots;
      if (answer.taken) return true;
      await rest(answer.waitMs);
      // After a pause it may be of no use any more, and is judged anew.
      if (answer.waitMs > LONG_WAIT_MS) return false;
      const first = await findNextMail(readClock(), inHand());
      if (first !== null && goesBefore(first.urgency, urgency)) return false;
    }
    return false;
  }

  /** Resolves once the mail was handed over, or will not be now. */
  async function start(mail: DueMail): Promise<void> {
    let admitted: () => void = () => undefined;
    const handedOver = new Promise<void>((resolve) => {
      admitted = resolve;
    });
    const delivery = deliver(mail.id, async () => {
      const goes = await admit(mail);
      if (goes) admitted();
      return goes;
    })
      .catch((error: unknown) => {
        log.warn(
          { mailId: mail.id, error },
          "A try to send a mail was cut short; it stays queued.",
        );
        return "failed" as const;
      })
      .then((outcome) => {
        running.delete(mail.id);
        if (outcome === "claimed" || outcome === "failed") {
          elsewhere.set(mail.id, Date.now() + LOOK_AGAIN_MS);
        }
        return outcome;
      });
    running.set(mail.id, delivery);
    await Promise.race([handedOver, delivery]);
  }

  async function lane(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (running.size >= channel.atOnce) {
        await Promise.race(running.values());
        continue;
      }
      const seen = woken;
      let mail: DueMail | null;
      try {
        mail = await pick();
      } catch (error) {
        log.debug({ error }, "The mail that is to go next could not be found.");
        await rest(1_000);
        continue;
      }
      if (mail !== null && !running.has(mail.id)) await start(mail);
      else if (mail === null && elsewhere.size > 0) await rest(LOOK_AGAIN_MS);
      else if (mail === null && seen === woken) return;
    }
  }

  return {
    wake() {
      woken += 1;
      if (stopping.signal.aborted || lanes.size >= most) return;
      const started: Promise<void> = lane().finally(() => {
        lanes.delete(started);
      });
      lanes.add(started);
    },
    async stop() {
      stopping.abort();
      while (lanes.size + running.size > 0) {
        await Promise.allSettled([...lanes, ...running.values()]);
      }
    },
  };
}
