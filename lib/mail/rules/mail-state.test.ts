import { expect, test } from "vitest";
import {
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
  changes: changes.map((reached) => ({ state: reached, at, reason: null })),
});
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
  [[waits, bounced], "queued", false],
  [[sent, bounced], "accepted", false],
  [[bounced, delivered], "delivered", false],
  [[suppressed], "suppressed", false],
  [[suppressed, bounced], "suppressed", false],
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
  const full = { state: "refused", at, reason: "full" } as const;
  expect(stateOfMail({ ...sent, changes: [full] }, now)).toEqual(full);
  expect(stateOfMail(sent, now)).toEqual({ state: "accepted", at: sentAt, reason: null });
});

test("what is noted for later is not said before", () => {
  expect(stateOfMail(delivered, new Date(at.getTime() - 1)).state).toBe("accepted");
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
