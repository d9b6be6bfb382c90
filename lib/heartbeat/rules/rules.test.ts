import { expect, test } from "vitest";
import { judgeHealth } from "@/lib/heartbeat/rules/judge-health";
import { findDisagreeing, isAlive, type Process } from "@/lib/heartbeat/rules/judge-processes";
import { judgeQueue, oldestOf, type Queue } from "@/lib/heartbeat/rules/judge-queue";
import { judgeWorker } from "@/lib/heartbeat/rules/judge-worker";
import { ALIVE_SECONDS, FAILING_TRIES, standingSeconds } from "@/lib/heartbeat/rules/limits";
import { type Reported, sayAgain } from "@/lib/heartbeat/rules/say-again";
import { differencesBetween, keepsMailBack } from "@/lib/heartbeat/rules/shared-settings";

const settings = {
  EMAIL_TRANSPORT: "smtp",
  EMAIL_FROM: "no-reply@host.example",
  APP_URL: "https://host.example",
  BRAND_NAME: "Host",
  CANARY_EMAIL: "canary@host.example",
  AUTH_SECRET: ["new", "old"],
};

const empty: Queue = { waiting: 0, oldestUntried: null, oldestTried: null, sinceLastSent: null };

const worker: Process = {
  ...{ id: "worker", pidSpace: "here", host: "h", pid: 7, began: "b", settings },
  ...{ servesPages: false, runsJobs: true, hasStopped: false, sinceBeat: 1 },
  ...{ failedTries: 0, sinceFailing: null, sinceFailed: null },
};
const web: Process = { ...worker, id: "web", servesPages: true, runsJobs: false };
const failing = { failedTries: FAILING_TRIES, sinceFailing: 40, sinceFailed: 10 };

test.each<[string, Partial<Queue>, string]>([
  ["nothing waits", {}, "flows"],
  ["one is fresh", { oldestUntried: 119 }, "flows"],
  ["one lies untried for two minutes", { oldestUntried: 121 }, "untried"],
  ["also while others leave", { oldestUntried: 121, sinceLastSent: 1 }, "untried"],
  ["one is refused for two minutes", { oldestTried: 121 }, "not-taken"],
  ["and the last that left did so before", { oldestTried: 121, sinceLastSent: 121 }, "not-taken"],
  ["one is refused while others leave", { oldestTried: 600, sinceLastSent: 5 }, "flows"],
])("code mail: %s", (_, facts, kind) => {
  expect(judgeQueue({ ...empty, ...facts }, 10).kind).toBe(kind);
});

test("a code that lives shortly stands still sooner", () => {
  expect([10, 4, 1].map(standingSeconds)).toEqual([120, 120, 30]);
  expect(judgeQueue({ ...empty, oldestUntried: 31 }, 1)).toEqual({ kind: "untried", seconds: 31 });
});

test("the oldest is reported whether it was tried or not", () => {
  expect(oldestOf(empty)).toBe(null);
  expect(oldestOf({ ...empty, oldestTried: 5 })).toBe(5);
  expect(oldestOf({ ...empty, oldestUntried: 3, oldestTried: 5 })).toBe(5);
  expect(oldestOf({ ...empty, oldestUntried: 9, oldestTried: 5 })).toBe(9);
});

test.each<[string, Partial<Process>, boolean]>([
  ["a fresh sign", {}, true],
  ["a sign of just so long ago", { sinceBeat: ALIVE_SECONDS }, true],
  ["no sign for longer", { sinceBeat: ALIVE_SECONDS + 1 }, false],
  ["an end in order", { hasStopped: true }, false],
])("a process with %s is alive: %s", (_, facts, alive) => {
  expect(isAlive({ ...worker, ...facts })).toBe(alive);
});

test.each<[string, Partial<Process>, Partial<Queue>, string]>([
  ["in order", {}, {}, "well"],
  ["silent", { sinceBeat: 30 }, {}, "silent"],
  [
    "with the mailbox beside real mail",
    withSettings({ EMAIL_TRANSPORT: "mailbox" }),
    {},
    "other-settings",
  ],
  ["whose mail all fails", failing, {}, "failing"],
  ["with two failed tries", { ...failing, failedTries: FAILING_TRIES - 1 }, {}, "well"],
  ["whose tries failed just now", { ...failing, sinceFailing: 5 }, {}, "well"],
  ["whose last try is long ago", { ...failing, sinceFailed: 500 }, {}, "well"],
  ["that lets code mail lie", {}, { oldestUntried: 200 }, "idle"],
])("a worker %s is judged: %s", (_, facts, queue, kind) => {
  const one = { ...worker, ...facts };
  const all = { processes: [web, one], queue: { ...empty, ...queue }, codeLifetimeMinutes: 10 };
  expect(judgeWorker(one, all).kind).toBe(kind);
});

function withSettings(changes: Partial<typeof settings>): Partial<Process> {
  return { settings: { ...settings, ...changes } };
}

