import { setImmediate } from "node:timers/promises";
import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { database, inTransaction } from "@/lib/db/transaction";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import type { MailKind } from "@/lib/mail/kinds";
import type { RenderedMail } from "@/lib/mail/rendered-mail";
import type { TextKey } from "@/lib/mail-document/text-key";
import { afterMinutes } from "@/lib/moments";
import { type ProofedMail, type ProofTrouble, proofingOf } from "@/lib/templates/proof/proof-mail";
import { findProofRows, wasProofViewed } from "@/lib/templates/proof/proof-store";
import { findProofedText, type ProofedText } from "@/lib/templates/proof/proofed-text";
import { MINUTES_BETWEEN_PROOFS } from "@/lib/templates/rules/limits";
import { kindOf, textName } from "@/lib/templates/text-key-of";

/** One of the mails that a sheet shows. */
export type ListedProof = {
  /** 1 is the newest. */
  number: number;
  /** Null: it breaks, so that it has none. */
  subject: string | null;
  previewLine: string;
  troubles: ProofTrouble[];
};

/** What a text makes of the mails that went out last. */
export type ProofSheet = {
  of: ProofedText["of"];
  /** Those with a trouble first, then the newest. */
  mails: ListedProof[];
  /** How many have none. */
  fine: number;
  troubles: { kind: ProofTrouble["kind"]; mails: number }[];
  /** How many are sent with the built-in text, whatever is published. */
  builtIn: number;
  /** By when they were looked for, and since when; `isCut`: older ones may be left. */
  at: Date;
  since: Date | null;
  isCut: boolean;
};

const MAILS_AT_ONCE = 10;

// Two hundred mails take a part of a second of the processor: one sheet after the other.
let before: Promise<unknown> = Promise.resolve();

function inTurn<Made>(work: () => Promise<Made>): Promise<Made> {
  const made = before.then(work);
  before = made.catch(() => undefined);
  return made;
}

/** Which mails a text is of; null: it is a block or what is set once for all mails. */
function mailsOf(key: TextKey): { kind: MailKind; locale: Locale } | null {
  const kind = kindOf(key);
  return kind !== null && isLocale(key.language) ? { kind, locale: key.language } : null;
}

const troubleKinds: ProofTrouble["kind"][] = [
  ...(["breaks", "missing", "overflow", "long-subject", "heavy"] as const),
];

/**
 * Makes the mails that went out last anew, of a text's draft or else of what is live, with every value
 * masked, and notes that it was looked at.
 *
 * @param at by when they were made
 * @returns null: there are no mails of such a text
 */
export async function proofText(
  staff: StaffMember,
  key: TextKey,
  at: Date,
): Promise<ProofSheet | null> {
  const mails = mailsOf(key);
  if (mails === null) return null;
  await recordProof(staff, key);
  return inTurn(async () => {
    const text = await findProofedText(key, mails);
    const { rows, ...looked } = await findProofRows(database, mails, at);
    const make = proofingOf(text);
    const made: ProofedMail[] = [];
    for (const row of rows) {
      // Whoever asks for a page meanwhile is served between some of them.
      if (made.length % MAILS_AT_ONCE === 0) await setImmediate();
      made.push(await make(row));
    }
    return { of: text.of, at, ...looked, ...sheetOf(made) };
  });
}

function sheetOf(made: ProofedMail[]) {
  const listed = made.map(
    ({ made: mail, previewLine, troubles }, index): ListedProof => ({
      ...{ number: index + 1, subject: mail?.subject ?? null, previewLine, troubles },
    }),
  );
  const marked = listed.filter(({ troubles }) => troubles.length > 0);
  const fine = listed.filter(({ troubles }) => troubles.length === 0);
  const withTrouble = (kind: ProofTrouble["kind"]) =>
    marked.filter(({ troubles }) => troubles.some((one) => one.kind === kind)).length;
  return {
    mails: [...marked, ...fine],
    fine: fine.length,
    troubles: troubleKinds
      .map((kind) => ({ kind, mails: withTrouble(kind) }))
      .filter(({ mails }) => mails > 0),
    builtIn: made.filter(({ isBuiltIn }) => isBuiltIn).length,
  };
}

/**
 * One mail of a sheet as a whole, likewise.
 *
 * @param which `at` of the sheet, and its number there
 * @returns null: there is none, or it breaks
 */
export async function proofMail(
  staff: StaffMember,
  key: TextKey,
  { at, number }: { at: Date; number: number },
): Promise<RenderedMail | null> {
  const mails = mailsOf(key);
  if (mails === null) return null;
  await recordProof(staff, key);
  return inTurn(async () => {
    const { rows } = await findProofRows(database, mails, at);
    const row = rows[number - 1];
    if (row === undefined) return null;
    return (await proofingOf(await findProofedText(key, mails))(row)).made;
  });
}

/** Writes into the audit log that a member of staff looks at a sheet, once in 15 minutes. */
async function recordProof(staff: StaffMember, key: TextKey): Promise<void> {
  const now = readClock();
  const text = textName(key);
  const staffId = staff.session.accountId;
  const look = { staffId, text, since: afterMinutes(now, -MINUTES_BETWEEN_PROOFS) };
  if (await wasProofViewed(database, look)) return;
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.proofViewed(staffId, text));
    if (await wasProofViewed(tx, look)) return;
    const subject = { kind: "template" as const, id: text };
    await recordAudit(tx, staff, { action: "proof-viewed", subject, now });
  });
}
