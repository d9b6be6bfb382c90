import { beforeEach, expect, test, vi } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { db } from "@/lib/db/client";
import { checkPassword } from "@/lib/password/check-password";
import { readResetPage } from "@/lib/recovery/live-reset";
import { requestReset } from "@/lib/recovery/request-reset";
import { resetPassword } from "@/lib/recovery/reset-password";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf, newLinkKey } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { testDatabase } from "@/lib/testing/database";
import { cookieOf, makeAccount, newBrowser, otherCode, passwordProof } from "@/lib/testing/people";
import { askForLink, mailsTo, somewhere } from "@/lib/testing/reset-links";

const clock = vi.hoisted(() => ({ now: Date.parse("2026-11-22T14:00:00Z") }));
vi.mock("@/lib/clock", () => ({ readClock: () => new Date(clock.now) }));
// A real hash costs 20 ms; these tests are about what happens around it.
vi.mock("@/lib/password/password-hash", () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  isPassword: async (hash: string | null, password: string) => hash === `hash of ${password}`,
}));

testDatabase();

const MINUTE = 60_000;
const old = "an old enough passphrase";
const fresh = "a fresh enough passphrase";

type Account = Awaited<ReturnType<typeof makeAccount>>;
let account: Account;

beforeEach(async () => {
  clock.now += MINUTE;
  account = await makeAccount({ passwordHash: `hash of ${old}`, trusted: ["192.0.2.1"] });
});

const reset = (token: string | null, password = fresh) =>
  resetPassword(token, password, somewhere());

const isRight = async (password: string, client = somewhere()) =>
  (await checkPassword(account.email, password, client, newBrowser())).kind;

const enter = async (client = somewhere(), browserId = newBrowser()) =>
  signIn({
    accountId: account.id,
    proof: await passwordProof(account.id),
    client,
    browserId,
    callbackPath: null,
    earlier: null,
  });

async function asked(client = somewhere()) {
  const outcome = await enter(client);
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
  return { client, cookie: cookieOf(outcome), code: codeOf(challenge) ?? "" };
}

const type = (pending: Awaited<ReturnType<typeof asked>>, typed: string) =>
  verifyCode({ typed, cookie: pending.cookie, shown: null, client: pending.client });

test("a link sets the password once, and the customer is notified", async () => {
  const token = await askForLink(account.email);
  expect(await reset(token)).toEqual({ kind: "changed" });
  expect([await isRight(fresh), await isRight(old)]).toEqual(["right", "wrong"]);
  expect(await reset(token, "yet another passphrase")).toEqual({ kind: "dead-link" });
  expect(await isRight(fresh)).toBe("right");
  expect(await mailsTo(account.email)).toEqual(["password-changed", "password-reset"]);
});

test("two uses of one link at the same moment set one password", async () => {
  const token = await askForLink(account.email);
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, index) => reset(token, `${fresh} ${index}`)),
  );
  expect(outcomes.filter(({ kind }) => kind === "changed")).toHaveLength(1);
  expect(outcomes.filter(({ kind }) => kind === "dead-link")).toHaveLength(7);
  expect((await mailsTo(account.email)).filter((kind) => kind === "password-changed")).toHaveLength(
    1,
  );
});

test("opening the link's page changes nothing, however often", async () => {
  const token = await askForLink(account.email);
  for (let time = 0; time < 3; time += 1) {
    expect((await readResetPage(token))?.maskedEmail).toContain("•");
  }
  expect(await reset(token)).toEqual({ kind: "changed" });
  expect(await readResetPage(token)).toBeNull();
});

test("a link works up to 15 minutes after it was asked for", async () => {
  const token = await askForLink(account.email);
  clock.now += 15 * MINUTE - 1;
  expect(await readResetPage(token)).not.toBeNull();
  clock.now += 1;
  expect(await readResetPage(token)).toBeNull();
  expect(await reset(token)).toEqual({ kind: "dead-link" });
});

test("using the newest link ends the older ones; until then they work", async () => {
  const older = await askForLink(account.email);
  const newest = await askForLink(account.email);
  expect(await readResetPage(older)).not.toBeNull();
  expect(await reset(newest)).toEqual({ kind: "changed" });
  expect(await reset(older)).toEqual({ kind: "dead-link" });
});

test("using an older link ends the newer ones too", async () => {
  const older = await askForLink(account.email);
  const newest = await askForLink(account.email);
  expect(await reset(older)).toEqual({ kind: "changed" });
  expect(await reset(newest)).toEqual({ kind: "dead-link" });
});

test("forged tokens, ids without a row and links for nobody set nothing", async () => {
  await requestReset("nobody-here@example.com", somewhere());
  const [forNobody] = await db.passwordReset.findMany({ where: { accountId: null } });
  const tokens = [
    null,
    "",
    "x".repeat(64),
    linkTokenOf("password reset", newLinkKey("password reset")),
  ];
  for (const token of [...tokens, forNobody ? linkTokenOf("password reset", forNobody) : ""]) {
    expect(await readResetPage(token)).toBeNull();
    expect(await reset(token)).toEqual({ kind: "dead-link" });
  }
  expect(await isRight(old)).toBe("right");
});

