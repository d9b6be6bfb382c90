import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Cursor, ROWS_PER_PAGE } from "@/lib/history/rules/page-cursor";

/** Something that happened on an account, from whichever table. What is not of its source is null. */
export type TimelineRow = {
  /** Of rows without an id of their own: made from what distinguishes them. */
  id: string;
  at: Date;
  source: "sign-in" | "activity" | "mail" | "block" | "decision" | "audit";
  /** A verdict, kind, cause or action. */
  kind: string;
  /** Why a sign-in was judged so, or the reference of a block or case. */
  detail: string | null;
  ip: string | null;
  countryCode: string | null;
  userAgent: string | null;
  about: unknown;
  /** Who of the staff did it. */
  who: string | null;
  reason: string | null;
};

// The columns of every source after id, at, source, kind and detail, in this order.
const nobody = Prisma.sql`NULL::text AS ip, NULL::text AS country, NULL::text AS agent`;
const plain = Prisma.sql`NULL::jsonb AS about, NULL::text AS who, NULL::text AS reason`;

/**
 * What happened on an account in one order, the latest first: one page and one row more. Each source
 * gives no more than a page, by its own index.
 */
export function findTimeline(
  database: Database,
  accountId: string,
  { after, sources }: { after: Cursor | null; sources: readonly TimelineRow["source"][] },
): Promise<TimelineRow[]> {
  const limit = ROWS_PER_PAGE + 1;
  const page = (at: Prisma.Sql, id: Prisma.Sql) =>
    Prisma.sql`${
      after === null
        ? Prisma.empty
        : Prisma.sql`AND (${at}, ${id}) < (${after.at}, ${after.id}::uuid)`
    } ORDER BY ${at} DESC, ${id} DESC LIMIT ${limit}`;
  const blockId = Prisma.sql`md5(t.subject || t.place)::uuid`;
  const auditId = Prisma.sql`md5('audit ' || a.seq)::uuid`;
  const parts: Record<TimelineRow["source"], Prisma.Sql> = {
    "sign-in": Prisma.sql`
      (SELECT j.id, j.at, 'sign-in' AS source, j.verdict AS kind, j.because AS detail, j.ip,
          j.country_code AS country, j.user_agent AS agent, ${plain}
        FROM sign_in_judgement j WHERE j.account_id = ${accountId}::uuid
        ${page(Prisma.sql`j.at`, Prisma.sql`j.id`)})`,
    activity: Prisma.sql`
      (SELECT c.id, c.at, 'activity' AS source, c.kind, NULL AS detail, c.ip,
          c.country_code AS country, c.user_agent AS agent, c.about, NULL AS who, NULL AS reason
        FROM activity c WHERE c.account_id = ${accountId}::uuid
        ${page(Prisma.sql`c.at`, Prisma.sql`c.id`)})`,
    mail: Prisma.sql`
      (SELECT m.id, m.created_at AS at, 'mail' AS source, m.kind, NULL AS detail, ${nobody}, ${plain}
        FROM mail m WHERE m.account_id = ${accountId}::uuid
        ${page(Prisma.sql`m.created_at`, Prisma.sql`m.id`)})
      UNION ALL (SELECT m.id, m.created_at, 'mail', m.kind, NULL, ${nobody}, ${plain}
        FROM mail m WHERE m.account_id IS NULL AND m.link_type = 'case' AND m.link_row_id IN (
          SELECT r.id FROM recovery_case r WHERE r.account_id = ${accountId}::uuid)
        ${page(Prisma.sql`m.created_at`, Prisma.sql`m.id`)})`,
    block: Prisma.sql`
      (SELECT ${blockId} AS id, t.blocked_at AS at, 'block' AS source,
          coalesce(t.block_because, 'wrong-codes') AS kind, t.block_reference AS detail,
          split_part(t.place, '@', 1) AS ip, NULL AS country, NULL AS agent, ${plain}
        FROM code_attempts t WHERE t.subject = ${accountId} AND t.blocked_at IS NOT NULL
        ${page(Prisma.sql`t.blocked_at`, blockId)})`,
    decision: Prisma.sql`
      (SELECT d.id, d.at, 'decision' AS source, d.verdict AS kind, r.reference AS detail, ${nobody},
          NULL::jsonb AS about, d.staff_name AS who, d.reason
        FROM recovery_case r CROSS JOIN LATERAL (SELECT * FROM case_decision d
          WHERE d.case_id = r.id ${page(Prisma.sql`d.at`, Prisma.sql`d.id`)}) d
        WHERE r.account_id = ${accountId}::uuid)`,
    audit: Prisma.sql`
      (SELECT ${auditId} AS id, a.at, 'audit' AS source, a.action AS kind, NULL AS detail, ${nobody},
          NULL::jsonb AS about, a.actor AS who, a.reason
        FROM (SELECT 'account' AS kind, ${accountId}::text AS id UNION ALL
          SELECT 'case', r.id::text FROM recovery_case r WHERE r.account_id = ${accountId}::uuid) subject
        CROSS JOIN LATERAL (SELECT * FROM audit_entry a
          WHERE a.subject_id = subject.id AND a.subject_kind = subject.kind
            -- Decisions stand in it by themselves.
            AND a.action NOT IN ('case-approved', 'case-refused', 'case-more-asked')
          ${page(Prisma.sql`a.at`, auditId)}) a)`,
  };
  const every = Prisma.join(
    sources.map((source) => parts[source]),
    " UNION ALL ",
  );
  return database.$queryRaw<TimelineRow[]>`
    SELECT id, at, source, kind, detail, ip, country AS "countryCode", agent AS "userAgent", about,
      who, reason
    FROM (${every}) every
    ORDER BY at DESC, id DESC LIMIT ${limit}`;
}
