import { subjectsKnowing } from "@/lib/db/subjects";
import type { Database } from "@/lib/db/transaction";

/** Notes when an account ends; false when that was asked for before, and its end does not move. */
export async function storeClosing(
  tx: Database,
  accountId: string,
  moment: { askedAt: Date; closesAt: Date },
): Promise<boolean> {
  const { askedAt: closeAskedAt, closesAt } = moment;
  const asked = await tx.account.updateMany({
    where: { id: accountId, closesAt: null },
    data: { closeAskedAt, closesAt },
  });
  return asked.count === 1;
}

/** Takes a closing back; false when none was asked for. */
export async function dropClosing(tx: Database, accountId: string): Promise<boolean> {
  const kept = await tx.account.updateMany({
    where: { id: accountId, closesAt: { not: null } },
    data: { closeAskedAt: null, closesAt: null },
  });
  return kept.count === 1;
}

/** The accounts whose time is over. */
export async function findClosedAccounts(database: Database, now: Date): Promise<string[]> {
  const found = await database.account.findMany({
    where: { closesAt: { lte: now } },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}

/** An account whose time is over, else null: the customer may have kept it in the last moment. */
export function findClosedAccount(tx: Database, id: string, now: Date) {
  return tx.account.findFirst({
    where: { id, closesAt: { lte: now } },
    select: { id: true, email: true, locale: true, timeZone: true },
  });
}

/** The addresses that an account has or had and nobody else has now. */
async function findOwnAddresses(
  tx: Database,
  { id: accountId, email }: { id: string; email: string },
): Promise<string[]> {
  const confirmed = { accountId, confirmedAt: { not: null } };
  const further = await tx.furtherAddress.findMany({ where: confirmed });
  const done = { accountId, endedBecause: { in: ["done", "undone"] } };
  const changes = await tx.emailChange.findMany({ where: done });
  const before = changes.flatMap(({ oldEmail, newEmail }) => [oldEmail, newEmail]);
  const every = [...new Set([email, ...further.map((one) => one.email), ...before])];
  const taken = await tx.account.findMany({
    where: { email: { in: every }, id: { not: accountId } },
    select: { email: true },
  });
  return every.filter((one) => !taken.some((other) => other.email === one));
}

/** Deletes an account and everything that names it or its addresses, those of before too. */
export async function deleteAccount(
  tx: Database,
  account: { id: string; email: string },
): Promise<void> {
  const { id } = account;
  const emails = await findOwnAddresses(tx, account);
  const recipient = { in: emails };
  const { codes, counts } = subjectsKnowing({ id, emails });
  await tx.codeAttempts.deleteMany({ where: { subject: { in: codes } } });
  await tx.rateWindow.deleteMany({ where: { subject: { in: counts } } });
  await tx.challenge.deleteMany({ where: { email: recipient, accountId: null, caseId: null } });
  await tx.passkeyCeremony.deleteMany({ where: { accountId: id } });
  await tx.staffInvitation.deleteMany({ where: { email: recipient, endedAt: { not: null } } });
  // Those of before the account: its sign-up's code, links that were asked for in vain.
  const ofNobody = {
    recipient,
    accountId: null,
    // A code for somebody else's case, which asks for an address that was ours once.
    kind: { not: "new-address-code" },
    OR: [{ linkType: null }, { linkType: { notIn: ["case", "staff-invitation"] } }],
  };
  const mails = await tx.mail.findMany({
    where: { OR: [{ accountId: id }, ofNobody] },
    select: { id: true },
  });
  await tx.mailboxMessage.deleteMany({ where: { id: { in: mails.map((mail) => mail.id) } } });
  await tx.mail.deleteMany({ where: ofNobody });
  await tx.mailboxMessage.deleteMany({ where: { recipient } });
  const marked = emails.map((one) => one.toLowerCase());
  await tx.markedAddress.deleteMany({ where: { address: { in: marked } } });
  await tx.account.delete({ where: { id } });
}