test.each([
  ["", "passwordMissing"],
  ["short", "passwordTooShort"],
  ["password1", "passwordCommon"],
])("the password %j is refused as at sign-up, and the link keeps", async (password, error) => {
  const token = await askForLink(account.email);
  expect(await reset(token, password)).toEqual({ kind: "invalid", error });
  expect(await reset(token, account.email)).toEqual({ kind: "invalid", error: "passwordIsEmail" });
  expect(await reset(token)).toEqual({ kind: "changed" });
});

test("all sessions end, one whose cookie is still on its way included", async () => {
  const home = { ...somewhere(), ip: "192.0.2.1", network: "192.0.2.1/32" };
  const [entered, waiting] = [await enter(home), await enter(home)];
  if (entered.kind !== "entered" || waiting.kind !== "entered") throw new Error("not entered");
  await reset(await askForLink(account.email));
  expect(await findLiveSession(entered.sessionId)).toBeNull();
  expect(await findLiveSession(waiting.sessionId)).toBeNull();
});

test("pending sign-ins end: their codes are worth nothing now", async () => {
  const pending = await asked();
  await reset(await askForLink(account.email));
  expect((await type(pending, pending.code)).kind).toBe("password-changed");
});

test("another account's sessions, sign-ins and links are untouched", async () => {
  const mine = account;
  account = await makeAccount({ trusted: ["192.0.2.1"] });
  const home = { ...somewhere(), ip: "192.0.2.1", network: "192.0.2.1/32" };
  const [entered, pending] = [await enter(home), await asked()];
  const link = await askForLink(account.email);
  await reset(await askForLink(mine.email));
  if (entered.kind !== "entered") throw new Error(entered.kind);
  expect(await findLiveSession(entered.sessionId)).not.toBeNull();
  expect((await type(pending, pending.code)).kind).toBe("right");
  expect(await readResetPage(link)).not.toBeNull();
});

test("a block never stops a reset, and a reset lifts no block", async () => {
  const pending = await asked();
  for (let time = 0; time < 3; time += 1) await type(pending, otherCode(pending.code));
  const blocked = await enter(pending.client);
  expect(blocked.kind).toBe("blocked");
  const token = await askForLink(account.email, pending.client);
  expect(await resetPassword(token, fresh, pending.client)).toEqual({ kind: "changed" });
  expect(await enter(pending.client)).toEqual(blocked);
});

test("wrong codes before a reset still count after it", async () => {
  const pending = await asked();
  for (let time = 0; time < 2; time += 1) await type(pending, otherCode(pending.code));
  await reset(await askForLink(account.email));
  const again = await asked(pending.client);
  expect((await type(again, otherCode(again.code))).kind).toBe("blocked");
});

test("a new network still needs its code after a reset, a trusted one does not", async () => {
  await reset(await askForLink(account.email));
  expect((await enter()).kind).toBe("code-asked");
  const home = { ...somewhere(), ip: "192.0.2.1", network: "192.0.2.1/32" };
  expect((await enter(home)).kind).toBe("entered");
});

test("the account's hourly codes start afresh", async () => {
  for (let time = 0; time < 5; time += 1) await asked();
  expect((await enter()).kind).toBe("wait");
  await reset(await askForLink(account.email));
  clock.now += 1;
  for (let time = 0; time < 5; time += 1) await asked();
  expect((await enter()).kind).toBe("wait");
});

test("after 20 codes without a right one, a reset lets new networks in again", async () => {
  await db.account.update({ where: { id: account.id }, data: { codesSinceRight: 20 } });
  expect(await enter()).toMatchObject({ kind: "wait", until: null });
  await reset(await askForLink(account.email));
  expect((await enter()).kind).toBe("code-asked");
});

test("wrong passwords for the account are forgotten, those of a network are not", async () => {
  const noisy = somewhere();
  for (let time = 0; time < 20; time += 1) await isRight("wrong", noisy);
  expect(await isRight(old)).toBe("too-many");
  await reset(await askForLink(account.email));
  expect(await isRight(fresh)).toBe("right");
  expect(await isRight(fresh, noisy)).toBe("too-many");
});

test("a reset does not empty the count of reset mails", async () => {
  for (let time = 0; time < 2; time += 1) await askForLink(account.email);
  await reset(await askForLink(account.email));
  await expect(askForLink(account.email)).rejects.toThrow("No link was made");
});

test("an account whose password is switched off gets one by a reset", async () => {
  await db.account.update({ where: { id: account.id }, data: { passwordHash: null } });
  expect(await reset(await askForLink(account.email))).toEqual({ kind: "changed" });
  expect(await isRight(fresh)).toBe("right");
});
