import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import type { CeremonyHolder } from "@/lib/passkeys/ceremony-store";
import { heldBySession } from "@/lib/passkeys/held-by-session";
import { judgeNewPasskey, type SentAnswer } from "@/lib/passkeys/judge-new-passkey";
import { judgeTaken, takeAnswer } from "@/lib/passkeys/judge-passkey-answer";
import { CEREMONY_MINUTES } from "@/lib/passkeys/rules/limits";
import { makeActor } from "@/lib/testing/actors";
import { Authenticator, type Odd, strangeKey } from "@/lib/testing/authenticator";
import { later, pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { askToMake, askToUse, givePasskey, heldByBrowser } from "@/lib/testing/passkeys";
import { newBrowser } from "@/lib/testing/people";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

/** What becomes of an answer for an account. */
async function judge(sent: SentAnswer, holder: CeremonyHolder, accountId: string) {
  const taken = await takeAnswer(sent, holder);
  if (taken.kind === "refused") return taken;
  return inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    return judgeTaken(tx, taken.taken, accountId, new Date());
  });
}

const kindOf = (verdict: { kind: string; because?: string }) => verdict.because ?? verdict.kind;

/** An account with a passkey, and what its browser is asked for. */
async function confirming(options: Parameters<typeof givePasskey>[1] = {}) {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor, options);
  const holder = heldBySession(actor, "confirm");
  const { ceremony, get } = await askToUse(holder);
  const { accountId } = actor.session;
  const answer = (odd: Odd = {}, more: Partial<CeremonyHolder> = {}) =>
    judge({ ceremony, text: authenticator.get(get, odd) }, { ...holder, ...more }, accountId);
  return { actor, authenticator, holder, ceremony, get, answer, accountId };
}

const challenge = Buffer.alloc(32, 7).toString("base64url");

const odd: Record<string, [Odd, string]> = {
  "P13 an honest one": [{}, "right"],
  "P5 another origin's": [{ origin: "https://portaria.example.net" }, "other-origin"],
  "P5 the same host's at another port": [{ origin: "http://localhost:3001" }, "other-origin"],
  "P5 a frame's in another site": [{ crossOrigin: true }, "other-origin"],
  "P6 another domain's": [{ rpId: "example.com" }, "other-domain"],
  "P4 to another challenge": [{ challenge }, "not-asked"],
  "P4 of another act": [{ type: "webauthn.create" }, "not-asked"],
  "P7 without a look at who it is": [{ uv: false }, "not-verified"],
  "P7 without anybody there": [{ up: false }, "not-verified"],
  "P10 with another account's handle": [{ userHandle: challenge }, "other-account"],
  "without a handle, where the account is known": [{ userHandle: null }, "right"],
};

test.each(Object.entries(odd))("an answer, %s: judged", async (_, [said, expected]) => {
  const { answer } = await confirming();
  expect(kindOf(await answer(said))).toBe(expected);
});

test("P12 a signature of another key is wrong", async () => {
  const { answer } = await confirming();
  expect(kindOf(await answer({ signedBy: strangeKey() }))).toBe("wrong");
});

test.each(["", "x", "{}", "[]", '{"id":"a"}', "\u0000"])("P0 no answer: %j", async (text) => {
  const { ceremony, holder, accountId } = await confirming();
  expect(kindOf(await judge({ ceremony, text }, holder, accountId))).toBe("malformed");
});

test("P2 an answer counts once, whether it was right or wrong", async () => {
  const { answer } = await confirming();
  expect(kindOf(await answer({ uv: false }))).toBe("not-verified");
  expect(kindOf(await answer())).toBe("used");
});

test("of 30 answers at once one is judged", async () => {
  const { answer } = await confirming();
  const kinds = (await Promise.all(Array.from({ length: 30 }, () => answer()))).map(kindOf);
  expect(kinds.filter((kind) => kind === "right")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "used")).toHaveLength(29);
});

test("P3 an answer counts five minutes, and not a moment longer", async () => {
  const inTime = await confirming();
  const late = await confirming();
  later(CEREMONY_MINUTES);
  pass(-1);
  expect(kindOf(await inTime.answer())).toBe("right");
  pass(1);
  expect(kindOf(await late.answer())).toBe("expired");
});

test("P1 an answer is worth nothing in another browser, session, purpose or account", async () => {
  const other = await makeActor();
  const elsewhere: Partial<CeremonyHolder>[] = [
    { browserId: newBrowser() },
    { sessionId: other.session.id },
    { purpose: "second-step" },
    { accountId: other.session.accountId },
    { challengeId: randomUUID() },
  ];
  for (const more of elsewhere) {
    const { answer } = await confirming();
    expect(kindOf(await answer({}, more))).toBe("not-asked");
    // Whoever tried it has not used it up either.
    expect(kindOf(await answer())).toBe("right");
  }
});