test.each<[Partial<typeof settings>, string[], boolean]>([
  [{}, [], false],
  [{ EMAIL_TRANSPORT: "resend" }, ["EMAIL_TRANSPORT"], false],
  [{ EMAIL_TRANSPORT: "mailbox" }, ["EMAIL_TRANSPORT"], true],
  [{ EMAIL_FROM: "a@b.example" }, ["EMAIL_FROM"], false],
  [{ APP_URL: "http://localhost:3000" }, ["APP_URL"], false],
  [{ BRAND_NAME: "Portaria" }, ["BRAND_NAME"], false],
  [{ CANARY_EMAIL: "" }, ["CANARY_EMAIL"], false],
  [{ CANARY_EMAIL: "other@host.example" }, ["CANARY_EMAIL"], false],
  // A process of the version before, while one after the other is upgraded.
  [{ CANARY_EMAIL: undefined }, [], false],
  [{ AUTH_SECRET: ["new"] }, [], false],
  [{ AUTH_SECRET: ["old", "new"] }, [], false],
  [{ AUTH_SECRET: ["old"] }, ["AUTH_SECRET"], true],
  [{ AUTH_SECRET: ["newest", "new", "old"] }, ["AUTH_SECRET"], true],
])("settings %j beside ours differ in %j, and keep mail back: %s", (changes, names, back) => {
  const differing = differencesBetween({ ...settings, ...changes }, settings);
  expect(differing.map(({ name }) => name)).toEqual(names);
  expect(differing.some(keepsMailBack)).toBe(back);
  expect(JSON.stringify(differing)).not.toMatch(/"(new|old)"/);
});

test("what shows pages is held against what runs jobs, and both see it", () => {
  const other = { ...worker, ...withSettings({ EMAIL_TRANSPORT: "mailbox" }) };
  const ids = (processes: Process[], own: Process) =>
    findDisagreeing(processes, own).map(({ other: { id } }) => id);
  expect(ids([web, other], web)).toEqual(["worker"]);
  expect(ids([web, other], other)).toEqual(["web"]);
  expect(ids([web, { ...other, sinceBeat: 60 }], web)).toEqual([]);
  expect(ids([{ ...web, ...withSettings({ BRAND_NAME: "B" }) }], { ...web, id: "web 2" })).toEqual(
    [],
  );
});

test.each<[string, Process[], Partial<Queue>, RegExp]>([
  ["all in order", [worker], {}, /^ok$/],
  ["no worker", [web], {}, /^no worker runs$/],
  ["a worker that was killed", [{ ...worker, sinceBeat: 60 }], {}, /^no worker runs$/],
  ["untried mail", [worker], { oldestUntried: 300, waiting: 2 }, /not tried$/],
  ["refused mail", [worker], { oldestTried: 300, waiting: 2 }, /not taken by the mail service$/],
  [
    "a worker with the mailbox",
    [{ ...worker, ...withSettings({ EMAIL_TRANSPORT: "mailbox" }) }],
    {},
    /^a worker has other settings$/,
  ],
  ["a worker with another name", [{ ...worker, ...withSettings({ BRAND_NAME: "B" }) }], {}, /^ok$/],
])("the whole: %s", (_, processes, queue, status) => {
  const facts = { processes, settings, codeLifetimeMinutes: 10, unreadReturnsSeconds: null };
  expect(judgeHealth({ ...facts, queue: { ...empty, ...queue } }).status).toMatch(status);
});

test.each([
  [null, "ok", null],
  [299, "ok", 299],
  [300.5, "returned mail is not read", 300],
])("returned mail that is not read for %s seconds: %s", (unreadReturnsSeconds, status, shown) => {
  const facts = { processes: [worker], settings, codeLifetimeMinutes: 10, queue: empty };
  expect(judgeHealth({ ...facts, unreadReturnsSeconds })).toMatchObject({
    status,
    returnedMailUnreadSeconds: shown,
  });
});

test("a trouble that nobody waits for is reported once an hour", () => {
  const minutes: number[] = [];
  let reported: Reported | null = null;
  for (let minute = 0; minute <= 200; minute++) {
    const saying = sayAgain(reported, new Date(minute * 60_000), { isHourly: true });
    reported = saying.reported;
    if (saying.isSaid) minutes.push(minute);
  }
  expect(minutes).toEqual([0, 60, 120, 180]);
});

test("a trouble is reported at once, then after 1, 2, 4, … minutes, at most an hour apart", () => {
  const minutes: number[] = [];
  let reported: Reported | null = null;
  for (let minute = 0; minute <= 300; minute++) {
    const saying = sayAgain(reported, new Date(minute * 60_000));
    reported = saying.reported;
    if (saying.isSaid) minutes.push(minute);
  }
  expect(minutes).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  expect(reported?.beganAt).toEqual(new Date(0));
});
