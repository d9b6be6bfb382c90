import { beforeEach, expect, test, vi } from "vitest";
import { endSession, findLiveSession, type LiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { checkPassword } from "@/lib/password/check-password";
import { type ChangeRequest, changePassword } from "@/lib/recovery/change-password";
import { resetPassword } from "@/lib/recovery/reset-password";
import { codeOf } from "@/lib/secrets/code";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { askForLink, mailsTo, somewhere } from "@/lib/testing/reset-links";

const clock = vi.hoisted(() => ({ now: Date.parse("2026-11-22T14:00:00Z") }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(clock.now) }));
vi.mock("@/lib/password/password-hash", () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  isPassword: async (hash: string | null, password: string) => hash === `hash of ${password}`,
}));

testDatabase();

const current = "an old enough passphrase";
const fresh = "a fresh enough passphrase";
const home = clientAt("192.0.2.1");
const wrong = { kind: "invalid", errors: { currentPassword: "currentWrong" } };

let account: Awaited<ReturnType<typeof makeAccount>>;
let session: LiveSession;

async function newSession(): Promise<LiveSession> {
  const outcome = await signIn({
    accountId: account.id,
    proof: await passwordProof(account.id),
    client: home,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  const live = outcome.kind === "entered" ? await findLiveSession(outcome.sessionId) : null;
  if (live === null) throw new Error(outcome.kind);
  return live;
}

beforeEach(async () => {
  clock.now += 60_000;
  account = await makeAccount({ passwordHash: `hash of ${current}`, trusted: ["192.0.2.1"] });
  session = await newSession();
});

const change = (changes: Partial<ChangeRequest> = {}) =>
  changePassword({
    session,
    currentPassword: current,
    newPassword: fresh,
    signOutElsewhere: true,
    client: home,
    browserId: newBrowser(),
    ...changes,
  });

const isRight = async (password: string) =>
  (await checkPassword(account.email, password, somewhere(), newBrowser())).kind;

test("the new password works, the old one does not, and the customer is notified", async () => {
  expect(await change()).toEqual({ kind: "changed" });
  expect([await isRight(fresh), await isRight(current)]).toEqual(["right", "wrong"]);
  expect(await mailsTo(account.email)).toContain("password-changed");
});

test("ticked, every other session ends and this one stays", async () => {
  const other = await newSession();
  await change();
  expect(await findLiveSession(other.id)).toBeNull();
  expect(await findLiveSession(session.id)).not.toBeNull();
});

test("not ticked, the other sessions stay", async () => {
  const other = await newSession();
  await change({ signOutElsewhere: false });
  expect(await findLiveSession(other.id)).not.toBeNull();
});

test("pending sign-ins and mailed links end, ticked or not", async () => {
  const client = somewhere();
  const accountId = account.id;
  const asked = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    client,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  if (asked.kind !== "code-asked") throw new Error(asked.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const link = await askForLink(account.email);
  await change({ signOutElsewhere: false });
  const typed = codeOf(challenge) ?? "";
  const outcome = await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  expect(outcome.kind).toBe("password-changed");
  expect(await resetPassword(link, "yet another passphrase", client)).toEqual({
    kind: "dead-link",
  });
});

test("the account's own counts start afresh", async () => {
  for (let time = 0; time < 20; time += 1) await isRight("wrong");
  await db.account.update({ where: { id: account.id }, data: { codesSinceRight: 20 } });
  expect(await isRight(current)).toBe("too-many");
  expect(await change()).toEqual({ kind: "changed" });
  expect(await isRight(fresh)).toBe("right");
  const { codesSinceRight } = await db.account.findUniqueOrThrow({ where: { id: account.id } });
  expect(codesSinceRight).toBe(0);
});

test("a wrong current password changes nothing and counts like one at a sign-in", async () => {
  const client = somewhere();
  for (let time = 0; time < 20; time += 1) {
    expect(await change({ currentPassword: "wrong", client })).toEqual(wrong);
  }
  expect((await change({ client })).kind).toBe("too-many");
  const signingIn = await checkPassword(account.email, current, client, newBrowser());
  expect(signingIn.kind).toBe("too-many");
});

test.each([
  [{ currentPassword: "" }, { currentPassword: "currentMissing" }],
  [{ newPassword: "" }, { newPassword: "passwordMissing" }],
  [{ newPassword: "short" }, { newPassword: "passwordTooShort" }],
  [{ newPassword: current }, { newPassword: "sameAsCurrent" }],
  [
    { currentPassword: "", newPassword: "password1" },
    { currentPassword: "currentMissing", newPassword: "passwordCommon" },
  ],
])("the form %j is refused without costing an attempt", async (typed, errors) => {
  const browserId = newBrowser();
  for (let time = 0; time < 25; time += 1) {
    expect(await change({ ...typed, browserId })).toEqual({ kind: "invalid", errors });
  }
  expect(await change({ browserId })).toEqual({ kind: "changed" });
});

test("a session that a reset has ended changes no password, even with the old one in hand", async () => {
  const link = await askForLink(account.email);
  await resetPassword(link, "yet another passphrase", somewhere());
  expect(await change()).toEqual(wrong);
  expect(await change({ currentPassword: "yet another passphrase" })).toEqual(wrong);
  expect(await isRight("yet another passphrase")).toBe("right");
});

test("a session that ended while its form was open changes no password", async () => {
  await endSession(session.id);
  expect(await change()).toEqual(wrong);
  expect(await isRight(current)).toBe("right");
});

test("of eight changes at the same moment one takes effect", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, index) => change({ newPassword: `${fresh} ${index}` })),
  );
  expect(outcomes.filter(({ kind }) => kind === "changed")).toHaveLength(1);
  expect(outcomes.filter(({ kind }) => kind === "invalid")).toHaveLength(7);
});
