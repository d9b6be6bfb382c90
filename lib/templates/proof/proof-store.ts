import { notCanarysSql } from "@/lib/account/canary-sql";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Locale } from "@/lib/i18n/locales";
import type { MailKind } from "@/lib/mail/kinds";
import { PROOF_LOOKED_AT, PROOF_LOOKED_AT_ONCE, PROOF_MAILS } from "@/lib/templates/rules/limits";

/** A mail that a proof is made of: without its id, recipient and account. */
export type ProofRow = {
  timeZone: string | null;
  facts: unknown;
  createdAt: Date;
  ownerName: string | null;
  hasNotMe: boolean;
};

/** What was found, and among how much. */
export type ProofRows = {
  rows: ProofRow[];
  /** Whether older ones may be left, which were not looked for. */
  isCut: boolean;
  /** When the oldest mail was made that was looked at; null: there is none. */
  since: Date | null;
};

type Looked = { oldest: Date | null; looked: number; found: ProofRow[] | null };

// No index has the mails of a kind: the newest of all are looked through by when they were made.
const lookAt = (
  database: Database,
  { kind, locale }: { kind: MailKind; locale: Locale },
  { before, isFirst }: { before: Date; isFirst: boolean },
): Promise<Looked[]> => database.$queryRaw`
  WITH newest AS MATERIALIZED (
    SELECT kind, locale, state, time_zone, facts, created_at, owner_name, not_me_id, account_id FROM mail
    WHERE created_at < ${before} OR (${isFirst}::boolean AND created_at = ${before})
    ORDER BY created_at DESC LIMIT ${PROOF_LOOKED_AT_ONCE}::int)
  SELECT min(created_at) AS oldest, count(*)::int AS looked,
    jsonb_agg(jsonb_build_object('timeZone', time_zone, 'facts', facts, 'createdAt', created_at,
      'ownerName', owner_name, 'hasNotMe', not_me_id IS NOT NULL) ORDER BY created_at DESC)
      FILTER (WHERE kind = ${kind} AND locale = ${locale} AND state <> 'dropped'
        AND ${notCanarysSql(Prisma.sql`account_id`)}) AS found
  FROM newest`;

/**
 * The newest mails of a kind and language by a moment, as many as a proof has, looked for among the newest
 * of all kinds, some hundred by a statement: the table may hold millions.
 */
export async function findProofRows(
  database: Database,
  of: { kind: MailKind; locale: Locale },
  at: Date,
): Promise<ProofRows> {
  const rows: ProofRow[] = [];
  let since: Date | null = null;
  for (let looked = 0; looked < PROOF_LOOKED_AT; looked += PROOF_LOOKED_AT_ONCE) {
    const [step] = await lookAt(database, of, { before: since ?? at, isFirst: since === null });
    for (const row of step?.found ?? []) {
      rows.push({ ...row, createdAt: new Date(row.createdAt) });
    }
    since = step?.oldest ?? since;
    const isAll = (step?.looked ?? 0) < PROOF_LOOKED_AT_ONCE;
    if (rows.length >= PROOF_MAILS) break;
    if (isAll) return { rows, isCut: false, since };
  }
  return { rows: rows.slice(0, PROOF_MAILS), isCut: true, since };
}

/** Whether a member of staff looked at the proof sheet of a text since a moment, by the audit log. */
export async function wasProofViewed(
  database: Database,
  { staffId, text, since }: { staffId: string; text: string; since: Date },
): Promise<boolean> {
  const found = await database.auditEntry.findFirst({
    where: {
      ...{ actorId: staffId, action: "proof-viewed" },
      ...{ subjectKind: "template", subjectId: text, at: { gt: since } },
    },
    select: { seq: true },
  });
  return found !== null;
}
