import { readClock } from "@/lib/clock";
import type { Database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { findMails, type MailRow } from "@/lib/history/mail-store";
import { MAILS_SHOWN } from "@/lib/history/rules/limits";
import { type WayStep, wayOf } from "@/lib/history/rules/mail-way";
import { type ShownMail, shownMail } from "@/lib/history/shown-mail";
import { afterDays } from "@/lib/moments";

/** A mail to a customer, and how far it has come. */
export type ListedMail = ShownMail & {
  id: string;
  at: Date;
  sentAt: Date | null;
  /** Of one that waits: how often it was tried, when next, and what the provider said last. */
  attempts: number;
  nextTryAt: Date;
  lastError: string | null;
  /** What became of it, as far as it is known. */
  way: WayStep[];
};

const ERROR_SHOWN = 200;
const address = /[^\s<>@"'(),;:]+@[^\s<>@"'(),;:]+/g;

/** A text with the addresses in it written otherwise. */
export const withAddresses = (text: string, write: (email: string) => string): string =>
  text.replace(address, write);

/**
 * A stored mail as support sees it; null for a kind that this version does not know.
 *
 * @param write how addresses are written
 */
export function listedMail(row: MailRow, write: (email: string) => string): ListedMail | null {
  const mail = shownMail(row, write);
  if (mail === null) return null;
  const { id, createdAt, sentAt, attempts, nextTryAt } = row;
  // A provider's words may repeat the recipient.
  const lastError = row.lastError && withAddresses(row.lastError, write).slice(0, ERROR_SHOWN);
  const way = wayOf(row, readClock()).map((step) => ({
    ...step,
    words: step.words && withAddresses(step.words, write),
  }));
  return { ...mail, id, at: createdAt, sentAt, attempts, nextTryAt, lastError, way };
}

/** The newest mails that are kept to the new address of a case, which stands there whole. */
export async function listMailsOfCase(
  database: Database,
  caseId: string,
  now: Date,
): Promise<ListedMail[]> {
  const since = afterDays(now, -env().mailKeptDays);
  const rows = await findMails(database, { caseId, since, limit: MAILS_SHOWN });
  return rows.map((row) => listedMail(row, (email) => email)).filter((mail) => mail !== null);
}
