import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Claims } from "@/lib/mail/claims";
import type { DeliveryOutcome } from "@/lib/mail/deliver-mail";
import { createLanes, type Lanes } from "@/lib/mail/lanes";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import type { Taken } from "@/lib/mail/take-store";
import { openWays } from "@/lib/mail/ways";
import { expectLogged } from "@/lib/testing/logged";

vi.mock("@/lib/mail/pace-store", () => ({ openChannel: async () => {} }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
let lanes: Lanes;
afterEach(async () => {
  vi.useRealTimers();
  await lanes.stop();
});

type Ask = Parameters<Claims["take"]>[0];

const nothing: Taken = {
  ...{ mails: [], slots: 0, isChannelKnown: true, slotInMs: 0, isMoreDue: false, dueInMs: null },
  ...{ elsewhere: [], unfit: [], pausedForMs: 0, isBatch: false },
  ...{ noticeSlotInMs: 0, isUrgentDue: false },
};
const mail = (id: string) => ({ id }) as QueuedMail;
const paced = { name: "resend", perSecond: 5, atOnce: 100 };

/** Lanes whose claims answer as they are asked to, one after the other, and then that nothing is due. */
function lanesOf(
  answers: (Partial<Taken> | Error)[],
  deliver: (id: string, onHandOver: () => void) => Promise<DeliveryOutcome>,
  channel: typeof paced | null = null,
) {
  const asked: Ask[] = [];
  const released: string[] = [];
  const claims: Claims = {
    take: async (ask) => {
      asked.push(ask);
      const answer = answers[asked.length - 1] ?? {};
      if (answer instanceof Error) throw answer;
      return { ...nothing, ...answer };
    },
    claim: async () => true,
    release: async (id) => {
      released.push(`${id} at once`);
    },
    releaseLater: (id) => {
      released.push(`${id} later`);
    },
    close: async () => {},
  };
  const transport = async () => ({ channel: "resend", providerId: null });
  const batch = async () => [];
  const ways = openWays([{ name: "resend", transport, batch, channel, knowsRepeats: true }]);
  lanes = createLanes({ ways, claims }, ({ id }, { onHandOver }) => deliver(id, onHandOver));
  return { asked, released };
}

/** Lets so much time pass. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const sent = async (_: string, onHandOver: () => void): Promise<DeliveryOutcome> => {
  onHandOver();
  return "sent";
};

test("it is looked at once, when woken, when a mail becomes due, and after five seconds", async () => {
  const { asked } = lanesOf([{}, {}, { dueInMs: 700 }], sent);
  await pass(0);
  expect(asked).toHaveLength(1);
  await pass(4_990);
  expect(asked).toHaveLength(1);
  await pass(10);
  expect(asked).toHaveLength(2);
  lanes.wake();
  await pass(0);
  expect(asked).toHaveLength(3);
  await pass(700);
  expect(asked).toHaveLength(4);
});

test("until the next slot nothing is asked for, whatever wakes, and then once", async () => {
  const first = {
    ...{ mails: [mail("a")], slots: 1, slotInMs: 220, isMoreDue: true, isUrgentDue: true },
  };
  const { asked } = lanesOf([first, { mails: [mail("b")], slots: 1, slotInMs: 220 }], sent, paced);
  await pass(0);
  lanes.wake();
  await pass(200);
  expect(asked).toHaveLength(1);
  await pass(20);
  expect(asked).toHaveLength(2);
  lanes.wake();
  await pass(200);
  expect(asked).toHaveLength(2);
  await pass(20);
  expect(asked).toHaveLength(3);
});

test("while only notices wait for their slot, a code that comes ends the rest", async () => {
  const notices = { mails: [mail("a")], slots: 1, noticeSlotInMs: 440, isMoreDue: true };
  const { asked } = lanesOf([notices, notices, notices], sent, paced);
  await pass(430);
  expect(asked).toHaveLength(1);
  lanes.wake();
  await pass(0);
  expect(asked).toHaveLength(2);
  await pass(430);
  expect(asked).toHaveLength(2);
  await pass(10);
  expect(asked).toHaveLength(3);
});

test("while the mails of a batch are made, few at a time, a code goes", async () => {
  const notices = Array.from({ length: 20 }, (_, n) => mail(`notice ${n}`));
  const made: string[] = [];
  const hanging: (() => void)[] = [];
  lanesOf(
    [
      { mails: notices, slots: 1, isBatch: true, isMoreDue: true, noticeSlotInMs: 440 },
      { mails: [mail("code")], slots: 1 },
    ],
    async (id) => {
      made.push(id);
      if (id !== "code") await new Promise<void>((resolve) => hanging.push(resolve));
      return "dropped";
    },
    paced,
  );
  await pass(0);
  expect(made).toHaveLength(3);
  lanes.wake();
  await pass(0);
  expect(made).toContain("code");
  for (let turn = 0; turn < 20; turn += 1) {
    for (const letGo of hanging.splice(0)) letGo();
    await pass(0);
  }
  expect(made).toHaveLength(21);
});

test("a slot that its mail did not use is used by the next, as long as it is on time", async () => {
  const took = (id: string) => ({
    ...{ mails: [mail(id)], slots: 1, slotInMs: 220, isMoreDue: true, isUrgentDue: true },
  });
  const late: Record<string, number> = { dropped: 0, "dropped late": 60 };
  const { asked } = lanesOf(
    [took("dropped"), took("dropped late"), took("c")],
    async (id, onHandOver) => {
      const ms = late[id];
      if (ms === undefined) return sent(id, onHandOver);
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      return "dropped";
    },
    paced,
  );
  await pass(0);
  expect(asked.map(({ spare }) => spare)).toEqual([0, 1]);
  await pass(60);
  expect(asked).toHaveLength(2);
  await pass(160);
  expect(asked.map(({ spare }) => spare)).toEqual([0, 1, 0]);
});

test("a claim is given back at once where the mail waits, else with the next statement", async () => {
  expectLogged(/A try to send a mail was cut short/);
  const outcomes = ["sent", "dropped", "refused", "put-off"];
  const mails = [...outcomes, "fails"].map(mail);
  const { asked, released } = lanesOf([{ mails }], async (id) => {
    if (id === "fails") throw new Error("the database is away");
    return id as DeliveryOutcome;
  });
  await pass(0);
  expect(released.sort()).toEqual([
    ...["dropped later", "fails at once", "put-off at once", "refused later", "sent later"],
  ]);
  // What was put off may be due next, and so is looked for.
  expect(asked).toHaveLength(2);
  expect(asked[1]?.except).toEqual(["fails"]);
});

test("what another process has in hand is left alone for two seconds", async () => {
  const { asked } = lanesOf([{ elsewhere: ["a"], unfit: ["b"], isMoreDue: true }], sent);
  await pass(0);
  expect(asked.map(({ except }) => except)).toEqual([[], ["a", "b"]]);
  await pass(2_000);
  expect(asked[2]?.except).toEqual([]);
});

test("no more are taken than may be handed over at a time", async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const three = { mails: ["a", "b", "c"].map(mail), slots: 3, isMoreDue: true };
  const { asked } = lanesOf(
    [three],
    async (id, onHandOver) => {
      await held;
      return sent(id, onHandOver);
    },
    { ...paced, atOnce: 3 },
  );
  await pass(6_000);
  expect(asked.map(({ most }) => most)).toEqual([3]);
  letGo();
  await pass(0);
  expect(asked.length).toBeGreaterThan(1);
});

test("while the database is away it is asked once a second, whatever wakes", async () => {
  const away = new Error("away");
  const { asked } = lanesOf([away, away, away], sent);
  await pass(0);
  lanes.wake();
  await pass(900);
  expect(asked).toHaveLength(1);
  await pass(100);
  expect(asked).toHaveLength(2);
});

test("stopping waits for the mail that is being sent, and takes none after it", async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { asked } = lanesOf([{ mails: [mail("a")], isMoreDue: false }], async (id, onHandOver) => {
    await held;
    return sent(id, onHandOver);
  });
  await pass(0);
  let hasStopped = false;
  const stopped = lanes.stop().then(() => {
    hasStopped = true;
  });
  lanes.wake();
  await pass(0);
  expect([hasStopped, asked.length]).toEqual([false, 1]);
  letGo();
  await stopped;
  expect(asked).toHaveLength(1);
});
