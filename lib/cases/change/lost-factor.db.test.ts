import { afterEach, expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { objectToCase } from "@/lib/cases/change/object-to-case";
import { askNewAddress } from "@/lib/cases/request/ask-new-address";
import { lookUpCase } from "@/lib/cases/request/look-up-case";
import { sendCase } from "@/lib/cases/request/send-case";
import { startDraft } from "@/lib/cases/request/start-draft";
import { readStatusPage } from "@/lib/cases/request/status-page";
import { viewCase } from "@/lib/cases/review/review-case";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { activitiesOf, addFurther, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import { auditOf } from "@/lib/testing/audit";
import {
  decideNow,
  kindsTo,
  makeApproved,
  makeCase,
  queueUp,
  sendWord,
} from "@/lib/testing/case-review";
import { hoursAfter, laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { caseNow } from "@/lib/testing/drafts";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { clientAt, freshAddress, newBrowser } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { trustBrowser } from "@/lib/trusted-browser/trust-browser";

testDatabase();
stoppedClock();

afterEach(async () => {
  await db.recoveryCase.deleteMany();
});

const stranger = clientAt("198.51.100.90");
const ofFactors = { lost: "second-factor", newEmail: null, newEmailConfirmedAt: null } as const;

/** A customer with an app, a passkey and recovery codes, at a known place. */
async function protectedCustomer() {
  const actor = await makeActor();
  const { accountId } = actor.session;
  await addApp(accountId);
  await addPasskeyRow(accountId);
  await addRecoveryCodes(accountId);
  await db.account.update({ where: { id: accountId }, data: { factorAlways: true } });
  return actor;
}

async function factorsOf(accountId: string): Promise<number[]> {
  const filter = { where: { accountId } };
  return [
    await db.authenticatorApp.count(filter),
    await db.passkey.count(filter),
    await db.recoveryCode.count(filter),
  ];
}

async function drafted(applicant: Parameters<typeof startDraft>[0], email = freshAddress()) {
  const browser = newBrowser();
  const started = await startDraft(applicant, email, stranger, "en", browser, "second-factor");
  if (started.kind !== "started") throw new Error(`The draft was ${started.kind}.`);
  const whatHappened = "My phone and the sheet with my codes burnt in the same fire.";
  await db.recoveryCase.update({ where: { id: started.id }, data: { whatHappened } });
  return started.id;
}

const proven = ({ session: { account } }: Awaited<ReturnType<typeof makeActor>>) =>
  ({
    proof: "password",
    accountId: account.id,
    email: account.email,
    shown: account.email,
    timeZone: null,
  }) as const;

test("a case of a lost second factor is sent without an address, and every address of the account is notified", async () => {
  const actor = await protectedCustomer();
  const { accountId, account } = actor.session;
  const second = freshAddress();
  await addFurther(accountId, second);
  const id = await drafted(proven(actor));
  expect(
    await askNewAddress(id, freshAddress(), { client: stranger, browserId: newBrowser() }),
  ).toEqual({ kind: "no-draft" });
  const sent = await sendCase(id, stranger);
  expect(sent).toMatchObject({ kind: "sent", newEmail: null });
  expect(await kindsTo(account.email)).toEqual(["factors-case-opened"]);
  expect(await kindsTo(second)).toEqual(["factors-case-opened"]);
  expect((await activitiesOf(accountId)).map(({ kind }) => kind)).toEqual(["factors-case-sent"]);
  const token = sent.kind === "sent" ? sent.token : "";
  expect(await readStatusPage(token)).toMatchObject({ lost: "second-factor", newEmail: null });
  const { reference } = await caseNow(id);
  expect(await lookUpCase({ reference, email: account.email }, stranger)).toMatchObject({
    kind: "found",
  });
  expect(await lookUpCase({ reference, email: second }, stranger)).toEqual({ kind: "unknown" });
});

test("of a mailbox case the address of the account finds nothing: who reads it must not find who asked", async () => {
  const { reference, accountEmail } = await makeCase();
  expect(await lookUpCase({ reference, email: accountEmail }, stranger)).toEqual({
    kind: "unknown",
  });
});

test("who has proven nothing sends documents, and an address without an account gets no mail", async () => {
  const nobodys = freshAddress();
  const id = await drafted({ proof: "nothing" }, nobodys);
  expect(await sendCase(id, stranger)).toEqual({ kind: "missing", what: ["documents"] });
  const { id: sent } = await makeCase({ ...ofFactors, accountId: null, accountEmail: nobodys });
  await decideNow(await makeStaff("support"), sent, "ask");
  await decideNow(await makeStaff("support"), sent, "refuse");
  expect(await db.mail.count({ where: { recipient: nobodys } })).toBe(0);
});

test("a form that does not say what is lost begins a case of a mailbox", async () => {
  const started = await startDraft({ proof: "nothing" }, freshAddress(), stranger, "en");
  const id = started.kind === "started" ? started.id : "";
  expect(await db.recoveryCase.findUnique({ where: { id } })).toMatchObject({ lost: "mailbox" });
});

test("two of the staff, the cooling time, and then all factors go, once; address, password and places stay", async () => {
  const actor = await protectedCustomer();
  const { accountId, account } = actor.session;
  await inTransaction((tx) => trustBrowser(tx, actor, new Date()));
  const waits = await signInFrom(accountId, "198.51.100.91");
  expect(waits.kind).toBe("factor-asked");
  const before = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const { id } = await makeApproved({ ...ofFactors, accountId });
  laterHours(71.9);
  await carryOutCases();
  expect(await factorsOf(accountId)).toEqual([1, 1, 10]);
  laterHours(72);
  await queueUp(accountId, [carryOutCases, carryOutCases, carryOutCases]);
  await carryOutCases();
  expect(await factorsOf(accountId)).toEqual([0, 0, 0]);
  expect(await caseNow(id)).toMatchObject({ state: "done", endedAt: hoursAfter(72) });
  const after = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(after).toMatchObject({
    email: before.email,
    passwordHash: before.passwordHash,
    passwordOffAt: null,
    factorAlways: false,
  });
  const because = { endedBecause: "factors-case" };
  expect(await db.session.findMany({ where: { accountId } })).toMatchObject([because]);
  expect(await db.trustedBrowser.findMany({ where: { accountId } })).toMatchObject([because]);
  expect(await db.challenge.findMany({ where: { accountId } })).toMatchObject([because]);
  expect(await db.trustedPlace.count({ where: { accountId } })).toBe(1);
  const mailed = ["browser-trusted", "factors-case-will-end", "factors-reset"];
  expect(await kindsTo(account.email)).toEqual(mailed);
  const kinds = (await activitiesOf(accountId)).map(({ kind }) => kind);
  expect(kinds).toEqual(["browser-trusted", "factors-case-approved", "factors-reset"]);
  const entries = (await auditOf(id)).filter(({ action }) => action === "case-carried-out");
  expect(entries).toMatchObject([{ actor: "worker", details: { lost: "second-factor" } }]);
  expect((await signInFrom(accountId, "203.0.113.7")).kind).toBe("entered");
  expect((await signInFrom(accountId, "198.51.100.92")).kind).toBe("code-asked");
  const asked = await db.challenge.findFirstOrThrow({ where: { accountId, endedAt: null } });
  expect(asked.asks).toBe("code");
});

test("where nothing is left to be taken away, that is what is said: nobody is out, and nothing was changed", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const { id } = await makeApproved({ ...ofFactors, accountId });
  laterHours(72);
  await queueUp(accountId, [carryOutCases, carryOutCases, carryOutCases]);
  expect(await caseNow(id)).toMatchObject({ state: "needless", endedAt: hoursAfter(72) });
  expect(await kindsTo(account.email)).toEqual(["factors-case-will-end", "case-ended"]);
  expect(await findLiveSession(actor.session.id)).not.toBeNull();
  expect((await auditOf(id)).map(({ action }) => action)).not.toContain("case-carried-out");
});

test("halfway every address is reminded, and an objection stops it", async () => {
  const actor = await protectedCustomer();
  const { accountId, account } = actor.session;
  const { id } = await makeApproved({ ...ofFactors, accountId });
  laterHours(36.1);
  await remindOwners();
  expect(await kindsTo(account.email)).toEqual(["factors-case-will-end", "factors-case-will-end"]);
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId, purpose: "object-case", endedAt: null },
  });
  const outcome = await objectToCase(linkTokenOf("object-case", link), stranger);
  expect(outcome).toMatchObject({ kind: "objected" });
  await sendWord();
  laterHours(200);
  await carryOutCases();
  expect(await caseNow(id)).toMatchObject({ state: "open" });
  expect(await factorsOf(accountId)).toEqual([1, 1, 10]);
  expect((await activitiesOf(accountId)).at(-1)?.kind).toBe("factors-case-objected");
});

