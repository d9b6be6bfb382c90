import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { askNewAddress } from "@/lib/cases/request/ask-new-address";
import { saveStory } from "@/lib/cases/request/fill-draft";
import { eraseClosedAccounts } from "@/lib/closing/erase-closed-accounts";
import { db } from "@/lib/db/client";
import { countKeys, hashedAddress } from "@/lib/db/subjects";
import { checkPassword } from "@/lib/password/check-password";
import { requestReset } from "@/lib/recovery/request-reset";
import { codeOf } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { readCustomerPage } from "@/lib/support/customer-page";
import { grantHotlinePass } from "@/lib/support/hotline-pass";
import { switchOff } from "@/lib/support/switch-off";
import { equip } from "@/lib/testing/access";
import { changeEmail, makeActor, signInFrom } from "@/lib/testing/actors";
import { addDocument, makeApproved, makeCase } from "@/lib/testing/case-review";
import { testDatabase } from "@/lib/testing/database";
import { applicantOf, nobody, startFor, story } from "@/lib/testing/drafts";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { invited } from "@/lib/testing/invitations";
import { clientAt, cookieOf, newBrowser, otherCode } from "@/lib/testing/people";
import { everyTable, searchRows } from "@/lib/testing/search-rows";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const ip = "198.51.100.123";
const name = "Quitéria Sequeira";
const phone = "+351215550100";
const firstEmail = "quiteria.first@example.com";
const email = "quiteria.second@example.com";
const furtherEmail = "quiteria.further@example.com";
const browserId = newBrowser();
const home = clientAt(ip);

