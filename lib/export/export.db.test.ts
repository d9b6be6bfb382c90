import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { exportData } from "@/lib/export/export-data";
import { spokenKey } from "@/lib/factors/totp";
import { actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { addApp, addPasskeyRow, addRecoveryCodes } from "@/lib/testing/factors";
import { freshAddress } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

async function exported(actor: Awaited<ReturnType<typeof makeActor>>) {
  const outcome = await exportData(actor, actorsPassword);
  if (outcome.kind !== "exported") throw new Error(`The export was ${outcome.kind}.`);
  return JSON.parse(outcome.json) as Record<string, unknown> & { account: object };
}

test("it needs the password, and is mailed", async () => {
  const actor = await makeActor();
  expect(await exportData(actor, "wrong")).toEqual({ kind: "password-wrong" });
  expect(await exportData(actor, "")).toEqual({ kind: "password-missing" });
  expect(await mailsOf(actor.session.accountId, "data-exported")).toEqual([]);
  expect(await exported(actor)).toMatchObject({
    format: "portaria-account-export/1",
    account: { email: actor.session.account.email },
    places: [{ network: "203.0.113.7/32" }],
  });
  expect(await mailsOf(actor.session.accountId, "data-exported")).toHaveLength(1);
});

test("a mail that was tried is in it, without what it was made of", async () => {
  const actor = await makeActor();
  await exportData(actor, actorsPassword);
  const { accountId } = actor.session;
  await db.mail.updateMany({ where: { accountId }, data: { edition: 7, ownerName: "Ana" } });
  const { mails } = await exported(actor);
  expect(mails).toMatchObject([{ kind: "data-exported", ownerName: "Ana" }]);
  expect(JSON.stringify(mails)).not.toContain("edition");
});

test("what became of a mail is in it, and that nothing is sent to an address of the account", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const further = freshAddress();
  await addFurther(accountId, further);
  await exportData(actor, actorsPassword);
  const { id: mailId } = await db.mail.findFirstOrThrow({ where: { accountId } });
  const at = new Date();
  const noted = { at, notedAt: at, source: "webhook", words: "no such user" };
  await db.mailChange.create({ data: { mailId, state: "refused", ...noted } });
  const marked = { because: "bounced", words: "no such user", markedAt: at };
  await db.markedAddress.createMany({
    data: [account.email, further, freshAddress()].map((one) => ({
      ...marked,
      address: one.toLowerCase(),
    })),
  });
  const file = await exported(actor);
  const changes = (file.mails as { changes: object[] }[]).flatMap((mail) => mail.changes);
  expect(changes).toMatchObject([{ state: "refused", words: "no such user" }]);
  const addresses = (file.markedAddresses as { address: string }[]).map(({ address }) => address);
  expect(addresses.sort()).toEqual([account.email.toLowerCase(), further.toLowerCase()].sort());
});

// Each model that belongs to an account, and where the file has it; a new model fails this test.
const exportedAs: Record<string, string> = {
  Account: "account",
  TrustedPlace: "places",
  SeenBrowser: "seenBrowsers",
  TrustedBrowser: "trustedBrowsers",
  FurtherAddress: "furtherAddresses",
  AuthenticatorApp: "authenticatorApps",
  Passkey: "passkeys",
  PasskeyCeremony: "passkeyCeremonies",
  RecoveryCode: "recoveryCodes",
  EmailChange: "emailChanges",
  AccountLink: "links",
  Activity: "activities",
  Challenge: "codes",
  PasswordReset: "passwordLinks",
  Session: "sessions",
  SignInJudgement: "signIns",
  Mail: "mails",
  MailChange: "mails",
  MarkedAddress: "markedAddresses",
  NoticeWindow: "noticeWindows",
  CallBack: "callBacks",
  CodeAttempts: "wrongCodes",
  RecoveryCase: "cases",
  CaseDocument: "caseDocuments",
  CaseDecision: "caseDecisions",
};

