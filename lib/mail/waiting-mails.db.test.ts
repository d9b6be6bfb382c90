import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Ask, takeMails, takeSql } from "@/lib/mail/take-store";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const fill = (count: number, kinds: string[], state: string) => db.$executeRaw`
  INSERT INTO mail (kind, recipient, locale, facts, state, next_try_at, useful_until, created_at)
  SELECT (${kinds}::text[])[1 + n % ${kinds.length}::int], 'x@example.com', 'en', '{}', ${state},
    now() - n * interval '1 ms', now(), now()
  FROM generate_series(1, ${count}::int) n`;

type Plan = {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};

/** How many rows of a table a plan read. */
function rowsRead(plan: Plan): number {
  const own = plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0);
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsRead(one), 0);
  return below + (plan["Relation Name"] === undefined ? 0 : own * plan["Actual Loops"]);
}

const one: Ask = {
  ...{ pace: null, most: 1, spare: 0, isForLongWait: true, except: [], settled: [] },
};

test.each(["code", "notice"])(
  "the next mail, a %s, is found among many by reading some rows of each kind",
  async (urgency) => {
    await db.mail.deleteMany();
    await fill(5_000, ["sign-in-code", "place-added"], "sent");
    await fill(20_000, ["new-browser", "place-added"], "queued");
    if (urgency === "code") await fill(2_000, ["sign-in-code", "sign-up-code"], "queued");
    for (const statistics of ["none yet", "new"]) {
      if (statistics === "new") await db.$executeRaw`ANALYZE mail`;
      const [{ "QUERY PLAN": plans }] = await db.$queryRaw<[{ "QUERY PLAN": [{ Plan: Plan }] }]>(
        Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${takeSql(one)}`,
      );
      expect(rowsRead(plans[0].Plan)).toBeLessThanOrEqual(60);
    }
    const { mails } = await takeMails(db, one);
    expect(mails.map(({ kind }) => kind.endsWith("-code"))).toEqual([urgency === "code"]);
  },
);
