import { randomUUID } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { resetEnvironment } from "@/lib/env/env";
import { seal } from "@/lib/secrets/secrets";
import { issueTicket, redeemTicket } from "@/lib/secrets/session-ticket";
import { pass, stoppedClock } from "@/lib/testing/clock";

stoppedClock();

const session = { sub: randomUUID(), sid: randomUUID() };

beforeEach(() => {
  vi.stubEnv("AUTH_SECRET", "a-secret-of-this-test-alone-and-long-enough");
  resetEnvironment();
});

test("a ticket names the session that has begun, for a minute, and asks no database", () => {
  const ticket = issueTicket(session);
  pass(59_999);
  expect(redeemTicket(ticket)).toEqual(session);
  pass(1);
  expect(redeemTicket(ticket)).toBeNull();
});

test.each([
  ["nothing", undefined],
  ["no text", { toString: 1 }],
  ["an empty one", ""],
  ["43 characters, as tickets once were", "a".repeat(43)],
])("%s is no ticket", (_, ticket) => {
  expect(redeemTicket(ticket)).toBeNull();
});

test("what was signed for another purpose is no ticket, the session's cookie included", () => {
  const value = { ...session, until: new Date(Date.now() + 1000).toISOString() };
  for (const purpose of ["session", "notice", "case"]) {
    expect(redeemTicket(seal(purpose, value))).toBeNull();
  }
});
