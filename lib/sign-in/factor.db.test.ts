import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { codeOf } from "@/lib/secrets/code";
import { moveToNetwork } from "@/lib/sign-in/move-to-network";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { resendCode } from "@/lib/sign-in/resend-code";
import { type SignInOutcome, signIn } from "@/lib/sign-in/sign-in";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { later, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { type App, addApp, addRecoveryCodes, wrongCodeOf } from "@/lib/testing/factors";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const home = "203.0.113.7";
const away = "198.51.100.66";

async function makeOwner(options: { always?: boolean; role?: string } = {}) {
  const { id } = await makeAccount({ trusted: [home] });
  const data = { factorAlways: options.always ?? false, role: options.role ?? "customer" };
  await db.account.update({ where: { id }, data });
  return { id, app: await addApp(id) };
}

const signInAt = async (accountId: string, ip: string, browserId = newBrowser()) =>
  signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt(ip),
    browserId,
    callbackPath: null,
    earlier: null,
  });

async function asked(accountId: string, ip: string, browserId = newBrowser()) {
  const outcome = await signInAt(accountId, ip, browserId);
  if (outcome.kind !== "factor-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  return cookieOf(outcome);
}

const answer = (cookie: ReturnType<typeof cookieOf>, typed: string, ip = away, trust = true) =>
  verifyCode({ typed, cookie, shown: null, client: clientAt(ip), trust });

const mailsOf = (accountId: string) => db.mail.count({ where: { accountId } });
const trustedOf = (accountId: string) => db.trustedPlace.count({ where: { accountId } });

test("at a new network the factor is asked for and nothing is mailed, and a right code trusts it", async () => {
  const { id, app } = await makeOwner();
  const cookie = await asked(id, away);
  expect(await mailsOf(id)).toBe(0);
  const page = await readPendingPage(cookie);
  expect(page).toMatchObject({ asks: "factor", placeKnown: false, mails: [], attemptsLeft: 3 });
  const outcome = await answer(cookie, app.codeNow());
  expect(outcome).toMatchObject({ kind: "right", place: "known", hasFactor: true });
  expect(await trustedOf(id)).toBe(2);
  const session = await db.session.findFirstOrThrow({ where: { accountId: id } });
  expect(session).toMatchObject({ because: "factor" });
  expect(session.factorProvenAt).not.toBeNull();
  expect(session.codeProvenAt).not.toBeNull();
  expect((await signInAt(id, away)).kind).toBe("entered");
});

test("unticked, the place stays unknown", async () => {
  const { id, app } = await makeOwner();
  const outcome = await answer(await asked(id, away), app.codeNow(), away, false);
  expect(outcome).toMatchObject({ kind: "right", place: "unknown" });
  expect(await trustedOf(id)).toBe(1);
});

test("known places stay quiet, unless it is to be asked for always", async () => {
  const { id, app } = await makeOwner();
  expect((await signInAt(id, home)).kind).toBe("entered");
  await db.account.update({ where: { id }, data: { factorAlways: true } });
  const cookie = await asked(id, home);
  const before = await mailsOf(id);
  expect(await answer(cookie, app.codeNow(), home)).toMatchObject({
    kind: "right",
    place: "always",
  });
  expect(await mailsOf(id)).toBe(before);
});

test.each(["off", "observe", "enforce"])(
  "VERIFICATION_MODE %s asks for a factor all the same",
  async (mode) => {
    process.env.VERIFICATION_MODE = mode;
    resetEnvironment();
    try {
      const { id } = await makeOwner();
      expect((await signInAt(id, away)).kind).toBe("factor-asked");
      expect((await signInAt(id, home)).kind).toBe("entered");
    } finally {
      delete process.env.VERIFICATION_MODE;
      resetEnvironment();
    }
  },
);

test("staff with a factor are asked for it everywhere, and trust no place by it", async () => {
  const { id, app } = await makeOwner({ role: "support" });
  const known = await asked(id, home);
  expect(await readPendingPage(known)).toMatchObject({ isOfStaff: true, placeKnown: true });
  const outcome = await answer(await asked(id, away), app.codeNow());
  expect(outcome).toMatchObject({ kind: "right", place: "of-staff" });
  expect(await trustedOf(id)).toBe(1);
});

test("a step is worth one answer: the same and older ones are wrong from then on", async () => {
  const { id, app } = await makeOwner({ always: true });
  expect((await answer(await asked(id, home), app.codeNow(), home)).kind).toBe("right");
  for (const off of [0, -1]) {
    const verdict = await answer(await asked(id, home), app.codeNow(off), home);
    expect(verdict.kind).toBe("wrong");
  }
  expect((await answer(await asked(id, home), app.codeNow(1), home)).kind).toBe("right");
});

test.each([
  [-90, "wrong"],
  [-30, "right"],
  [30, "right"],
  [90, "wrong"],
])("a phone whose clock is off by %i s is %s", async (seconds, kind) => {
  const { id, app } = await makeOwner();
  expect((await answer(await asked(id, away), app.codeNow(seconds / 30))).kind).toBe(kind);
});

test("a recovery code stands in once", async () => {
  const { id } = await makeOwner();
  const codes = await addRecoveryCodes(id);
  const [first = "", second = ""] = codes;
  const typed = first.toLowerCase().replaceAll("-", " ");
  expect(await answer(await asked(id, away), typed, away, false)).toMatchObject({
    kind: "right",
  });
  expect((await answer(await asked(id, away), first)).kind).toBe("wrong");
  expect((await answer(await asked(id, away), second)).kind).toBe("right");
  expect(await db.recoveryCode.count({ where: { accountId: id, usedAt: null } })).toBe(8);
});

test("what another account's app or paper says is wrong", async () => {
  const [{ id }, other] = [await makeOwner(), await makeOwner()];
  const [code = ""] = await addRecoveryCodes(other.id);
  const cookie = await asked(id, away);
  expect((await answer(cookie, other.app.codeNow())).kind).toBe("wrong");
  expect((await answer(cookie, code)).kind).toBe("wrong");
});

test("what has the shape of no answer costs nothing", async () => {
  const { id, app } = await makeOwner();
  const cookie = await asked(id, away);
  for (const typed of ["", "12345", "ABCD-EFGH", "x".repeat(5_000)]) {
    expect((await answer(cookie, typed)).kind).toBe("not-a-code");
  }
  expect((await answer(cookie, app.codeNow())).kind).toBe("right");
});

test("the mailed code of a sign-in is no way around a factor", async () => {
  const { id } = await makeOwner();
  const cookie = await asked(id, away);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: cookie.id } });
  expect((await answer(cookie, codeOf(challenge) ?? "")).kind).toBe("wrong");
  expect(await resendCode(cookie)).toEqual({ kind: "over" });
  expect(await mailsOf(id)).toBe(0);
});

