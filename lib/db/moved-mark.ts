import { type Client, escapeIdentifier, escapeLiteral } from "pg";
import { z } from "zod";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

const shape = z.object({
  portaria: z.literal("moved"),
  to: z.string(),
  at: z.string(),
  /** The comment that was there before. */
  comment: z.string().nullable(),
});

/** That a database was moved: where to, without a password, and when. */
export type MovedMark = z.output<typeof shape>;

/** Whether this database was moved away; the mark is its comment, which needs no table. */
export async function movedMarkOf(client: Client): Promise<MovedMark | undefined> {
  const comment = await commentOf(client);
  try {
    return shape.safeParse(JSON.parse(comment ?? "")).data;
  } catch {
    return undefined;
  }
}

/**
 * Says so where this database was moved away: nobody may go on with the old rows by accident.
 *
 * @throws OperatorError
 */
export async function refuseMoved(client: Client): Promise<void> {
  const mark = await movedMarkOf(client);
  if (mark !== undefined)
    throw new OperatorError(
      `This database was moved to ${mark.to} on ${mark.at}: set DATABASE_URL to that one; or, to go on with this one as it was then and without what was written since, run npm run move -- --back.`,
    );
}

/** Marks the database as moved and lets new connections only read, both or neither. */
export async function markMoved(client: Client, to: string, now: Date): Promise<void> {
  const comment = await commentOf(client);
  const mark: MovedMark = { portaria: "moved", to, at: now.toISOString(), comment };
  const name = await nameOf(client);
  await together(client, [
    `ALTER DATABASE ${name} SET default_transaction_read_only = on`,
    `COMMENT ON DATABASE ${name} IS ${escapeLiteral(JSON.stringify(mark))}`,
  ]);
}

/** Takes the mark off again; false where there is none. */
export async function unmarkMoved(client: Client): Promise<boolean> {
  const mark = await movedMarkOf(client);
  if (mark === undefined) return false;
  const name = await nameOf(client);
  await together(client, [
    `ALTER DATABASE ${name} RESET default_transaction_read_only`,
    `COMMENT ON DATABASE ${name} IS ${mark.comment === null ? "NULL" : escapeLiteral(mark.comment)}`,
  ]);
  return true;
}

async function together(client: Client, statements: string[]): Promise<void> {
  await client.query("BEGIN READ WRITE");
  for (const statement of statements) await client.query(statement);
  await client.query("COMMIT");
}

async function commentOf(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment
     FROM pg_database WHERE datname = current_database()`,
  );
  return rows[0]?.comment ?? null;
}

async function nameOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name");
  return escapeIdentifier(rows[0]?.name ?? "");
}
