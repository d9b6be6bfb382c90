import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findLiveSession } from "@/lib/account/session-store";
import type { StaffMember } from "@/lib/account/staff-member";
import { findApplicant } from "@/lib/cases/request/find-applicant";
import { db } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { listFigures } from "@/lib/figures/list-figures";
import { foldQuarters } from "@/lib/figures/store";
import {
  countMarked,
  countVerdicts,
  findDomains,
  findFailures,
  findTimes,
  findTypedTimes,
  findWaiting,
} from "@/lib/heartbeat/metrics-store";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { readBlockPage } from "@/lib/support/block-page";
import { readCustomerPage } from "@/lib/support/customer-page";
import { findCustomers } from "@/lib/support/find-customers";
import { findSubject } from "@/lib/support/find-subject";
import { readMailPage } from "@/lib/support/mail-page";
import { readWhatWaits } from "@/lib/support/what-waits";
import { findProofRows } from "@/lib/templates/proof/proof-store";
import { countSent } from "@/lib/templates/sent-store";
import { tallyMails } from "@/lib/templates/tally-mails";
import { makeActor } from "@/lib/testing/actors";
import { blockAt, startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { notice } from "@/lib/testing/mails";
import { cookieOf, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { forgetTexts } from "@/lib/testing/texts";

testDatabase();

/** What an account leaves in the tables, of everything that is counted, listed or looked for. */
type Traces = {
  accountId: string;
  email: string;
  name: string;
  ip: string;
  blockReference: string;
  pending: { reference: string; challengeId: string; secret: string };
  sessionId: string;
  mailId: string;
};

const now = () => new Date();
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
let staff: StaffMember;
let unknown: Traces;

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE account, mail, mail_tally, figure_quarter, marked_address, code_attempts,
    challenge, sign_in_judgement, rate_window CASCADE`;
  staff = await makeStaff("support");
  await db.signInJudgement.deleteMany();
  unknown = {
    ...{ accountId: randomUUID(), email: "nobody@nowhere.example", name: "Nobody Nowhere" },
    ...{ ip: "198.51.100.250", blockReference: "K7QM-2PX", mailId: randomUUID() },
    pending: { reference: "K7QM-2PW", challengeId: randomUUID(), secret: "x" },
    sessionId: randomUUID(),
  };
});
afterEach(forgetTexts);

async function leaveTraces({ isCanary }: { isCanary: boolean }): Promise<Traces> {
  const email = `${isCanary ? "canary" : "maria"}@traces.example`;
  const { id: accountId } = await makeAccount({ email, trusted: ["198.51.100.67"] });
  const name = isCanary ? "Canary Bird" : "Maria Silva";
  await db.account.update({ where: { id: accountId }, data: { isCanary, name } });
  const judged = { accountId, userAgent: "", at: ago(1) };
  await db.signInJudgement.createMany({
    data: [
      { ...judged, verdict: "entered", because: "right-code", codeSeconds: 20 },
      { ...judged, verdict: "blocked", because: "blocked-by-wrong-codes" },
    ],
  });
  const { session } = await makeActor({ accountId, ip: "198.51.100.67" });
  const pending = await startSignIn(accountId);
  const mail = { ...notice({ recipient: email, accountId }), nextTryAt: now() };
  const at = { createdAt: ago(2), triedAt: ago(1), channel: "smtp" };
  await db.mail.create({ data: { ...mail, ...at, state: "sent", sentAt: ago(1) } });
  const { id: mailId } = await db.mail.create({ data: { ...mail, ...at, state: "refused" } });
  const refused = { state: "refused", source: "hand-over", channel: "smtp", reason: "no-mailbox" };
  await db.mailChange.create({ data: { mailId, ...refused, at: ago(1), notedAt: ago(1) } });
  const back = await db.mail.create({ data: { ...mail, ...at, state: "sent", sentAt: ago(1) } });
  await db.mailChange.create({
    data: { mailId: back.id, ...refused, source: "webhook", at: ago(1), notedAt: ago(1) },
  });
  await db.mail.create({ data: { ...mail, createdAt: ago(3) } });
  await db.markedAddress.create({
    data: { address: email, because: "bounced", markedAt: ago(1) },
  });
  return {
    ...{ accountId, email, name, ip: "198.51.100.67", mailId, sessionId: session.id },
    blockReference: await blockAt(accountId, "198.51.100.68"),
    pending: { reference: pending.reference, challengeId: pending.id, secret: pending.secret },
  };
}

const found = (typed: string) => findCustomers(staff, typed);
const moment = new Date("2026-01-01T00:00:00Z");

/** Whatever counts, lists or looks for anything of accounts, their mails and sign-ins. */
const looks: Record<string, (of: Traces) => Promise<unknown>> = {
  "the desk's counts and lists": () => readWhatWaits(),
  "a search for its address": ({ email }) => found(email),
  "a search for its name": ({ name }) => found(name),
  "a search for its network": ({ ip }) => found(ip),
  "a search for its block": ({ blockReference }) => found(blockReference),
  "a search for its pending sign-in": ({ pending }) => found(pending.reference),
  "a search for its mail": ({ mailId }) => found(mailReferenceOf(mailId)),
  "whom the audit log is about": ({ email }) => findSubject(staff, email),
  "its page": ({ accountId }) => readCustomerPage(staff, accountId, null),
  "its mail's page": ({ mailId }) => readMailPage(staff, mailId),
  "its block's page": ({ blockReference }) => readBlockPage(staff, blockReference),
  "a case, asked for in its session": async ({ sessionId }) =>
    findApplicant(await findLiveSession(sessionId), null),
  "a case, asked for at its pending sign-in": ({ pending }) =>
    findApplicant(null, cookieOf(pending)),
  "the figures of now": () => listFigures(),
  "the figures that are kept": async () => {
    const quarter = 15 * 60_000;
    const from = new Date(Math.floor(ago(60).getTime() / quarter) * quarter);
    await foldQuarters(database, from, new Date(from.getTime() + 8 * quarter));
    return db.figureQuarter.aggregate({
      _sum: { signIns: true, mailsRefused: true, mailsReturned: true },
    });
  },
  "how often a text went out": async () => {
    await tallyMails();
    return countSent(database, moment);
  },
  "the proof sheet of a text": async () =>
    (await findProofRows(database, { kind: "new-browser", locale: "en" }, now())).rows,
  "the queue": async () =>
    (await findWaiting(now())).map(({ waiting, urgency }) => ({ waiting, urgency })),
  "the times of mails": () => findTimes(ago(60), ["smtp"]),
  "the times of codes": () => findTypedTimes(ago(60)),
  "failed mails": () => findFailures(ago(60)),
  "receiving domains": () => findDomains(ago(60)),
  "marked addresses": () => countMarked(),
  "sign-ins by verdict": () => countVerdicts(ago(60)),
};

test.each(Object.entries(looks))("the canary stands nowhere: %s", async (_, look) => {
  const nothing = await look(unknown);
  const canary = await leaveTraces({ isCanary: true });
  expect(await look(canary)).toEqual(nothing);
  // The same of a customer is seen there.
  expect(await look(await leaveTraces({ isCanary: false }))).not.toEqual(nothing);
});
