import { expect, test } from "vitest";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { findApplicant } from "@/lib/cases/request/find-applicant";
import { startDraft } from "@/lib/cases/request/start-draft";
import { db } from "@/lib/db/client";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { signUp } from "@/lib/sign-up/sign-up";
import { makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { applicantOf, caseNow, draftOf, nobody, somewhere, startFor } from "@/lib/testing/drafts";
import {
  clientAt,
  cookieOf,
  freshAddress,
  makeAccount,
  newBrowser,
  passwordProof,
} from "@/lib/testing/people";
import { maskEmail } from "@/lib/typed/mask-email";

testDatabase();
stoppedClock();

/** The cookie of a sign-in whose password was right, at a network that is not known. */
async function pendingSignIn(accountId: string) {
  const asked = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: clientAt("198.51.100.9"),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  if (asked.kind !== "code-asked") throw new Error(`The sign-in was ${asked.kind}.`);
  return cookieOf(asked);
}

test("W1: a session proves who asks, before a pending sign-in does", async () => {
  const [actor, other] = [await makeActor(), await makeAccount()];
  const { accountId, account } = actor.session;
  expect(await findApplicant(actor.session, await pendingSignIn(other.id))).toEqual({
    proof: "session",
    accountId,
    email: account.email,
    shown: account.email,
    timeZone: null,
  });
});

test("W2: a pending sign-in proves the password, also after its code has ended, for an hour", async () => {
  const account = await makeAccount();
  const cookie = await pendingSignIn(account.id);
  const shown = maskEmail(account.email);
  const known = { proof: "password", accountId: account.id, email: account.email, shown };
  expect(await findApplicant(null, cookie)).toMatchObject(known);
  later(69);
  expect(await findApplicant(null, cookie)).toMatchObject(known);
  later(71);
  expect(await findApplicant(null, cookie)).toEqual(nobody);
});

test("a blocked or superseded sign-in proves the password still", async () => {
  const account = await makeAccount();
  const cookie = await pendingSignIn(account.id);
  for (const endedBecause of ["blocked", "superseded", "used"]) {
    await db.challenge.update({ where: { id: cookie.id }, data: { endedAt: start, endedBecause } });
    expect((await findApplicant(null, cookie)).proof).toBe("password");
  }
});

test("a password that was changed or switched off since proves nothing, whatever the sign-in says", async () => {
  const account = await makeAccount();
  const cookie = await pendingSignIn(account.id);
  await db.challenge.update({
    where: { id: cookie.id },
    data: { endedAt: start, endedBecause: "blocked" },
  });
  later(1);
  const mail = await db.mail.findFirstOrThrow({ where: { accountId: account.id } });
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.notMeId ?? "" } });
  await pressNotMe(linkTokenOf("not-me", link), somewhere());
  expect(await findApplicant(null, cookie)).toEqual(nobody);
});

test("a forged cookie and a sign-up prove nothing", async () => {
  const account = await makeAccount();
  const cookie = await pendingSignIn(account.id);
  expect(await findApplicant(null, null)).toEqual(nobody);
  const secretHash = new Uint8Array(32);
  expect(await findApplicant(null, { ...cookie, secretHash })).toEqual(nobody);
  const asked = await signUp({
    email: account.email,
    locale: "en",
    client: somewhere(),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Mallory", password: "a long enough passphrase" },
  });
  if (asked.kind !== "code-asked") throw new Error(`The sign-up was ${asked.kind}.`);
  expect(await findApplicant(null, cookieOf(asked))).toEqual(nobody);
});

test("a draft lives 24 hours, longer than the sign-in it came from", async () => {
  const account = await makeAccount();
  const applicant = await findApplicant(null, await pendingSignIn(account.id));
  const id = await startFor(applicant);
  expect(await caseNow(id)).toMatchObject({
    state: "draft",
    proof: "password",
    accountId: account.id,
    accountEmail: account.email,
    expiresAt: new Date("2026-11-23T12:00:00Z"),
  });
  later(24 * 60 - 1);
  expect((await readDraftPage(id)).kind).toBe("draft");
  later(24 * 60);
  expect((await readDraftPage(id)).kind).toBe("lapsed");
});

