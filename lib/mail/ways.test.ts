import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/log/log";
import { openWays, type Way } from "@/lib/mail/ways";
import { expectLogged } from "@/lib/testing/logged";

const noted: [string, number | null][] = [];
vi.mock("@/lib/mail/pace-store", () => ({
  noteOpening: async (channel: string, seconds: number | null) => {
    noted.push([channel, seconds]);
  },
  pauseChannel: async () => null,
}));

beforeEach(() => {
  noted.length = 0;
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
