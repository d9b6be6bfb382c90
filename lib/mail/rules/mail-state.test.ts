import { expect, test } from "vitest";
import {
  type MailChange,
  type MailOnItsWay,
  type MailState,
  mailProgress,
  mailStates,
  type ReachedState,
  risesTo,
  stateOfMail,
} from "@/lib/mail/rules/mail-state";

const now = new Date("2026-11-28T12:00:40Z");
const createdAt = new Date("2026-11-28T12:00:10Z");
const sentAt = new Date("2026-11-28T12:00:12Z");
const at = new Date("2026-11-28T12:00:14Z");
const row = (state: string, attempts: number, ...changes: ReachedState[]): MailOnItsWay => ({
  state,
  attempts,
  createdAt,
  sentAt: state === "sent" ? sentAt : null,
  changes: changes.map((reached) => change(reached, at)),
});
function change(state: ReachedState, at: Date, notedAt = at): MailChange {
  return { state, at, notedAt, source: "webhook", reason: null };
}
const waits = row("queued", 0);
const old = { ...waits, createdAt: new Date("2026-11-28T12:00:09Z") };
const failed = row("queued", 3);
const sent = row("sent", 1);
const dropped = row("dropped", 9);
const refused = row("refused", 1);
const delayed = row("sent", 1, "accepted", "delayed");
const delivered = row("sent", 1, "accepted", "delivered");
const bounced = row("sent", 1, "accepted", "delivered", "refused");
const suppressed = row("refused", 0, "suppressed");

test.each<[MailOnItsWay[], MailState, boolean]>([
  [[], "queued", false],
  [[waits], "queued", false],
  [[failed], "queued", true],
  [[old], "queued", true],
  [[old, sent], "accepted", false],
  [[waits, failed], "queued", true],
  [[sent], "accepted", false],
  [[waits, sent], "accepted", false],
  [[failed, sent], "accepted", false],
  [[sent, failed], "accepted", false],
  [[dropped], "refused", false],
  [[waits, dropped], "queued", true],
  [[dropped, sent], "accepted", false],
  [[refused], "refused", false],
  [[waits, refused], "queued", false],
  [[refused, sent], "accepted", false],
  [[delayed], "delayed", false],
  [[sent, delayed], "delayed", false],
  [[waits, delayed], "delayed", false],
  [[delivered], "delivered", false],
  [[sent, delivered], "delivered", false],
  [[refused, delivered], "delivered", false],
  [[bounced], "refused", false],
  [[{ ...waits, createdAt: at }, bounced], "queued", false],
  [[{ ...sent, createdAt: at }, bounced], "accepted", false],
  [[{ ...waits, createdAt: at }, suppressed, bounced], "queued", false],
  [[waits, bounced], "delivered", false],
  [[sent, bounced], "delivered", false],
  [[bounced, delivered], "delivered", false],
  [[suppressed], "suppressed", false],
  [[suppressed, bounced], "suppressed", false],
  [[bounced, suppressed], "suppressed", false],
  [[waits, suppressed], "queued", false],
  [[suppressed, sent], "accepted", false],
])("a code with the mails %j, the newest first, is %s", (rows, state, isLate) => {
  expect(mailProgress(rows, { now, pausedUntil: null })).toMatchObject({ state, isLate });
});

test.each<[string, MailOnItsWay[], boolean]>([
  ["2026-11-28T12:00:11Z", [waits], false],
  ["2026-11-28T12:00:15Z", [waits], false],
  ["2026-11-28T12:00:16Z", [waits], true],
  ["2026-11-28T13:00:00Z", [waits], true],
  ["2026-11-28T13:00:00Z", [waits, refused], true],
  ["2026-11-28T13:00:00Z", [waits, sent], false],
  ["2026-11-28T13:00:00Z", [refused], false],
  ["2026-11-28T13:00:00Z", [], false],
])("with a pause until %s, %j is late: %s", (until, rows, isLate) => {
  const pausedUntil = new Date(until);
  expect(mailProgress(rows, { now, pausedUntil }).isLate).toBe(isLate);
});

test("a state comes with its moment and its reason", () => {
  const full = { ...change("refused", at), reason: "full" } as const;
  const { notedAt: _, ...shown } = full;
  expect(stateOfMail({ ...sent, changes: [full] }, now)).toEqual(shown);
  const accepted = { state: "accepted", at: sentAt, source: "hand-over", reason: null };
  expect(stateOfMail(sent, now)).toEqual(accepted);
});

test("what is noted for later is not said before", () => {
  expect(stateOfMail(delivered, new Date(at.getTime() - 1)).state).toBe("accepted");
  const late = { ...sent, changes: [change("delivered", at, now)] };
  expect(stateOfMail(late, new Date(now.getTime() - 1)).state).toBe("accepted");
  expect(stateOfMail(late, now)).toMatchObject({ state: "delivered", at });
});

test("states rise in the order of the contract, and never fall", () => {
  const rises = mailStates.flatMap((from) =>
    mailStates.filter((to) => risesTo(from, to)).map((to) => `${from} ${to}`),
  );
  expect(rises).toHaveLength(15);
  expect(rises).toContain("delivered refused");
  expect(rises).not.toContain("delivered delayed");
});

