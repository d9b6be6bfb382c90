import type { Actor } from "@/lib/account/actor";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { findCodeMailsOf, findOwnMails, type MailRow } from "@/lib/history/mail-store";
import { OWN_MAILS_SHOWN } from "@/lib/history/rules/limits";
import { type WayStep, wayOf } from "@/lib/history/rules/mail-way";
import { type ShownMail, shownMail } from "@/lib/history/shown-mail";
import { afterDays } from "@/lib/moments";
import { shownEmail } from "@/lib/typed/email-address";

/** A mail as its customer sees it: where it went, and what became of it. */
export type OwnMail = ShownMail & { id: string; at: Date; way: WayStep[] };

function ownMail(row: MailRow, now: Date): OwnMail | null {
  const mail = shownMail(row, shownEmail);
  return mail && { ...mail, id: row.id, at: row.createdAt, way: wayOf(row, now) };
}

/** The newest mails to a customer that are kept. */
export async function listOwnMails({ accountId }: Actor["session"]): Promise<OwnMail[]> {
  const now = readClock();
  const which = { accountId, since: afterDays(now, -env().mailKeptDays), limit: OWN_MAILS_SHOWN };
  const rows = await findOwnMails(database, which);
  return rows.flatMap((row) => ownMail(row, now) ?? []);
}

/**
 * The mails with the codes that were asked for at some moments, by the moment; those that are kept.
 *
 * @param moments of sign-ins, each as its judgement has it
 */
export async function codeMailsAt(
  accountId: string,
  moments: readonly Date[],
): Promise<Map<number, OwnMail[]>> {
  const found = new Map<number, OwnMail[]>();
  const [first] = moments.toSorted((one, other) => one.getTime() - other.getTime());
  if (first === undefined) return found;
  const now = readClock();
  const rows = await findCodeMailsOf(database, { accountId, moments, since: first });
  for (const row of rows) {
    const { at } = row.facts as { at?: string };
    const mail = ownMail(row, now);
    const key = new Date(at ?? 0).getTime();
    if (mail !== null) found.set(key, [...(found.get(key) ?? []), mail]);
  }
  return found;
}