test("a factor that is added ends what waits for a mailed code, one that goes what waits for it", async () => {
  const { id } = await makeAccount();
  const outcome = await signInAt(id, away);
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  const app = await addApp(id);
  const changed = { kind: "shut-out", because: "factor-changed" };
  expect(await answer(cookieOf(outcome), codeOf(challenge) ?? "")).toEqual(changed);
  const cookie = await asked(id, away);
  const code = app.codeNow();
  await db.authenticatorApp.deleteMany({ where: { accountId: id } });
  expect(await answer(cookie, code)).toEqual(changed);
  expect((await readPendingPage(cookie))?.state).toEqual(changed);
});

test("support's pass is no way around a factor", async () => {
  const { id } = await makeOwner();
  const cookie = await asked(id, away);
  await db.challenge.update({
    where: { id: cookie.id },
    data: { passUntil: new Date("2027-01-01") },
  });
  expect((await usePass(cookie, clientAt(away))).kind).toBe("none");
  expect((await readPendingPage(cookie))?.passUntil).toBeNull();
});

test("three wrong answers, of whatever kind, block the account at a new network for an hour", async () => {
  const { id, app } = await makeOwner();
  await addRecoveryCodes(id);
  const cookie = await asked(id, away);
  expect(await answer(cookie, wrongCodeOf(app))).toMatchObject({ kind: "wrong", attemptsLeft: 2 });
  expect(await answer(cookie, "ABCD-EFGH-JKLM-NPQR")).toMatchObject({ attemptsLeft: 1 });
  expect(await answer(cookie, wrongCodeOf(app))).toMatchObject({
    kind: "blocked",
    because: "wrong-codes",
  });
  expect((await signInAt(id, away)).kind).toBe("blocked");
  expect((await answer(cookie, app.codeNow())).kind).toBe("blocked");
  expect((await signInAt(id, "198.51.100.67")).kind).toBe("factor-asked");
  later(60);
  expect((await answer(await asked(id, away), app.codeNow())).kind).toBe("right");
});

test("at a known place they block this browser there, and never the place", async () => {
  const { id, app } = await makeOwner({ always: true });
  const [strange, own] = [newBrowser(), newBrowser()];
  const cookie = await asked(id, home, strange);
  const beside = await asked(id, home, own);
  for (const _ of [1, 2]) await answer(cookie, wrongCodeOf(app), home);
  expect(await answer(cookie, wrongCodeOf(app), home)).toMatchObject({
    kind: "blocked",
    because: "wrong-codes-in-browser",
  });
  expect((await signInAt(id, home, strange)).kind).toBe("blocked");
  // What waits in another browser of the place is not touched.
  expect((await answer(beside, app.codeNow(), home)).kind).toBe("right");
  expect((await signInAt(id, home, own)).kind).toBe("factor-asked");
  expect((await signInAt(id, away, strange)).kind).toBe("factor-asked");
  later(60);
  expect((await signInAt(id, home, strange)).kind).toBe("factor-asked");
});