test("whatever the order in which reports come, the state at the end is the same", () => {
  const all: ReachedState[] = ["accepted", "delayed", "delivered"];
  for (const order of [all, all.toReversed(), ["delivered", "accepted", "delayed"] as const]) {
    expect(stateOfMail(row("sent", 1, ...order), now).state).toBe("delivered");
  }
});

test("who says so goes with the state, and one that was refused for another is said to be replaced", () => {
  const looked = { ...sent, changes: [{ ...change("delivered", at), source: "look" as const }] };
  expect(mailProgress([looked], { now, pausedUntil: null })).toMatchObject({
    ...{ state: "delivered", at, source: "look", isReplaced: false },
  });
  expect(mailProgress([waits, bounced], { now, pausedUntil: null })).toMatchObject({
    ...{ state: "delivered", isReplaced: true, isLate: false },
  });
  expect(mailProgress([failed, bounced], { now, pausedUntil: null })).toMatchObject({
    ...{ state: "delivered", isReplaced: true, isLate: true },
  });
  expect(mailProgress([delivered, bounced], { now, pausedUntil: null }).isReplaced).toBe(false);
});

type Step = "made" | ReachedState;

/** All orders in which the steps of several mails can happen; a mail is made after the one before it. */
function* orders(mails: readonly (readonly Step[])[]): Generator<[number, Step][]> {
  const left = mails.map(() => 0);
  const taken: [number, Step][] = [];
  function* go(): Generator<[number, Step][]> {
    if (mails.every((steps, mail) => left[mail] === steps.length)) yield [...taken];
    for (const [mail, steps] of mails.entries()) {
      const step = steps[left[mail] ?? 0];
      if (step === undefined || (step === "made" && mail > 0 && left[mail - 1] === 0)) continue;
      left[mail] = (left[mail] ?? 0) + 1;
      taken.push([mail, step]);
      yield* go();
      taken.pop();
      left[mail] = (left[mail] ?? 0) - 1;
    }
  }
  yield* go();
}

function happen(mails: readonly MailOnItsWay[], [mail, step]: [number, Step], moment: Date) {
  if (step === "made") {
    return [
      ...mails,
      { ...{ state: "queued", attempts: 0, createdAt: moment, sentAt: null }, changes: [] },
    ];
  }
  return mails.map((one, index): MailOnItsWay => {
    if (index !== mail) return one;
    const changes = [...one.changes, change(step, moment)];
    if (one.state !== "queued") return { ...one, changes };
    const isSent = step !== "refused" && step !== "suppressed";
    return { ...one, changes, state: isSent ? "sent" : "refused", sentAt: isSent ? moment : null };
  });
}

const ofTwo: ReachedState[][] = [
  [],
  ["accepted", "delivered"],
  ["accepted", "refused"],
  ["accepted", "delayed", "delivered", "refused"],
  ["accepted", "delivered", "suppressed"],
  ["accepted", "refused", "suppressed"],
  ["refused"],
  ["suppressed"],
];
const ofThree: ReachedState[][] = [
  ["accepted", "delivered"],
  ["accepted", "refused"],
  ["delayed", "suppressed"],
  ["refused"],
];
const made = (way: ReachedState[]): Step[] => ["made", ...way];
const pairs = ofTwo.flatMap((one) => ofTwo.map((other) => [made(one), made(other)]));
const triples = ofThree.flatMap((one) =>
  ofThree.flatMap((other) => ofThree.map((third) => [made(one), made(other), made(third)])),
);

test.each([
  ["two", pairs],
  ["three", triples],
])(
  "whatever happens to %s mails in whatever order, what is said only rises, and is true",
  (_, all) => {
    const rank = (state: MailState) => mailStates.indexOf(state);
    const isOver = (state: MailState) => state === "refused" || state === "suppressed";
    let falls = 0;
    for (const mails of all) {
      for (const order of orders(mails)) {
        let rows: MailOnItsWay[] = [];
        let said = mailProgress(rows, { now, pausedUntil: null });
        for (const [index, event] of order.entries()) {
          const moment = new Date(now.getTime() + index * 1000);
          rows = happen(rows, event, moment);
          const next = mailProgress(rows.toReversed(), { now: moment, pausedUntil: null });
          const isLower = rank(next.state) < rank(said.state);
          const place = JSON.stringify([order.slice(0, index + 1), said.state, next.state]);
          // Only another mail begins anew, and only where nothing can come of those before it.
          if (isLower && !(event[1] === "made" && isOver(said.state)))
            throw new Error(`fell: ${place}`);
          if (isLower) falls += 1;
          const ends = rows.map((row) => stateOfMail(row, moment).state);
          const live = ends.filter((end) => !isOver(end));
          if (isOver(next.state) !== (live.length === 0)) throw new Error(`not over: ${place}`);
          const isOfOne = ends.includes(next.state);
          if (!isOfOne && !next.isReplaced) throw new Error(`nobody's: ${place}`);
          if (next.isReplaced && !ends.some(isOver)) throw new Error(`not replaced: ${place}`);
          said = next;
        }
      }
    }
    expect(falls).toBeGreaterThan(0);
  },
);
