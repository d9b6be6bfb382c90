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
  /** Why a sign-in was judged so, the state of a mail, or the reference of a block or case. */
  detail: string | null;
  ip: string | null;
  countryCode: string | null;
  userAgent: string | null;
  about: unknown;
  /** The recipient of a mail, or who of the staff did it. */
  who: string | null;
  reason: string | null;
};

// The columns of every source after id, at, source, kind and detail, in this order.
const nobody = Prisma.sql`NULL::text AS ip, NULL::text AS country, NULL::text AS agent`;
const plain = Prisma.sql`NULL::jsonb AS about, NULL::text AS who, NULL::text AS reason`;

/**
 * Everything that happened on an account in one order, the latest first: one page and one row more.
 * Each source gives no more than a page, by its own index.
 */
export function findTimeline(
  database: Database,
  accountId: string,
  after: Cursor | null,
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
  return database.$queryRaw<TimelineRow[]>`
    SELECT id, at, source, kind, detail, ip, country AS "countryCode", agent AS "userAgent", about,
      who, reason
    FROM (
      (SELECT j.id, j.at, 'sign-in' AS source, j.verdict AS kind, j.because AS detail, j.ip,
          j.country_code AS country, j.user_agent AS agent, ${plain}
        FROM sign_in_judgement j WHERE j.account_id = ${accountId}::uuid
        ${page(Prisma.sql`j.at`, Prisma.sql`j.id`)})
      UNION ALL (SELECT c.id, c.at, 'activity', c.kind, NULL, c.ip, c.country_code, c.user_agent,
          c.about, NULL, NULL
        FROM activity c WHERE c.account_id = ${accountId}::uuid
        ${page(Prisma.sql`c.at`, Prisma.sql`c.id`)})
      UNION ALL (SELECT m.id, m.created_at, 'mail', m.kind, m.state, ${nobody}, m.facts,
          m.recipient, NULL
        FROM mail m WHERE m.account_id = ${accountId}::uuid
        ${page(Prisma.sql`m.created_at`, Prisma.sql`m.id`)})
      UNION ALL (SELECT m.id, m.created_at, 'mail', m.kind, m.state, ${nobody}, m.facts,
          m.recipient, NULL
        FROM mail m WHERE m.account_id IS NULL AND m.link_type = 'case' AND m.link_row_id IN (
          SELECT r.id FROM recovery_case r WHERE r.account_id = ${accountId}::uuid)
        ${page(Prisma.sql`m.created_at`, Prisma.sql`m.id`)})
      UNION ALL (SELECT ${blockId}, t.blocked_at, 'block', coalesce(t.block_because, 'wrong-codes'),
          t.block_reference, t.place, NULL, NULL, ${plain}
        FROM code_attempts t WHERE t.subject = ${accountId} AND t.blocked_at IS NOT NULL
        ${page(Prisma.sql`t.blocked_at`, blockId)})
      UNION ALL (SELECT d.id, d.at, 'decision', d.verdict, r.reference, ${nobody}, NULL, d.staff_name,
          d.reason
        FROM recovery_case r CROSS JOIN LATERAL (SELECT * FROM case_decision d
          WHERE d.case_id = r.id ${page(Prisma.sql`d.at`, Prisma.sql`d.id`)}) d
        WHERE r.account_id = ${accountId}::uuid)
      UNION ALL (SELECT ${auditId}, a.at, 'audit', a.action, NULL, ${nobody}, NULL, a.actor, a.reason
        FROM (SELECT 'account' AS kind, ${accountId}::text AS id UNION ALL
          SELECT 'case', r.id::text FROM recovery_case r WHERE r.account_id = ${accountId}::uuid) subject
        CROSS JOIN LATERAL (SELECT * FROM audit_entry a
          WHERE a.subject_id = subject.id AND a.subject_kind = subject.kind
            -- Decisions stand in it by themselves.
            AND a.action NOT IN ('case-approved', 'case-refused', 'case-more-asked')
          ${page(Prisma.sql`a.at`, auditId)}) a)
    ) every
    ORDER BY at DESC, id DESC LIMIT ${limit}`;
}
