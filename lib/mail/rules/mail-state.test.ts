import { expect, test } from "vitest";
import { mailProgress } from "@/lib/mail/rules/mail-state";

const now = new Date("2026-11-28T12:00:40Z");
const createdAt = new Date("2026-11-28T12:00:10Z");
const waits = { state: "queued", attempts: 0, createdAt };
const old = { ...waits, createdAt: new Date("2026-11-28T12:00:09Z") };
const failed = { state: "queued", attempts: 3, createdAt };
const sent = { state: "sent", attempts: 1, createdAt };
const dropped = { state: "dropped", attempts: 9, createdAt };
const refused = { state: "refused", attempts: 1, createdAt };

test.each([
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
])("a code with the mails %j, the newest first, is %s", (rows, state, isLate) => {
  expect(mailProgress(rows, { now, pausedUntil: null })).toEqual({ state, isLate });
});

test.each([
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
