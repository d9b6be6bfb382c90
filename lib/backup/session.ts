import { Client, DatabaseError } from "pg";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { SCHEMA_LOCK } from "@/prisma/schema-lock";

/** How our sessions are named, by which a server is distinguished from a command. */
export const SESSION_NAME = "portaria backup";

// A role or a database may have limits that are meant for pages. Not all are known to all versions.
const unlimited = `SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN (
  'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
  'transaction_timeout')`;

// What a value looks like as text must not hang on settings of either side.
const sameTexts = `SET search_path = public; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC';
  SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 3;
  SET bytea_output = 'hex'; SET default_transaction_read_only = off; SET row_security = off`;

/**
 * A connection that no timeout ends. It is closed when `signal` aborts, whatever it is doing.
 *
 * @throws what node-postgres does when it cannot connect
 */
export async function openSession(databaseUrl: string, signal: AbortSignal): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: SESSION_NAME,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  });
  client.on("error", () => {});
  const close = () => void client.end().catch(() => {});
  signal.addEventListener("abort", close, { once: true });
  client.once("end", () => signal.removeEventListener("abort", close));
  try {
    signal.throwIfAborted();
    await client.connect();
    signal.throwIfAborted();
    await client.query(unlimited);
    await client.query(sameTexts);
    return client;
  } catch (error) {
    // One that is left open would keep the command alive for ever.
    await client.end().catch(() => {});
    throw error;
  }
}

/** Waits for migrations, backups and moves of this database; held until the session ends. */
export async function holdSchema(client: Client, { shared }: { shared: boolean }): Promise<void> {
  await client.query(`SELECT pg_advisory_lock${shared ? "_shared" : ""}(${SCHEMA_LOCK})`);
}

/**
 * What an error of a database means for who runs it, in one sentence that names none of its contents.
 *
 * @param which the database it is of, as in "the database of DATABASE_URL"
 */
export function explainDatabaseFault(error: unknown, which: string): unknown {
  if (error instanceof OperatorError) return error;
  if (!(error instanceof DatabaseError)) {
    const { code, message = "" } = error as { code?: string; message?: string };
    if (code?.startsWith("E") || /terminated|not queryable|timeout|closed/i.test(message))
      return new OperatorError(
        `The connection to ${which} was lost (${code ?? "it ended"}), and nothing was changed: try again when it is back.`,
        { cause: error },
      );
    return error;
  }
  const code = error.code ?? "";
  const said = (what: string) => new OperatorError(`${upper(which)} ${what}`, { cause: error });
  if (code === "42501")
    return said(
      `does not let this user do that (${error.message}): use the owner of the tables and of the database; nothing was changed.`,
    );
  if (code.startsWith("53"))
    return said(`has no room left (${error.message}), and nothing was changed: free some.`);
  if (code === "25006") return said("can only be read, and nothing was changed: take the primary.");
  if (code.startsWith("57") || code.startsWith("08"))
    return said(
      `ended the connection (${code}), and nothing was changed: try again when it is back.`,
    );
  return error;
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
