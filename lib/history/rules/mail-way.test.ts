import { expect, test } from "vitest";
import { type StoredChange, wayOf } from "@/lib/history/rules/mail-way";

const createdAt = new Date("2026-11-30T12:00:00Z");
const after = (seconds: number) => new Date(createdAt.getTime() + seconds * 1000);
const change = (
  state: string,
  seconds: number,
  more: Partial<StoredChange> = {},
): StoredChange => ({
  state,
  at: after(seconds),
  source: "webhook",
  channel: "resend",
  reason: null,
  status: null,
  words: null,
  ...more,
});

const shown = (changes: StoredChange[], now = after(3600)) =>
  wayOf({ state: "queued", createdAt, sentAt: null, changes }, now).map(({ state, seconds }) => [
    state,
    seconds,
  ]);

test("a way is listed in the order in which states rise, with how long each took", () => {
  const changes = [change("refused", 60), change("accepted", 2), change("delivered", 4.4)];
  expect(shown(changes)).toEqual([
    ["accepted", 2],
    ["delivered", 4],
    ["refused", 60],
  ]);
});

test("what took no time took a second, and what is still to come is left out", () => {
  expect(shown([change("accepted", 0.2), change("delivered", 9)], after(8))).toEqual([
    ["accepted", 1],
  ]);
});

test("what another version noted is left out, or read as far as it is known", () => {
  expect(shown([change("opened", 1)])).toEqual([]);
  const [step] = wayOf(
    {
      ...{ state: "refused", createdAt, sentAt: null },
      changes: [change("refused", 5, { source: "owl", reason: "moon" })],
    },
    after(9),
  );
  expect(step).toMatchObject({ source: "webhook", reason: "other" });
});

test.each<[string, StoredChange[], [string, number][]]>([
  ["sent", [], [["accepted", 3]]],
  [
    "sent",
    [change("refused", 9)],
    [
      ["accepted", 3],
      ["refused", 9],
    ],
  ],
  ["sent", [change("accepted", 2)], [["accepted", 2]]],
  ["refused", [], []],
  ["dropped", [], []],
  ["queued", [], []],
])(
  "of a mail that is %s with the changes %j the way is %j: a version before noted none",
  (state, changes, way) => {
    const sentAt = state === "sent" ? after(3) : null;
    const steps = wayOf({ state, createdAt, sentAt, changes }, after(3600));
    expect(steps.map((step) => [step.state, step.seconds])).toEqual(way);
    for (const { source } of steps.slice(0, 1)) {
      expect(source).toBe(changes[0]?.state === "accepted" ? "webhook" : "hand-over");
    }
  },
);