test("P9 P10 another account's passkey, and one that nobody has, each get their word", async () => {
  const { holder, ceremony, get, accountId } = await confirming();
  const stranger = await givePasskey(await makeActor());
  const sent = { ceremony, text: stranger.get(get) };
  expect(kindOf(await judge(sent, holder, accountId))).toBe("other-account");
  const again = await askToUse(holder);
  const nobodys = { ceremony: again.ceremony, text: new Authenticator().get(again.get) };
  expect(kindOf(await judge(nobodys, holder, accountId))).toBe("unknown-key");
});

test("P11 the two consents are two: neither is the other", async () => {
  const judged = async (consents: { signsIn: boolean; isSecondStep: boolean }) => {
    const actor = await makeActor();
    const { accountId } = actor.session;
    await givePasskey(actor, { isSecondStep: true, signsIn: false });
    const authenticator = await givePasskey(actor, consents);
    const kinds: string[] = [];
    for (const holder of [heldByBrowser(actor.browserId), heldBySession(actor, "confirm")]) {
      const { ceremony, get } = await askToUse(holder);
      kinds.push(
        kindOf(await judge({ ceremony, text: authenticator.get(get) }, holder, accountId)),
      );
    }
    return kinds;
  };
  expect(await judged({ signsIn: true, isSecondStep: false })).toEqual(["right", "not-agreed"]);
  expect(await judged({ signsIn: false, isSecondStep: true })).toEqual(["not-agreed", "right"]);
  expect(await judged({ signsIn: false, isSecondStep: false })).toEqual([
    "not-agreed",
    "not-agreed",
  ]);
});

test("a sign-in's answer names its account itself", async () => {
  const actor = await makeActor();
  const authenticator = await givePasskey(actor);
  const holder = heldByBrowser(actor.browserId);
  const { ceremony, get } = await askToUse(holder);
  expect(get.allowCredentials).toEqual([]);
  const text = authenticator.get(get, { userHandle: null });
  const verdict = await judge({ ceremony, text }, holder, actor.session.accountId);
  expect(kindOf(verdict)).toBe("other-account");
});

test("a counter that goes back is noted and not refused", async () => {
  const counting = new Authenticator({ counter: 40, backup: { eligible: false, now: false } });
  const { actor, authenticator, holder, answer, accountId } = await confirming({
    authenticator: counting,
  });
  expect(kindOf(await answer())).toBe("right");
  expect(await db.passkey.findFirst({ where: { accountId } })).toMatchObject({
    counter: 41n,
    counterFellAt: null,
    backedUp: false,
  });
  const { ceremony, get } = await askToUse(heldBySession(actor, "confirm"));
  const text = authenticator.get(get, { counter: 12 });
  expect(kindOf(await judge({ ceremony, text }, holder, accountId))).toBe("right");
  const noted = await db.passkey.findFirstOrThrow({ where: { accountId } });
  expect(noted.counter).toBe(12n);
  expect(noted.counterFellAt).not.toBeNull();
});

const making: Record<string, [Odd, string]> = {
  "an honest one": [{}, "made"],
  "another origin's": [{ origin: "https://portaria.example.net" }, "other-origin"],
  "another domain's": [{ rpId: "example.com" }, "other-domain"],
  "to another challenge": [{ challenge }, "not-asked"],
  "of another act": [{ type: "webauthn.get" }, "not-asked"],
  "without a look at who it is": [{ uv: false }, "not-verified"],
  "P8 one that a sign-in would not find": [{ credProps: { rk: false } }, "not-kept"],
  "one that does not say whether it is kept": [{ credProps: {} }, "made"],
};

async function made(actor: Actor, said: Odd = {}, purpose: "add" | "offer" = "add") {
  const holder = heldBySession(actor, purpose);
  const { ceremony, create } = await askToMake(holder);
  const text = new Authenticator({ aaguid: "d548826e-79b4-db40-a3d8-11116f7e8349" }).create(
    create,
    said,
  );
  return judgeNewPasskey({ ceremony, text }, holder);
}

test.each(Object.entries(making))("a new passkey, %s: judged", async (_, [said, expected]) => {
  expect(kindOf(await made(await makeActor(), said))).toBe(expected);
});

test("a passkey that a browser made by itself needs nobody's touch", async () => {
  const actor = await makeActor();
  expect(kindOf(await made(actor, { up: false, uv: false }, "offer"))).toBe("made");
});

test("a new passkey is called by what made it, and asked for so that it is found and verified", async () => {
  const actor = await makeActor();
  const verdict = await made(actor);
  expect(verdict).toMatchObject({
    passkey: { name: "Bitwarden", rpId: "localhost", backupEligible: true, backedUp: true },
  });
  const { create } = await askToMake(heldBySession(actor, "add"));
  expect(create.authenticatorSelection).toMatchObject({
    residentKey: "required",
    userVerification: "required",
  });
  const { email } = actor.session.account;
  expect(Buffer.from(create.user.id, "base64url")).toHaveLength(32);
  expect(Buffer.from(create.user.id, "base64url").toString()).not.toContain(email);
  expect(Buffer.from(create.challenge, "base64url")).toHaveLength(32);
});
