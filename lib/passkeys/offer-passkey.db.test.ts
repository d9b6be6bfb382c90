import { expect, test } from "vitest";
import { mayBeOffered, takeOffer } from "@/lib/passkeys/offer-passkey";
import { OFFER_DAYS, OFFER_MINUTES } from "@/lib/passkeys/rules/limits";
import { makeActor } from "@/lib/testing/actors";
import { later, laterDays, pass, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";

testDatabase();
stoppedClock();

test("an account is offered one by its browser once in thirty days, whichever session asks", async () => {
  const { session } = await makeActor();
  const other = (await makeActor({ accountId: session.accountId })).session;
  const taken = await Promise.all([session, other, session].map(takeOffer));
  expect(taken.filter(Boolean)).toHaveLength(1);
  laterDays(OFFER_DAYS);
  pass(-1);
  const before = (await makeActor({ accountId: session.accountId })).session;
  expect(await takeOffer(before)).toBe(false);
  pass(1);
  expect(await takeOffer(before)).toBe(true);
});

test("only a session that has just begun with the password, at a known place or after a code, is offered one", () => {
  const session = { accountId: "", createdAt: start };
  for (const because of ["known-place", "known-browser", "code", "factor"]) {
    later(0);
    expect(mayBeOffered({ ...session, because })).toBe(true);
    later(OFFER_MINUTES);
    expect(mayBeOffered({ ...session, because })).toBe(false);
  }
  later(0);
  for (const because of ["passkey", "sign-up", "hotline", "let-in", "not-asked"]) {
    expect(mayBeOffered({ ...session, because })).toBe(false);
  }
});
