import { notCanarysSql } from "@/lib/account/canary-sql";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

// A day is one of UTC: nobody reads it, it is one of thirty that are added.
const dayOf = (at: Date) => Prisma.sql`(${at}::timestamptz AT TIME ZONE 'UTC')::date`;

/** How many mails went out since a day, by the name of their text, such as "sign-in-code/fr". */
export async function countSent(database: Database, since: Date): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ name: string; count: number }[]>`
    SELECT kind || '/' || locale AS name, sum(count)::int AS count FROM mail_tally
    WHERE day > ${dayOf(since)} GROUP BY kind, locale`;
  return new Map(rows.map(({ name, count }) => [name, count]));
}

/** The last day that was counted, by its beginning; null: none was. */
export async function findLastTally(database: Database): Promise<Date | null> {
  const last = await database.mailTally.aggregate({ _max: { day: true } });
  return last._max.day;
}

/** Counts the mails that went out to people between two moments anew, which are the beginnings of days. */
export async function tallyDays(database: Database, from: Date, to: Date): Promise<void> {
  await database.$executeRaw`
    INSERT INTO mail_tally (day, kind, locale, count)
    SELECT (sent_at AT TIME ZONE 'UTC')::date, kind, locale, count(*)::int FROM mail
    WHERE sent_at >= ${from}::timestamptz AND sent_at < ${to}::timestamptz AND state = 'sent'
      AND ${notCanarysSql(Prisma.sql`account_id`)}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, kind, locale) DO UPDATE SET count = excluded.count`;
}

/** Deletes what was counted before a moment. */
export async function deleteTallies(database: Database, before: Date): Promise<void> {
  await database.$executeRaw`DELETE FROM mail_tally WHERE day < ${dayOf(before)}`;
}