test("a block elsewhere, or its hour of sign-ins, does not reach a known place", async () => {
  const { id, app } = await makeOwner({ always: true });
  for (const ip of [
    "198.51.100.1",
    "198.51.100.2",
    "198.51.100.3",
    "198.51.100.4",
    "198.51.100.5",
  ]) {
    await asked(id, ip);
  }
  expect(await signInAt(id, away)).toMatchObject({ kind: "wait" });
  expect((await answer(await asked(id, home), app.codeNow(), home)).kind).toBe("right");
});

test("nobody guesses on at a known place by taking a new browser: five sign-ins an hour are asked there", async () => {
  const { id, app } = await makeOwner({ always: true });
  for (let times = 0; times < 5; times += 1) await asked(id, home);
  const outcome: SignInOutcome = await signInAt(id, home);
  expect(outcome).toMatchObject({ kind: "wait", codes: 5 });
  // And that reaches no other place, in this hour or later.
  expect(await db.account.findUniqueOrThrow({ where: { id } })).toMatchObject({
    codesSinceRight: 0,
  });
  expect((await answer(await asked(id, away), app.codeNow())).kind).toBe("right");
});

test("twenty factors asked for without a right one wait for a new password elsewhere", async () => {
  const { id } = await makeOwner();
  await db.account.update({ where: { id }, data: { codesSinceRight: 19 } });
  await asked(id, away);
  expect(await signInAt(id, away)).toMatchObject({ kind: "wait", until: null });
});

test("an answer given from another network is not judged, and goes on there by one press", async () => {
  const { id, app } = await makeOwner();
  const cookie = await asked(id, away);
  const elsewhere = "198.51.100.67";
  expect((await answer(cookie, app.codeNow(), elsewhere)).kind).toBe("network-changed");
  const moved = await moveToNetwork(cookie, clientAt(elsewhere));
  if (moved.kind !== "signed-in" || moved.outcome.kind !== "factor-asked")
    throw new Error(moved.kind);
  expect(await mailsOf(id)).toBe(0);
  expect((await answer(cookieOf(moved.outcome), app.codeNow(), elsewhere)).kind).toBe("right");
});

test("an answer to one sign-in is worth nothing in another", async () => {
  const { id, app } = await makeOwner();
  const [first, second] = [await asked(id, away), await asked(id, "198.51.100.67")];
  expect((await answer(first, app.codeNow())).kind).toBe("right");
  expect((await answer(second, app.codeNow(), "198.51.100.67")).kind).toBe("wrong");
  expect((await answer(first, app.codeNow(1))).kind).toBe("used");
});

test("30 answers at once judge exactly three", async () => {
  const { id, app } = await makeOwner();
  const cookie = await asked(id, away);
  const wrong = wrongCodeOf(app);
  const verdicts = await Promise.all(Array.from({ length: 30 }, () => answer(cookie, wrong)));
  const judged = verdicts.filter((one) => one.kind === "wrong").length;
  expect(judged).toBe(2);
  const { wrong: counted } = await db.codeAttempts.findFirstOrThrow({ where: { subject: id } });
  expect(counted).toBe(3);
  const refused = { accountId: id, verdict: "refused" };
  expect(await db.signInJudgement.count({ where: refused })).toBe(3);
});

const rounds = Array.from({ length: 10 }, (_, round) => round);

test("the same code for two sign-ins at once lets one in, ten rounds", async () => {
  for (const round of rounds) {
    const { id, app } = await makeOwner();
    const other = `198.51.100.${100 + round}`;
    const [one, two] = [await asked(id, away), await asked(id, other)];
    const both = [() => answer(one, app.codeNow()), () => answer(two, app.codeNow(), other)];
    if (round % 2 === 1) both.reverse();
    const kinds = (await Promise.all(both.map((give) => give()))).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(["right", "wrong"]);
    expect(await db.session.count({ where: { accountId: id } })).toBe(1);
  }
});

test("an app that goes as its code is typed: let in before, or stopped, ten rounds, both orders", async () => {
  const remove = ({ id }: { id: string; app: App }) =>
    inTransaction(async (tx) => {
      await lockSubject(tx, id);
      await tx.authenticatorApp.deleteMany({ where: { accountId: id } });
      return tx.session.count({ where: { accountId: id } });
    });
  for (const round of rounds) {
    const owner = await makeOwner();
    const cookie = await asked(owner.id, away);
    const typed = owner.app.codeNow();
    const type = () => answer(cookie, typed);
    const [before, outcome] =
      round % 2 === 0
        ? await Promise.all([remove(owner), type()])
        : ((await Promise.all([type(), remove(owner)])).reverse() as [
            number,
            Awaited<ReturnType<typeof type>>,
          ]);
    expect(outcome.kind).toBe(before === 1 ? "right" : "shut-out");
  }
});
