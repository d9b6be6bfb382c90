import { type Client, escapeIdentifier } from "pg";
import { inPublic } from "@/lib/backup/catalogue";

type ForeignKey = { table: string; name: string; definition: string };
type Trigger = { table: string; name: string; state: "O" | "A" | "R" };

const enabling = { O: "ENABLE", A: "ENABLE ALWAYS", R: "ENABLE REPLICA" } as const;

/**
 * Lets rows into freshly made tables in any order: foreign keys are taken off and made again, which
 * checks every row, and triggers rest. What the migrations put into the tables is emptied first. In the
 * transaction of `client`, and only for tables that were made in it.
 */
export async function withoutGuards<Result>(
  client: Client,
  tables: string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const keys = await foreignKeysOf(client);
  const triggers = await triggersOf(client);
  for (const { table, name } of keys)
    await client.query(`ALTER TABLE ${inPublic(table)} DROP CONSTRAINT ${escapeIdentifier(name)}`);
  for (const { table, name } of triggers)
    await client.query(`ALTER TABLE ${inPublic(table)} DISABLE TRIGGER ${escapeIdentifier(name)}`);
  if (tables.length > 0) await client.query(`TRUNCATE ${tables.map(inPublic).join(", ")}`);
  const result = await work();
  for (const { table, name, definition } of keys)
    await client.query(
      `ALTER TABLE ${inPublic(table)} ADD CONSTRAINT ${escapeIdentifier(name)} ${definition}`,
    );
  for (const { table, name, state } of triggers)
    await client.query(
      `ALTER TABLE ${inPublic(table)} ${enabling[state]} TRIGGER ${escapeIdentifier(name)}`,
    );
  return result;
}

async function foreignKeysOf(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT c.relname AS "table", k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relnamespace = 'public'::regnamespace
     ORDER BY 1, 2`,
  );
  return rows;
}

async function triggersOf(client: Client): Promise<Trigger[]> {
  const { rows } = await client.query<Trigger>(
    `SELECT c.relname AS "table", t.tgname AS name, t.tgenabled AS state
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'D'
       AND c.relnamespace = 'public'::regnamespace
     ORDER BY 1, 2`,
  );
  return rows;
}
