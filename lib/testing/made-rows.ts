import { db } from "@/lib/db/client";

type Column = { name: string; type: string; filled: boolean };

// A value that fits, of row n, by the type of its column.
const values: Record<string, string> = {
  uuid: "gen_random_uuid()",
  text: "'x' || n || gen_random_uuid()",
  integer: "1",
  "double precision": "1",
  boolean: "true",
  jsonb: "'{}'",
  bytea: "decode(md5(gen_random_uuid()::text), 'hex')",
  inet: "'10.0.0.0'::inet + n::int",
  "timestamp with time zone": "now()",
  ARRAY: "'{}'",
};

/**
 * Makes rows of whichever table: what its columns ask for and have no default of is filled in by their
 * type.
 *
 * @param rows.by the column that gets the times, a row for each
 * @param rows.change what is set of them after that, as an UPDATE has it
 * @returns how many
 */
export async function insertRows(
  table: string,
  rows: { accountId: string; by: string; times: Date[]; change?: string | undefined },
): Promise<number> {
  const { accountId, by, times, change } = rows;
  const columns = await db.$queryRaw<Column[]>`
    SELECT column_name AS name, data_type AS type,
      is_nullable = 'NO' AND column_default IS NULL AS filled
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ${table}`;
  const filled = columns.filter(
    ({ name, filled }) => name !== by && (filled || name === "account_id"),
  );
  const made = ({ name, type }: Column) =>
    name === "account_id" ? `'${accountId}'::uuid` : values[type];
  await db.$executeRawUnsafe(
    `INSERT INTO "${table}" ("${[by, ...filled.map(({ name }) => name)].join('", "')}")
      SELECT ${["at", ...filled.map(made)].join(", ")}
      FROM unnest($1::timestamptz[]) WITH ORDINALITY AS made (at, n)`,
    times,
  );
  if (change !== undefined)
    await db.$executeRawUnsafe(
      `UPDATE "${table}" SET ${change} WHERE "${by}" = ANY($1::timestamptz[])`,
      times,
    );
  return times.length;
}