// Hashed addresses and mails of a trial mailbox, what staff did and set, and what anybody says below
// help articles: none of it belongs to an account.
const ofNobody = [
  "RateWindow",
  "FormPress",
  // What was typed for a page that has not been shown yet: sealed, of a browser, for 15 minutes.
  "ReturnedInput",
  "MailboxMessage",
  "AuditEntry",
  "Setting",
  "StaffInvitation",
  "HelpFeedback",
  "HelpRating",
  "HelpTally",
  "FigureQuarter",
  // What mails say to everybody, and who of the staff wrote it.
  "TemplateVersion",
  "TemplatePart",
  "TemplateDraft",
  "TemplateDraftAuthor",
  "TemplateLook",
  "TemplateFallback",
  "MailImage",
  "MailTally",
  "MailPace",
  "DeliveryReport",
  "ReturnReading",
  "MailOutage",
  "CanaryRun",
  "RunningProcess",
  "HelpQuestion",
];

test("it holds the rows of every model", async () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const models = [...schema.matchAll(/^model (\w+) /gm)].map((match) => match[1] ?? "");
  expect(models.sort()).toEqual([...Object.keys(exportedAs), ...ofNobody].sort());
  const file = await exported(await makeActor());
  for (const key of Object.values(exportedAs)) expect(file, key).toHaveProperty(key);
});

test("it holds nothing that opens or proves anything", async () => {
  const actor = await makeActor({ codeProven: false });
  const { accountId } = actor.session;
  await addFurther(accountId, "second@example.com");
  await askToWiden(actor, actorsPassword, { kind: "trust-browser" });
  const { key } = await addApp(accountId, "Blue phone");
  await addPasskeyRow(accountId, "Blue key");
  const codes = await addRecoveryCodes(accountId);
  const text = JSON.stringify(await exported(actor));
  const { passwordHash } = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(text).not.toContain(passwordHash);
  expect(text).not.toMatch(/passwordHash|secretHash|secretId|ticketHash|registration|generation/);
  expect(text).not.toMatch(/sealedKey|publicKey|"hash"|lastStep/);
  const base32 = spokenKey(key).replaceAll(" ", "");
  for (const secret of [base32, Buffer.from(key).toString("base64"), ...codes]) {
    expect(text).not.toContain(secret);
  }
  // Names and times of what there is.
  expect(text).toMatch(/Blue phone[\s\S]*Blue key/);
});

test("of a case of a lost mailbox it holds no document, no new address and nobody of the staff", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const at = new Date();
  const story = "I say that this account is mine.";
  const { id } = await db.recoveryCase.create({
    data: {
      reference: "K7QM-2PX",
      secretId: "of a key",
      accountId,
      accountEmail: actor.session.account.email,
      proof: "nothing",
      state: "open",
      newEmail: "ines.castro@elsewhere.example",
      whatHappened: story,
      userAgent: "test",
      locale: "en",
      createdAt: at,
      expiresAt: at,
      documents: {
        create: {
          name: "invoice.pdf",
          type: "application/pdf",
          size: 7,
          secretId: "of a key",
          sealed: Buffer.from("sealed!"),
          addedAt: at,
        },
      },
      decisions: {
        create: {
          staffId: accountId,
          staffName: "Rita Nobody",
          verdict: "ask",
          reason: "The invoice is missing.",
          round: 1,
          at,
        },
      },
    },
  });
  const file = await exported(actor);
  expect(file.cases).toMatchObject([{ reference: "K7QM-2PX", newEmail: "i•••@e•••.example" }]);
  expect(file.caseDocuments).toMatchObject([{ caseId: id, size: 7 }]);
  expect(file.caseDecisions).toMatchObject([{ caseId: id, verdict: "ask" }]);
  const text = JSON.stringify(file);
  expect(text).not.toMatch(/sealed|secretId|staffId|Rita|ines\.castro/);
  expect(text).not.toContain(story);
  await db.recoveryCase.update({ where: { id }, data: { proof: "session" } });
  expect(JSON.stringify(await exported(actor))).toContain(story);
});

test("it holds nothing of anybody else", async () => {
  const [actor, other] = [await makeActor(), await makeActor()];
  const text = JSON.stringify(await exported(actor));
  expect(text).not.toContain(other.session.accountId);
  expect(text).not.toContain(other.session.account.email);
});
