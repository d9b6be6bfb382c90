import { expect, test } from "vitest";
import { addDocument } from "@/lib/cases/request/add-document";
import { answerCase } from "@/lib/cases/request/answer-case";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { lookUpCase } from "@/lib/cases/request/look-up-case";
import { sendCase } from "@/lib/cases/request/send-case";
import { readStatusPage } from "@/lib/cases/request/status-page";
import { withdrawCase } from "@/lib/cases/request/withdraw-case";
import { closeAccount } from "@/lib/closing/close-account";
import { db } from "@/lib/db/client";
import { cleanUp } from "@/lib/jobs/clean-up";
import { openClaims } from "@/lib/mail/claims";
import { openLinkToken } from "@/lib/secrets/link-token";
import { actorsPassword, addFurther, makeActor } from "@/lib/testing/actors";
import { laterDays, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { pdf } from "@/lib/testing/documents";
import {
  applicantOf,
  caseNow,
  fillIn,
  kindsTo,
  mailsTo,
  sentCase,
  somewhere,
  startFor,
} from "@/lib/testing/drafts";
import { recordingTransport } from "@/lib/testing/mails";
import { freshAddress } from "@/lib/testing/people";

const url = testDatabase();
stoppedClock();

/** A customer whose account is erased while a request of theirs waits. */
async function erased() {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await addFurther(accountId, `second-${account.email}`);
  await closeAccount(actor, actorsPassword);
  laterDays(13.5);
  const sent = await sentCase(applicantOf(actor));
  const { reference } = await caseNow(sent.id);
  await db.caseDecision.create({
    data: {
      caseId: sent.id,
      staffId: accountId,
      staffName: "Rita",
      verdict: "ask",
      reason: `Is it ${account.name}?`,
      round: 1,
      at: new Date(),
    },
  });
  const draft = await startFor(applicantOf(actor));
  await fillIn(draft, freshAddress());
  laterDays(14);
  await Promise.all([cleanUp(), cleanUp()]);
  return { ...sent, accountId, old: account.email, reference, draft };
}

test("whoever asked is notified that the request has ended, by a mail that can be sent", async () => {
  const { id, email, old } = await erased();
  expect(await kindsTo(email)).toEqual(["case-stopped"]);
  expect(await kindsTo(old)).toEqual(["account-closed"]);
  const [mail] = await mailsTo(email);
  const { transport, taken } = recordingTransport();
  const claims = openClaims(url());
  try {
    expect(await deliverMail(mail?.id ?? "", { claims, transport })).toBe("sent");
  } finally {
    await claims.close();
  }
  const [, token = ""] = /recover\/status\?token=([\w-]{64})/.exec(taken[0]?.text ?? "") ?? [];
  expect(openLinkToken("case", token)).toBe(id);
  expect(await readStatusPage(token)).toMatchObject({ state: "closed", canWithdraw: false });
});

test("what is left of a case names nobody, and takes nothing more", async () => {
  const { id, token, email, old, reference, accountId } = await erased();
  const row = JSON.stringify(await caseNow(id));
  for (const trace of [old, email, accountId, "Firefox", "employer"]) {
    expect(row).not.toContain(trace);
  }
  expect(await db.caseDocument.count({ where: { caseId: id } })).toBe(0);
  expect(await db.caseDecision.count({ where: { caseId: id } })).toBe(0);
  expect(await db.challenge.count({ where: { email } })).toBe(0);
  expect(await answerCase(token, "Hello?")).toEqual({ kind: "over" });
  expect(await withdrawCase(token, somewhere())).toEqual({ kind: "over" });
  expect(await addDocument(id, { name: "a.pdf", bytes: pdf() }, somewhere())).toEqual({
    kind: "over",
  });
  expect(await lookUpCase({ reference, email }, somewhere())).toEqual({ kind: "unknown" });
});

test("a draft goes with its account: it cannot be sent, and its page offers a new start", async () => {
  const { draft } = await erased();
  expect(await db.recoveryCase.count({ where: { id: draft } })).toBe(0);
  expect(await readDraftPage(draft)).toEqual({ kind: "none" });
  expect(await sendCase(draft, somewhere())).toEqual({ kind: "no-draft" });
});

test("30 days later nothing is left of it at all", async () => {
  const { id } = await erased();
  laterDays(43.9);
  await cleanUp();
  expect(await db.recoveryCase.count({ where: { id } })).toBe(1);
  laterDays(44.1);
  await cleanUp();
  expect(await db.recoveryCase.count({ where: { id } })).toBe(0);
});

test("somebody else's case stays as it is, also one for the same new address", async () => {
  const other = await sentCase(applicantOf(await makeActor()));
  const before = await caseNow(other.id);
  await erased();
  expect(await caseNow(other.id)).toEqual(before);
  expect(await kindsTo(other.email)).toEqual(["case-received", "new-address-code"]);
});