test("a case that only one of the staff agreed to takes nothing", async () => {
  const { accountId } = (await protectedCustomer()).session;
  const { id } = await makeCase({ ...ofFactors, accountId });
  await decideNow(await makeStaff("support"), id, "approve");
  laterHours(100);
  await carryOutCases();
  expect(await factorsOf(accountId)).toEqual([1, 1, 10]);
});

test("what staff ask for and why they refuse goes to the contact e-mail, with a link to the case", async () => {
  const { accountId, account } = (await protectedCustomer()).session;
  const { id } = await makeCase({ ...ofFactors, accountId });
  await decideNow(await makeStaff("support"), id, "ask", "Please send the last invoice too.");
  await decideNow(await makeStaff("support"), id, "refuse", "The invoice is of somebody else.");
  const kinds = await kindsTo(account.email);
  expect(kinds).toEqual(["factors-case-question", "case-ended", "factors-case-refused"]);
  const [asked] = await db.mail.findMany({ where: { kind: "factors-case-question" } });
  expect(asked).toMatchObject({ linkType: "case", linkRowId: id });
});

test("a mailbox case keeps the factors, and one of a second factor keeps a mailbox case open", async () => {
  const { accountId } = (await protectedCustomer()).session;
  const { id: ofMailbox } = await makeCase({ accountId });
  await makeApproved({ ...ofFactors, accountId });
  laterHours(72);
  await carryOutCases();
  expect(await factorsOf(accountId)).toEqual([0, 0, 0]);
  expect((await caseNow(ofMailbox)).state).toBe("open");
  await addApp(accountId);
  const { newEmail } = await makeApproved({ accountId });
  laterHours(150);
  await carryOutCases();
  expect(await db.account.findUnique({ where: { id: accountId } })).toMatchObject({
    email: newEmail,
  });
  expect(await factorsOf(accountId)).toEqual([1, 0, 0]);
});

test("staff see what is lost and how many factors there are, and nothing of what they are", async () => {
  const { accountId } = (await protectedCustomer()).session;
  const { id } = await makeCase({ ...ofFactors, accountId });
  const view = await viewCase(await makeStaff("support"), id);
  expect(view).toMatchObject({
    lost: "second-factor",
    record: { factors: { apps: 1, passkeys: 1, recoveryCodesLeft: 10 } },
  });
  expect(JSON.stringify(view)).not.toMatch(/sealed|hash|publicKey|credential/i);
  expect((await auditOf(id)).at(-1)).toMatchObject({ details: { lost: "second-factor" } });
});

test("the mail that says that all went carries “that was not me”", async () => {
  const { accountId } = (await protectedCustomer()).session;
  await makeApproved({ ...ofFactors, accountId });
  laterHours(72);
  await carryOutCases();
  const [mail] = await mailsOf(accountId, "factors-reset");
  expect(mail?.notMeId).not.toBeNull();
});
