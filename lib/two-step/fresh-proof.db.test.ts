import { expect, test } from "vitest";
import type { Actor } from "@/lib/account/actor";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { FRESH_MINUTES, isFreshProof } from "@/lib/factors/rules/fresh-proof";
import { makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { askAlways } from "@/lib/two-step/change-asking";
import { readTwoStep } from "@/lib/two-step/two-step-page";
import { askToWiden } from "@/lib/widening/ask-to-widen";
import type { WideningRequest } from "@/lib/widening/widening-request";

testDatabase();
stoppedClock();

/** Somebody whose session proved a factor at the start, or never. */
async function makeOwner(factorProvenAt: Date | null): Promise<Actor> {
  const actor = await makeActor();
  await addApp(actor.session.accountId);
  const { id } = actor.session;
  await db.session.update({ where: { id }, data: { factorProvenAt } });
  const session = await findLiveSession(id);
  if (session === null) throw new Error("The session has ended.");
  return { ...actor, session };
}

const ask = async (actor: Actor, request: WideningRequest, password = "") =>
  (await askToWiden(actor, password, request)).kind;

test.each([
  [null, 0, false],
  [start, 0, true],
  [start, FRESH_MINUTES - 0.01, true],
  [start, FRESH_MINUTES, false],
])("proven at %s, %s minutes on: fresh is %s", (factorProvenAt, minutes, fresh) => {
  const now = new Date(start.getTime() + minutes * 60_000);
  expect(isFreshProof({ factorProvenAt, because: "factor" }, now)).toBe(fresh);
  expect(isFreshProof({ factorProvenAt, because: "passkey" }, now)).toBe(false);
});

/** By the account as the next page's session has it. */
async function asksPassword({ session }: Actor) {
  const { factorAlways } = await db.account.findUniqueOrThrow({ where: { id: session.accountId } });
  const account = { ...session.account, hasFactor: true, factorAlways };
  return (await readTwoStep({ ...session, account })).asksPassword;
}

test("a factor that was proven just now stands in for the password: for the first codes, and to be asked always", async () => {
  const actor = await makeOwner(start);
  expect(await asksPassword(actor)).toEqual({ codes: false, asking: false });
  expect(await ask(actor, { kind: "make-recovery-codes" })).toBe("done");
  expect((await askAlways(actor, "")).kind).toBe("asked-always");
  // Not for what ends codes of before, or asks less often.
  expect(await asksPassword(actor)).toEqual({ codes: true, asking: true });
  expect(await ask(actor, { kind: "make-recovery-codes" })).toBe("password-missing");
  expect(await ask(actor, { kind: "ask-at-new-places" })).toBe("password-missing");
  // What was typed all the same is judged.
  expect(await ask(actor, { kind: "make-recovery-codes" }, "wrong")).toBe("password-wrong");
});

test("and not later, nor for what comes to open the account", async () => {
  const actor = await makeOwner(start);
  expect(await ask(actor, { kind: "trust-browser" })).toBe("password-missing");
  expect(await ask(actor, { kind: "add-address", email: "a@example.com" })).toBe(
    "password-missing",
  );
  later(FRESH_MINUTES);
  expect(await asksPassword(actor)).toEqual({ codes: true, asking: true });
  expect(await ask(actor, { kind: "make-recovery-codes" })).toBe("password-missing");
  expect((await askAlways(actor, "")).kind).toBe("password-missing");
});

test("a session that proved none types the password", async () => {
  const actor = await makeOwner(null);
  expect(await ask(actor, { kind: "make-recovery-codes" })).toBe("password-missing");
  expect((await askAlways(actor, "")).kind).toBe("password-missing");
});
