import { randomUUID } from "node:crypto";
import { findLiveSession } from "@/lib/account/session-store";
import { listEntries } from "@/lib/audit/list-entries";
import { db } from "@/lib/db/client";
import { foldFigures } from "@/lib/figures/fold-figures";
import { listFigures } from "@/lib/figures/list-figures";
import { deepHealth } from "@/lib/heartbeat/deep-health";
import { listActivities } from "@/lib/history/list-activities";
import { listSignIns } from "@/lib/history/list-sign-ins";
import { cleanUp, forgetAnswers } from "@/lib/jobs/clean-up";
import { forgetOldMails } from "@/lib/mail/keep-outbox";
import { takeMails } from "@/lib/mail/take-store";
import { checkPassword } from "@/lib/password/check-password";
import { listPlaces } from "@/lib/places/list-places";
import { listSessions } from "@/lib/sessions/list-sessions";
import { signIn } from "@/lib/sign-in/sign-in";
import { readCustomerPage } from "@/lib/support/customer-page";
import { findCustomers } from "@/lib/support/find-customers";
import { readWaitingCounts, readWhatWaits } from "@/lib/support/what-waits";
import { makeActor } from "@/lib/testing/actors";
import { madeId } from "@/lib/testing/crowd";
import { clientAt } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

const ask = {
  ...{ pace: { channel: "resend", intervalMs: 1, keepsSlotFree: false }, most: 1, spare: 0 },
  ...{ except: [], settled: [] },
};

/** Something that reads the tables. */
export type Step = { name: string; work: () => Promise<unknown> };

const searches: Record<string, string> = {
  "an e-mail": "crowd-77@example.com",
  "a further address": "further-7@example.com",
  "an e-mail of nobody": "nobody@example.com",
  "an IP of one": "20.0.1.7",
  "an IP of a mobile network": "100.64.0.7",
  "a shared IP": "10.0.0.1",
  "a /24 of few": "20.0.1.0/24",
  "a /24 of a mobile network": "100.64.0.0/24",
  "a /24 of one program": "185.60.7.0/24",
  "a /16": "20.1.0.0/16",
  "an IPv6 /48": "2a00:0:7::/48",
  "an IP of nobody": "192.0.2.7",
  "a reference of nobody": "K7QM-2PX",
  "a reference of a case": "R000-0077",
  "a name that many have": "Silva",
  "a whole name": "Ana Silva",
  "words of a name": "Novak Tomas",
  "part of a rare name": "khip",
  "two letters": "an",
  "two letters of few": "hg",
  "a name of nobody": "Nobody Of This Name",
};

/** What pages, sign-ins and the worker do, each as it is called. */
export async function growthSteps(password: string): Promise<Step[]> {
  const staff = await makeStaff("admin");
  const [{ id: plainId = "", programId = "" } = {}] = await db.$queryRawUnsafe<
    { id: string; programId: string }[]
  >(`SELECT ${madeId("'crowd 77'")} AS id, ${madeId("'crowd 1'")} AS "programId"`);
  const customer = await makeActor({ accountId: plainId, ip: "20.0.3.12" });
  const program = await makeActor({ accountId: programId, ip: "20.0.0.12" });
  const { session } = customer;
  const nobody = { action: "", staff: "", from: "", to: "", subject: "" };
  const utc = { after: null, timeZone: "UTC" };
  // Somebody else at each time.
  let [known, unknown] = [200, 300];
  const addressOf = (number: number) =>
    `20.0.${Math.floor((number * 10 + 2) / 256)}.${(number * 10 + 2) % 256}`;
  const enter = async (number: number, ip: string) => {
    const browserId = randomUUID();
    const client = clientAt(ip);
    const checked = await checkPassword(`crowd-${number}@example.com`, password, client, browserId);
    if (checked.kind !== "right") throw new Error(`The password was ${checked.kind}.`);
    const { accountId, passwordChangedAt: changedAt } = checked;
    const proof = { kind: "password", changedAt } as const;
    return signIn({ accountId, proof, client, browserId, callbackPath: null, earlier: null });
  };
  return [
    ...Object.entries(searches).map(([what, typed]) => ({
      name: `support searches ${what}`,
      work: () => findCustomers(staff, typed),
    })),
    { name: "support's first page", work: () => readWhatWaits() },
    { name: "counts on support's tabs", work: () => readWaitingCounts() },
    { name: "the worker's count", work: () => foldFigures() },
    { name: "the figures", work: () => listFigures() },
    { name: "a customer's page", work: () => readCustomerPage(staff, plainId, null) },
    { name: "the page of a program", work: () => readCustomerPage(staff, programId, null) },
    { name: "security: places", work: () => listPlaces(session, clientAt("20.0.3.12")) },
    { name: "security: sessions", work: () => listSessions(session) },
    { name: "security: history", work: () => listSignIns(session, { filter: "all", after: null }) },
    {
      name: "security: refused ones of a program",
      work: () => listSignIns(program.session, { filter: "refused", after: null }),
    },
    { name: "a session and its last sign-in", work: () => findLiveSession(program.session.id) },
    { name: "account: activity", work: () => listActivities(session, null) },
    { name: "audit", work: () => listEntries({ ...nobody }, utc) },
    {
      name: "audit by action",
      work: () => listEntries({ ...nobody, action: "block-lifted" }, utc),
    },
    {
      name: "a sign-in from a known place",
      work: () => {
        known += 1;
        return enter(known, addressOf(known));
      },
    },
    {
      name: "a sign-in from a new network",
      work: () => {
        unknown += 1;
        return enter(unknown, "192.0.2.9");
      },
    },
    { name: "the queue's next mail", work: () => takeMails(db, { ...ask, isForLongWait: false }) },
    {
      name: "the queue's longest wait",
      work: () => takeMails(db, { ...ask, isForLongWait: true }),
    },
    { name: "deep health", work: () => deepHealth() },
    { name: "the clean-up of a minute", work: () => forgetAnswers() },
    {
      name: "the clean-up of an hour",
      work: async () => {
        await forgetOldMails();
        await cleanUp();
      },
    },
  ];
}