/** Signs up by a code, as everybody does. */
async function signedUp(): Promise<string> {
  const person = { kind: "new", name, password: "a long enough passphrase" } as const;
  const common = { browserId, callbackPath: null, earlier: null };
  const asked = await signUp({ email: firstEmail, locale: "en", client: home, person, ...common });
  if (asked.kind !== "code-asked") throw new Error(asked.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = codeOf(challenge) ?? "";
  await verifyCode({ typed, cookie: cookieOf(asked), shown: null, client: home });
  const account = await db.account.findUniqueOrThrow({ where: { email: firstEmail } });
  return account.id;
}

/** Lives a life in which every table gets to know the account. */
async function live(id: string): Promise<void> {
  await equip(id);
  const actor = await makeActor({ accountId: id, ip, browserId });
  await requestReset(firstEmail, home);
  await checkPassword(firstEmail, "wrong", clientAt("192.0.2.55"), newBrowser());
  await checkPassword(firstEmail, "wrong", home, browserId);
  await changeEmail(actor, email, home);
  const at = new Date();
  await db.furtherAddress.create({
    data: { accountId: id, email: furtherEmail, createdAt: at, confirmedAt: at, expiresAt: at },
  });
  await db.account.update({ where: { id }, data: { phone, phoneChangedAt: at } });
  // Wrong codes, from elsewhere and for what is confirmed by one.
  const asked = await signInFrom(id, "198.51.100.124");
  if (asked.kind !== "code-asked") throw new Error(asked.kind);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  const typed = otherCode(codeOf(challenge) ?? "");
  await verifyCode({
    typed,
    cookie: cookieOf(asked),
    shown: null,
    client: clientAt("198.51.100.124"),
  });
  const wrong = { place: `${ip}/32`, wrong: 3, lastWrongAt: at, blockedAt: at, blockedUntil: at };
  const subjects = [`widening:${id}`, `sign-up:${email}`];
  await db.codeAttempts.createMany({
    data: subjects.map((subject) => ({ subject, ...wrong, blockReference: newReference() })),
  });
  // Wrong passwords where the account is known, a reset, and drafts with a proof and without.
  await checkPassword(email, "wrong", home, browserId);
  await checkPassword(email, "wrong", home, newBrowser());
  await checkPassword(email, "wrong", clientAt("192.0.2.55"), newBrowser());
  await requestReset(email, home);
  await startFor(nobody, email, home);
  const draft = await startFor(applicantOf(actor), "", home);
  await saveStory(draft, `${story} I am ${name}.`);
  await askNewAddress(draft, "quiteria.new@elsewhere.example", { client: home, browserId });
  await haveFactors(id);
  await liveWithStaff(id);
}

/** Adds what a second step takes, after the sign-ins: they would be asked for it. */
async function haveFactors(accountId: string): Promise<void> {
  await addApp(accountId);
  await addPasskeyRow(accountId);
  await addRecoveryCodes(accountId);
  const at = new Date();
  await db.passkeyCeremony.create({
    data: {
      ...{ purpose: "confirm", challenge: new Uint8Array(32), browserId, accountId },
      ...{ createdAt: at, expiresAt: at },
    },
  });
}

/** Meets the staff: views, a call, a case with documents that is agreed to, an invitation. */
async function liveWithStaff(id: string): Promise<void> {
  const staff = await makeStaff("support");
  const reason = "Caller could not get in";
  await readCustomerPage(staff, id, null);
  const pending = await db.challenge.findFirstOrThrow({
    where: { accountId: id, purpose: "sign-in", endedAt: null },
    orderBy: { createdAt: "desc" },
  });
  const reference = pending.reference ?? "";
  const pass = { staff, customerId: id, reason, reference, pin: "222222", calledBack: false };
  await grantHotlinePass(pass);
  await db.callBack.create({
    data: {
      ...{ challengeId: pending.id, askedById: staff.session.accountId, askedByName: "Rita" },
      ...{ browserId: newBrowser(), reason: `${name} was called back`, askedAt: new Date() },
    },
  });
  const whatHappened = `I am ${name}, ${phone}.`;
  const about = { accountId: id, whatHappened, ip, browserId };
  const over = await makeCase({ ...about, state: "refused", endedAt: new Date() });
  await addDocument(over.id, { name: `${name}.png` });
  const live = await makeApproved(about);
  await addDocument(live.id, { name: `${name}.png` });
  const said = { reason: `The passport says ${name}.` };
  await db.caseDecision.updateMany({ where: { caseId: live.id }, data: said });
  await invited(email);
  const ended = { endedAt: new Date(), endedBecause: "withdrawn" };
  await db.staffInvitation.updateMany({ where: { email }, data: ended });
  await switchOff({ staff, customerId: id, reason });
  await writeTexts(id);
  const mails = await db.mail.findMany({
    where: { OR: [{ accountId: id }, { recipient: firstEmail }] },
  });
  await db.mailboxMessage.createMany({
    data: mails.map((mail) => ({
      ...{ id: mail.id, recipient: mail.recipient, subject: `For ${name}`, html: "", text: email },
      createdAt: new Date(),
    })),
  });
}

/** Was of the staff once, and wrote texts of mails. */
async function writeTexts(accountId: string): Promise<void> {
  const at = new Date();
  const key = { subject: "sign-in-code", language: "fr" };
  await db.mail.updateMany({ where: { accountId }, data: { ownerName: name, edition: 1 } });
  await db.templateVersion.create({
    data: {
      ...{ id: 1, ...key, number: 1, action: "built-in", note: "", createdAt: at },
      parts: { create: { accountId, part: "published" } },
    },
  });
  await db.templateDraft.create({
    data: {
      ...{ ...key, base: 1, revision: crypto.randomUUID(), text: "", note: "" },
      ...{ subjectLine: "", previewLine: "", savedById: accountId, savedAt: at },
      authors: { create: { accountId } },
    },
  });
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function needlesOf(id: string): string[] {
  const emails = [firstEmail, email, furtherEmail];
  const hashes = [...emails, id, phone].flatMap((text) => [hashedAddress(text), sha256(text)]);
  return [id, ...emails, name.toLowerCase(), phone, ip, browserId, ...hashes];
}

/** Tables that never know an account, and why. */
const neverKnows: Record<string, string> = {
  form_press: "a minute's answers, encrypted, by a keyed hash of the browser alone",
  returned_input:
    "a quarter of an hour's refused forms, encrypted, by a keyed hash of the browser alone",
  mail_pace: "one row for each provider",
  return_reading: "one row for each mailbox of the host's",
  setting: "what admins set for all",
  template_version: "what mails say to everybody",
  template_look: "likewise",
  template_fallback: "counts, and what was wrong with a text",
  mail_image: "pictures that mails show to everybody",
  help_feedback: "said of an article by a browser, read by nobody beside an account",
  help_rating: "likewise",
  help_question: "likewise",
  help_tally: "counts alone",
  mail_tally: "counts alone",
  figure_quarter: "counts alone",
  mail_outage: "times and shares of everybody's mail",
  canary_run: "how far a sign-in of the installation's own account came, and when",
  running_process: "about processes",
  _prisma_migrations: "about the schema",
  "graphile_worker._private_jobs": "say what the worker is to do, and name nobody",
  "graphile_worker._private_job_queues": "about jobs",
  "graphile_worker._private_known_crontabs": "about the clock",
  "graphile_worker._private_tasks": "names of tasks",
  "graphile_worker.migrations": "about the schema",
};

/** What may still know an erased account, and why. */
const exceptions: Record<string, { why: string; isIt: (row: Record<string, unknown>) => boolean }> =
  {
    "mail.recipient": {
      why: "notifies the owner that the account was erased; deleted 30 days after it was sent",
      isIt: ({ kind, account_id }) => kind === "account-closed" && account_id === null,
    },
    "mail.facts": {
      why: "likewise, and who asked for another mailbox that their case was stopped",
      isIt: ({ kind, account_id }) =>
        ["account-closed", "case-stopped"].includes(String(kind)) && account_id === null,
    },
    "rate_window.key": {
      why: "what came from a network, whoever it was for; deleted after a day",
      isIt: ({ key }) => networkKeys.includes(String(key)),
    },
    "rate_window.subject": {
      why: "likewise",
      isIt: ({ key }) => networkKeys.includes(String(key)),
    },
    "audit_entry.subject_id": {
      why: "the audit log is never changed: what staff did stays, by the account's id and nothing else",
      isIt: ({ subject_kind }) => subject_kind === "account",
    },
  };

const network = `${ip}/32`;
const networkKeys = [
  countKeys.passwordsFrom(network),
  countKeys.wrongSaidFrom(network),
  countKeys.signUpsFrom(network),
  countKeys.resetsFrom(network),
  countKeys.draftsFrom(network),
  countKeys.newAddressCodesFrom(network),
].map(({ key }) => key);

test("an erased account is known by no row of any table any more, but for what has to stay", async () => {
  const id = await signedUp();
  await live(id);
  const before = new Set(
    (await searchRows(needlesOf(id))).map(({ column }) => column.split(".")[0]),
  );
  // A table that nothing was written to could not show that it forgets.
  const tables = (await everyTable()).map((table) => table.replace(/^public\./, ""));
  expect([...before].sort()).toEqual(tables.filter((table) => !(table in neverKnows)).sort());
  await db.account.update({ where: { id }, data: { closesAt: new Date(0) } });
  await eraseClosedAccounts();
  const left = await searchRows(needlesOf(id));
  const unexplained = left.filter(({ column, row }) => !(exceptions[column]?.isIt(row) ?? false));
  expect(unexplained).toEqual([]);
  // Each exception is met: one that is not needed any more goes.
  expect([...new Set(left.map(({ column }) => column))].sort()).toEqual(
    Object.keys(exceptions).sort(),
  );
});
