import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { db } from "@/lib/db/client";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { resetPassword } from "@/lib/recovery/reset-password";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import {
  activitiesOf,
  actorsPassword,
  addFurther,
  mailsOf,
  makeActor,
  signInFrom,
} from "@/lib/testing/actors";
import {
  accountOf,
  breakIn,
  home,
  openSessions,
  owner,
  placesOf,
  thiefsIp,
  tokenIn,
} from "@/lib/testing/break-in";
import { laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, cookieOf, newBrowser, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

test("opening the page changes nothing, and says what the button will do", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  const token = await tokenIn(victim, "place-trusted");
  const before = await accountOf(victim);
  expect(await readNotMePage(token)).toMatchObject({
    kind: "live",
    notifiedOf: { ip: thiefsIp, trustedBefore: false },
    blocks: true,
    undo: null,
  });
  expect(await accountOf(victim)).toEqual(before);
  expect(await openSessions(victim)).toBeGreaterThan(1);
});

test("a press ends every session and every browser's trust, forgets the place and blocks it for 24 hours", async () => {
  const victim = await makeActor();
  const thief = await breakIn(victim);
  await askToWiden(thief, actorsPassword, { kind: "trust-browser" });
  const outcome = await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  expect(outcome.kind).toBe("secured");
  expect(await findLiveSession(thief.session.id)).toBeNull();
  expect(await findLiveSession(victim.session.id)).toBeNull();
  expect(await openSessions(victim)).toBe(0);
  const { accountId } = victim.session;
  expect(await db.trustedBrowser.count({ where: { accountId, endedAt: null } })).toBe(0);
  expect(await placesOf(victim)).toEqual([home]);
  const [mail] = await mailsOf(accountId, "account-secured");
  expect(mail?.facts).toMatchObject({ until: expect.any(String), about: { place: thiefsIp } });
});

test("the block holds for that network and account, also after a reset, until its 24 hours are over", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const { accountId } = victim.session;
  const link = await db.passwordReset.findFirstOrThrow({ where: { accountId, endedAt: null } });
  const token = linkTokenOf("password reset", link);
  const password = "another long passphrase";
  expect((await resetPassword(token, password, owner)).kind).toBe("changed");
  expect((await signInFrom(accountId, thiefsIp)).kind).toBe("blocked");
  expect(await signInFrom(accountId, thiefsIp)).toMatchObject({ because: "not-me" });
  expect((await signInFrom(accountId, home)).kind).toBe("entered");
  expect((await signInFrom(accountId, "192.0.2.77")).kind).toBe("code-asked");
  laterHours(24.1);
  expect((await signInFrom(accountId, thiefsIp)).kind).toBe("code-asked");
});

test("the password is off, at home too, until a new one is set by the mailed link", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const { accountId } = victim.session;
  expect((await signInFrom(accountId, home)).kind).toBe("password-off");
  expect((await signInFrom(accountId, thiefsIp)).kind).toBe("password-off");
});

test("a password that was proven in that very moment lets nobody in", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  await breakIn(victim);
  const proof = await passwordProof(accountId);
  laterHours(0.02);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const common = { accountId, proof, browserId: newBrowser(), callbackPath: null, earlier: null };
  expect((await signIn({ ...common, client: clientAt(home) })).kind).toBe("no-longer-proven");
});

test("the reset link goes to the contact e-mail alone, all addresses are notified, and it is recorded", async () => {
  const victim = await makeActor();
  const { accountId, account } = victim.session;
  await addFurther(accountId, "second@example.com");
  await breakIn(victim);
  await pressNotMe(await tokenIn(victim, "place-trusted"), owner);
  const resets = await mailsOf(accountId, "password-reset");
  expect(resets.map(({ recipient }) => recipient)).toEqual([account.email]);
  const sent = await mailsOf(accountId, "account-secured");
  expect(sent.map(({ recipient }) => recipient).sort()).toEqual(
    [account.email, "second@example.com"].sort(),
  );
  expect((await activitiesOf(accountId)).at(-1)).toMatchObject({
    kind: "account-secured",
    ip: owner.ip,
  });
});

test("a pending sign-in ends: its code, although right, lets nobody in", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  const asked = await signInFrom(accountId, thiefsIp);
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  await pressNotMe(await tokenIn(victim, "sign-in-code"), owner);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const client = clientAt(thiefsIp);
  const typed = codeOf(challenge) ?? "";
  const outcome = await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client });
  expect(outcome).toEqual({ kind: "shut-out", because: "not-me" });
});

test("a neighbour at a place that was trusted before: it is forgotten, but not blocked", async () => {
  const victim = await makeActor();
  const { accountId } = victim.session;
  expect((await signInFrom(accountId, home)).kind).toBe("entered");
  const outcome = await pressNotMe(await tokenIn(victim, "new-browser"), owner);
  expect(outcome).toMatchObject({ kind: "secured", blockedUntil: null });
  expect(await placesOf(victim)).toEqual([]);
  expect(await db.codeAttempts.count({ where: { subject: accountId } })).toBe(0);
});

test("one press uses up all such links, and a second one changes nothing", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  const [first, second] = [
    await tokenIn(victim, "place-trusted"),
    await tokenIn(victim, "sign-in-code"),
  ];
  const outcomes = await Promise.all([first, second, first].map((one) => pressNotMe(one, owner)));
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["over", "over", "secured"]);
  expect(await readNotMePage(second)).toEqual({ kind: "used" });
  expect(await mailsOf(victim.session.accountId, "account-secured")).toHaveLength(1);
});

test("a link works for 7 days", async () => {
  const victim = await makeActor();
  await breakIn(victim);
  const token = await tokenIn(victim, "place-trusted");
  laterHours(7 * 24 - 1);
  expect((await readNotMePage(token)).kind).toBe("live");
  laterHours(7 * 24 + 1);
  expect(await readNotMePage(token)).toEqual({ kind: "expired" });
  expect(await pressNotMe(token, owner)).toEqual({ kind: "over" });
  expect((await accountOf(victim)).passwordOffAt).toBeNull();
});

test("forged links, and links for something else, do nothing", async () => {
  const victim = await makeActor();
  await askEmailChange(victim, actorsPassword, `${randomUUID()}@example.com`);
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId: victim.session.accountId, purpose: "confirm-old-email" },
  });
  const confirming = linkTokenOf("confirm-old-email", link);
  const ofNobody = linkTokenOf("not-me", { ...link, id: randomUUID() });
  for (const token of [
    confirming,
    linkTokenOf("not-me", link),
    ofNobody,
    "A".repeat(64),
    "",
    null,
  ]) {
    expect(await readNotMePage(token)).toEqual({ kind: "dead" });
    expect(await pressNotMe(token, owner)).toEqual({ kind: "over" });
  }
  expect((await accountOf(victim)).passwordOffAt).toBeNull();
});
