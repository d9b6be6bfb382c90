import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/log/log";
import type { ShownChannel } from "@/lib/mail/pace-store";
import { openWays, type Way } from "@/lib/mail/ways";
import { expectLogged } from "@/lib/testing/logged";

const noted: [string, number | null][] = [];
let shown: ShownChannel[] = [];
let looks = 0;
let isNoted = true;
vi.mock("@/lib/mail/pace-store", () => ({
  noteOpening: async (channel: string, seconds: number | null) => {
    noted.push([channel, seconds]);
    return isNoted;
  },
  pauseChannel: async () => null,
  findShown: async () => {
    looks += 1;
    return shown;
  },
}));

beforeEach(() => {
  noted.length = 0;
  shown = [];
  looks = 0;
  isNoted = true;
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const way = (name: string): Way => ({
  ...{ name, knowsRepeats: name === "resend", channel: { name, perSecond: 5, atOnce: 10 } },
  transport: async () => ({ channel: name, providerId: null }),
});
const [resend, smtp] = [way("resend"), way("smtp")];
const both = () => openWays([resend, smtp]);
const names = (all: Way[]) => all.map(({ name }) => name);

async function failThrice(ways: ReturnType<typeof both>, which = resend) {
  for (const id of ["a", "b", "c"]) await ways.heard(which, id, "failed");
}

test("the first that neither fails nor is paused is in use", async () => {
  expectLogged(/A way out fails: it is left alone/);
  const ways = both();
  expect(ways.inUse()).toMatchObject({ way: { name: "resend" }, isTrial: false });
  await failThrice(ways);
  expect(ways.inUse()).toMatchObject({ way: { name: "smtp" }, isTrial: false });
  expect(names(ways.forMail([]))).toEqual(["smtp"]);
});

test("one that is paused is passed over until then; of those that all are, the one that is free first", async () => {
  const ways = both();
  await ways.pause(resend, 20);
  expect(names(ways.forMail([]))).toEqual(["smtp"]);
  ways.notePause(smtp, 30_000);
  expect(ways.inUse().way.name).toBe("resend");
  ways.notePause(resend, 40_000);
  expect(ways.inUse().way.name).toBe("smtp");
  vi.advanceTimersByTime(40_000);
  expect(names(ways.forMail([]))).toEqual(["resend", "smtp"]);
});

test("after its pause one mail is a trial, and the next leaves by the other way meanwhile", async () => {
  expectLogged(/A way out fails: it is left alone/);
  const ways = both();
  await failThrice(ways);
  vi.advanceTimersByTime(5_000);
  expect(ways.inUse()).toMatchObject({ way: { name: "resend" }, isTrial: true });
  expect([ways.begin(resend), ways.begin(resend)]).toEqual([true, false]);
  expect(ways.inUse()).toMatchObject({ way: { name: "smtp" }, isTrial: false });
  await ways.heard(resend, "d", "works");
  expect(ways.inUse()).toMatchObject({ way: { name: "resend" }, isTrial: false });
  expect(noted).toEqual([
    ["resend", 5],
    ["resend", null],
  ]);
});

test("it is reported once that a way fails, and noted anew as its pause grows", async () => {
  expectLogged(/A way out fails: it is left alone/);
  const warned = vi.spyOn(log, "warn");
  const ways = both();
  await failThrice(ways);
  vi.advanceTimersByTime(5_000);
  ways.begin(resend);
  await ways.heard(resend, "d", "failed");
  expect(warned).toHaveBeenCalledTimes(1);
  expect(noted).toEqual([
    ["resend", 5],
    ["resend", 10],
  ]);
});

test("where all fail the first is asked, and one way alone is never left", async () => {
  expectLogged(/A way out fails: it is left alone/);
  const ways = both();
  await failThrice(ways);
  await failThrice(ways, smtp);
  expect(ways.inUse()).toMatchObject({ way: { name: "resend" }, isTrial: false });
  expect(names(ways.forMail([]))).toEqual(["resend"]);
  const alone = openWays([resend]);
  await failThrice(alone);
  expect(alone.inUse()).toMatchObject({ way: { name: "resend" }, isTrial: false });
  expect(names(alone.forMail(["resend"]))).toEqual(["resend"]);
});

const inDatabase = (name: string, is: Partial<ShownChannel>): ShownChannel => ({
  ...{ channel: name, pausedForMs: 0, isSaidToFail: false, ...is },
});

/** What is in use once the database was looked at. */
async function afterLook(ways: ReturnType<typeof both>) {
  ways.inUse();
  await vi.waitFor(() => expect(looks).toBeGreaterThan(0), 20_000);
  await new Promise((resolve) => setImmediate(resolve));
  return ways.inUse().way.name;
}

test("a pause ends when it is taken back in the database, and is as long as that says", async () => {
  const ways = both();
  await ways.pause(resend, 3600);
  shown = [inDatabase("resend", { pausedForMs: 3_600_000 }), inDatabase("smtp", {})];
  expect(await afterLook(ways)).toBe("smtp");
  shown = [inDatabase("resend", {}), inDatabase("smtp", {})];
  expect(ways.inUse().way.name).toBe("smtp");
  expect(looks).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(await afterLook(ways)).toBe("resend");
  ways.notePause(resend, 30_000);
  ways.notePause(resend, 1_000);
  vi.advanceTimersByTime(1_000);
  expect(ways.inUse().way.name).toBe("resend");
});

test("a way that fails is in use again when that is taken back in the database", async () => {
  expectLogged(/A way out fails: it is left alone/);
  const ways = both();
  await failThrice(ways);
  shown = [inDatabase("resend", { isSaidToFail: true }), inDatabase("smtp", {})];
  expect(await afterLook(ways)).toBe("smtp");
  vi.advanceTimersByTime(2_000);
  shown = [inDatabase("resend", {}), inDatabase("smtp", {})];
  looks = 0;
  expect(await afterLook(ways)).toBe("resend");
});

test("what could not be noted, or is not yet, is not taken back", async () => {
  expectLogged(/A way out fails: it is left alone/);
  isNoted = false;
  const ways = both();
  await failThrice(ways);
  shown = [inDatabase("resend", {}), inDatabase("smtp", {})];
  expect(await afterLook(ways)).toBe("smtp");
});

test("nothing is looked up while no way is left alone, or where there is one alone", async () => {
  both().inUse();
  const alone = openWays([resend]);
  await alone.pause(resend, 20);
  alone.inUse();
  await new Promise((resolve) => setImmediate(resolve));
  expect(looks).toBe(0);
});
