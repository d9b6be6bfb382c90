import { randomUUID } from "node:crypto";
import type { StaffMember } from "@/lib/account/staff-member";
import { sealDocument } from "@/lib/cases/documents/document-seal";
import { decideCase } from "@/lib/cases/review/review-decide";
import type { Decision } from "@/lib/cases/rules/judge-decision";
import { eraseClosedAccounts } from "@/lib/closing/erase-closed-accounts";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { type Database, inTransaction } from "@/lib/db/transaction";
import type { Prisma } from "@/lib/generated/prisma/client";
import { presentSecretId } from "@/lib/secrets/code";
import { newReference } from "@/lib/secrets/reference";
import { makeActor } from "@/lib/testing/actors";
import { caseNow } from "@/lib/testing/drafts";
import { freshAddress } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { countWaiting } from "@/lib/testing/waiting";

/** Why staff of tests decide as they do. */
export const reason = "The passport has the same name and birthday.";

/** A case that was sent, of a customer of its own unless another account (or null) is given. */
export async function makeCase(data: Partial<Prisma.RecoveryCaseUncheckedCreateInput> = {}) {
  const at = new Date();
  const accountId =
    data.accountId === undefined ? (await makeActor()).session.accountId : data.accountId;
  const account =
    accountId === null ? null : await db.account.findUniqueOrThrow({ where: { id: accountId } });
  return db.recoveryCase.create({
    data: {
      reference: newReference(),
      secretId: presentSecretId(),
      accountEmail: account?.email ?? freshAddress(),
      proof: "password",
      state: "open",
      newEmail: freshAddress(),
      newEmailConfirmedAt: at,
      whatHappened: "My old provider closed the mailbox.",
      ip: "198.51.100.20",
      countryCode: "PT",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      locale: "en",
      createdAt: at,
      expiresAt: new Date(at.getTime() + 86_400_000),
      sentAt: at,
      ...data,
      accountId,
    },
  });
}

/** What a customer did who asked for the end of their account: its days are over. */
export async function askToClose({ accountId }: { accountId: string | null }): Promise<void> {
  const closesAt = new Date();
  await db.account.update({ where: { id: accountId ?? "" }, data: { closesAt } });
}

/** Closes the account of a case, as it is done once its days are over. */
export async function closeAccountOf(of: { accountId: string | null }): Promise<void> {
  await askToClose(of);
  await eraseClosedAccounts();
}

/**
 * Starts something several times while the lock of a subject is held, and lets go once each of them
 * waits for its turn.
 *
 * @param meanwhile what happens before that, in the transaction that holds the lock
 */
export async function queueUp<T>(
  subject: string,
  works: (() => Promise<T>)[],
  meanwhile: (tx: Database) => Promise<unknown> = async () => undefined,
): Promise<T[]> {
  let running: Promise<T>[] = [];
  await inTransaction(async (tx) => {
    await lockSubject(tx, subject);
    running = works.map((work) => work());
    let waiting = 0;
    while (waiting < works.length) waiting = await countWaiting();
    await meanwhile(tx);
  });
  return Promise.all(running);
}

/** Adds a document to a case. */
export async function addDocument(
  caseId: string,
  document: { name?: string; type?: string; bytes?: Buffer } = {},
) {
  const id = randomUUID();
  const { name = "passport.png", type = "image/png", bytes = Buffer.from("a picture") } = document;
  const sealed = sealDocument(id, bytes);
  const row = { id, caseId, name, type, size: bytes.length, addedAt: new Date(), ...sealed };
  return db.caseDocument.create({ data: row });
}

/** Decides about a case as it is now. */
export async function decideNow(
  staff: StaffMember,
  id: string,
  decision: Decision,
  text: string = reason,
) {
  const { version: seenVersion } = await caseNow(id);
  return decideCase(staff, { id, seenVersion, decision, text });
}

/** What waits to be sent to the owners of cases is sent. */
export const sendWord = () =>
  db.mail.updateMany({
    where: { kind: { in: ["case-will-change", "case-reminder", "factors-case-will-end"] } },
    data: { state: "sent" },
  });

/** A case that is agreed to now, and of which the owner is notified: due in 72 hours. */
export async function makeApproved(data: Parameters<typeof makeCase>[0] = {}) {
  const { id } = await makeCase(data);
  await decideNow(await makeStaff("support"), id, "approve");
  await decideNow(await makeStaff("support"), id, "approve");
  await sendWord();
  const found = await caseNow(id);
  return { ...found, accountId: found.accountId ?? "", newEmail: found.newEmail ?? "" };
}

/** The mails that went to an address, by their kinds, the oldest first. */
export async function kindsTo(recipient: string | null): Promise<string[]> {
  const mails = await db.mail.findMany({
    where: { recipient: recipient ?? "" },
    orderBy: [{ createdAt: "asc" }],
  });
  return mails.map(({ kind }) => kind);
}
