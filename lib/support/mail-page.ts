import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { database, inTransaction } from "@/lib/db/transaction";
import { type ListedMail, listedMail } from "@/lib/history/list-mails";
import type { Locale } from "@/lib/i18n/locales";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import { afterMinutes } from "@/lib/moments";
import {
  findCaseOfMail,
  findMail,
  findTextAt,
  type StoredMail,
  wasMailViewed,
} from "@/lib/support/mail-store";
import { localeOfMail, type MadeAgain, makeAgain } from "@/lib/support/make-again";
import { areAddressesShown } from "@/lib/support/record-view";
import { MINUTES_BETWEEN_VIEWS } from "@/lib/support/rules/limits";
import type { WriteAddress } from "@/lib/support/timeline";
import { isId } from "@/lib/typed/is-id";
import { maskEmail } from "@/lib/typed/mask-email";

/** Which text a mail was made of. */
export type TextOfMail =
  | { kind: "version" | "fell-back"; number: number; at: Date }
  /** `fell-back-unknown`: nothing is known of the text that could not be used. */
  | { kind: "built-in" | "fell-back-unknown" | "not-yet" };

/** Everything that `/support/mails/[id]` shows. */
export type MailPage = {
  /** Whose it is: an account, or a case that has none. */
  owner: { kind: "account" | "case"; id: string };
  mail: ListedMail;
  locale: Locale;
  reference: string;
  text: TextOfMail;
  /** As it was sent, masked; null: it cannot be made any more. */
  made: RenderedMail | null;
};

/**
 * Reads a mail that a customer got, and notes that it was looked at.
 *
 * @param id as the address says it, from anybody
 * @returns null: there is no such mail any more, or it is no customer's
 */
export async function readMailPage(staff: StaffMember, id: string): Promise<MailPage | null> {
  const stored = isId(id) ? await findMail(database, id) : null;
  const owner = stored && (await ownerOf(stored));
  if (stored === null || owner === null) return null;
  const now = readClock();
  const areShown =
    owner.kind === "account" && (await areAddressesShown(database, staff, owner.id, now));
  const write: WriteAddress = areShown ? (email) => email : maskEmail;
  const mail = listedMail(stored, write);
  if (mail === null) return null;
  await recordMailView(staff, { mailId: stored.id, owner, now });
  const again = await makeAgain(stored, mail.kind, write);
  return {
    ...{ owner, mail, locale: localeOfMail(stored), reference: mailReferenceOf(stored.id) },
    text: await textOf(stored, again?.of ?? "built-in"),
    made: again?.made ?? null,
  };
}

/** Whose a mail is; null: no customer's. */
async function ownerOf({ accountId, linkType, linkRowId }: StoredMail) {
  if (accountId !== null) return { kind: "account" as const, id: accountId };
  if (linkType !== "case" || linkRowId === null) return null;
  const found = await findCaseOfMail(database, linkRowId);
  if (found === null) return null;
  return found.accountId === null
    ? { kind: "case" as const, id: found.id }
    : { kind: "account" as const, id: found.accountId };
}

async function textOf(stored: StoredMail, of: MadeAgain["of"]): Promise<TextOfMail> {
  const { edition, kind: subject } = stored;
  if (edition === null) return { kind: stored.state === "queued" ? "not-yet" : "built-in" };
  if (of === "built-in") return { kind: "built-in" };
  const which = { subject, language: localeOfMail(stored), edition: Number(edition) };
  const version = await findTextAt(database, which);
  if (version === null) return { kind: of === "text" ? "built-in" : "fell-back-unknown" };
  return { kind: of === "text" ? "version" : "fell-back", ...version };
}

/** Writes into the audit log that a member of staff looks at a mail, once in 15 minutes. */
async function recordMailView(
  staff: StaffMember,
  { mailId, owner, now }: { mailId: string; owner: MailPage["owner"]; now: Date },
): Promise<void> {
  const staffId = staff.session.accountId;
  const since = afterMinutes(now, -MINUTES_BETWEEN_VIEWS);
  const look = { staffId, mailId, subjectId: owner.id, since };
  if (await wasMailViewed(database, look)) return;
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.mailViewed(staffId, mailId));
    if (await wasMailViewed(tx, look)) return;
    const details = { mail: mailId };
    await recordAudit(tx, staff, { action: "mail-viewed", subject: owner, details, now });
  });
}