test("an address with and one without an account look exactly the same", async () => {
  const account = await makeAccount();
  const [known, unknown] = [account.email, freshAddress()];
  const pages = [];
  for (const email of [known, unknown]) {
    const id = await startFor(nobody, ` ${email.toUpperCase()} `);
    const draft = await draftOf(id);
    expect(draft.shownAccount).toBe(email);
    pages.push({ ...draft, reference: "", shownAccount: "" });
    expect((await caseNow(id)).accountId).toBe(email === known ? account.id : null);
  }
  expect(pages[0]).toEqual(pages[1]);
  expect(pages[0]?.missing).toEqual(["new-email", "story", "documents"]);
  expect(await db.mail.count({ where: { recipient: { in: [known, unknown] } } })).toBe(0);
});

test("W3: an address is needed of who has proven nothing, and of nobody else", async () => {
  const client = somewhere();
  expect(await startDraft(nobody, " ", client, "en")).toEqual({
    kind: "invalid",
    error: "emailMissing",
  });
  expect(await startDraft(nobody, "maria", client, "en")).toEqual({
    kind: "invalid",
    error: "emailInvalid",
  });
  const actor = await makeActor();
  const id = await startFor(applicantOf(actor), "somebody-else@example.com");
  expect((await caseNow(id)).accountEmail).toBe(actor.session.account.email);
});

test("the token of a status page, as of every draft, holds no six digits in a row", async () => {
  const actor = await makeActor();
  const found = await caseNow(await startFor(applicantOf(actor)));
  expect(linkTokenOf("case", found)).toMatch(/^[\w-]{64}$/);
  expect(linkTokenOf("case", found)).not.toMatch(/\d{6}/);
});

test("ten drafts an hour from one network, for whichever addresses; also at the same moment", async () => {
  const client = somewhere();
  const begun = await Promise.all(
    Array.from({ length: 12 }, () => startDraft(nobody, freshAddress(), client, "en")),
  );
  expect(begun.filter(({ kind }) => kind === "started")).toHaveLength(10);
  expect(await startDraft(nobody, freshAddress(), client, "en")).toEqual({
    kind: "too-many",
    until: new Date("2026-11-22T13:00:00Z"),
  });
  later(60);
  expect((await startDraft(nobody, freshAddress(), client, "en")).kind).toBe("started");
});

test("five drafts an hour for an address from a network, with an account or without", async () => {
  const account = await makeAccount();
  for (const email of [account.email, freshAddress()]) {
    const client = somewhere();
    for (let draft = 0; draft < 5; draft += 1) await startFor(nobody, email, client);
    expect(await startDraft(nobody, email, client, "en")).toEqual({
      kind: "too-many",
      until: new Date("2026-11-22T13:00:00Z"),
    });
    // Nobody uses up another's drafts from elsewhere.
    expect((await startDraft(nobody, email, somewhere(), "en")).kind).toBe("started");
  }
});

test("five drafts an hour for who has proven something, from wherever", async () => {
  const applicant = applicantOf(await makeActor());
  for (let draft = 0; draft < 5; draft += 1) await startFor(applicant);
  expect((await startDraft(applicant, "", somewhere(), "en")).kind).toBe("too-many");
});

test("whoever only knows the address uses up no draft of who knows the password", async () => {
  const actor = await makeActor();
  const { email } = actor.session.account;
  const client = somewhere();
  for (let draft = 0; draft < 5; draft += 1) await startFor(nobody, email, client);
  await startFor(applicantOf(actor), "", client);
});

test("two drafts of one account stand side by side", async () => {
  const actor = await makeActor();
  const ids = await Promise.all([startFor(applicantOf(actor)), startFor(applicantOf(actor))]);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect((await readDraftPage(id)).kind).toBe("draft");
});

test("no draft: without a cookie, and once its account is gone", async () => {
  const actor = await makeActor();
  const id = await startFor(applicantOf(actor));
  await db.account.delete({ where: { id: actor.session.accountId } });
  expect(await readDraftPage(id)).toEqual({ kind: "none" });
  expect(await readDraftPage(null)).toEqual({ kind: "none" });
});
