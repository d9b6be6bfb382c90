import { expect, test } from "vitest";
import {
  admissionOf,
  afterAnswer,
  afterHandOver,
  type Breaker,
  closedBreaker,
} from "@/lib/mail/rules/breaker";

const failing = (breaker: Breaker, mailId: string, now = 0) =>
  afterAnswer(breaker, { mailId, heard: "failed", now });

const opened = (): Breaker => ["a", "b", "c"].reduce((one, id) => failing(one, id), closedBreaker);

test("three mails that fail in a row open it, one mail that fails however often does not", () => {
  const thrice = ["a", "a", "a", "b", "b"].reduce((one, id) => failing(one, id), closedBreaker);
  expect(admissionOf(thrice, 0)).toBe("any");
  expect(admissionOf(failing(thrice, "c"), 0)).toBe("none");
});

test("a mail that is taken between two that fail keeps it closed", () => {
  const two = failing(failing(closedBreaker, "a"), "b");
  const works = afterAnswer(two, { mailId: "c", heard: "works", now: 0 });
  expect(admissionOf(failing(failing(works, "d"), "e"), 0)).toBe("any");
});

test("once its pause has passed it takes one mail, and no other while that is under way", () => {
  expect([4_999, 5_000].map((now) => admissionOf(opened(), now))).toEqual(["none", "one"]);
  const trial = afterHandOver(opened(), 5_000);
  expect([5_001, 19_999].map((now) => admissionOf(trial, now))).toEqual(["none", "none"]);
});

test("a trial that was lost is followed by another", () => {
  expect(admissionOf(afterHandOver(opened(), 5_000), 20_000)).toBe("one");
});

test("a trial that fails doubles the pause, to five minutes at most; one that is taken closes it", () => {
  let breaker = opened();
  const pauses: number[] = [];
  let now = 0;
  for (let round = 0; round < 8; round += 1) {
    if (breaker.state === "closed") throw new Error("It is closed.");
    pauses.push(breaker.pauseMs / 1000);
    now = breaker.until;
    breaker = failing(afterHandOver(breaker, now), `trial ${round}`, now);
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
  const trial = afterHandOver(opened(), 5_000);
  const taken = afterAnswer(trial, { mailId: "d", heard: "works", now: 5_100 });
  expect(taken).toEqual(closedBreaker);
});

test("what fails that was handed over before it opened makes the pause no longer", () => {
  expect(failing(opened(), "d", 4_000)).toEqual(opened());
});

test("handing a mail to one that is closed changes nothing", () => {
  expect(afterHandOver(closedBreaker, 0)).toBe(closedBreaker);
});
