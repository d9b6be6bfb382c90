import { setTimeout as pause } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { OperatorError } from "@/scripts/operator-error.mjs";

const patienceMilliseconds = 15_000;
const oldestMajor = 14;

/**
 * Waits until the database of `DATABASE_URL` answers, for 15 seconds at most. Throws an
 * `OperatorError` that names host and port, never the password, when it does not or is too old.
 */
export async function reachDatabase(databaseUrl: string): Promise<void> {
  const at = hostOf(databaseUrl);
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const fault = await attempt(databaseUrl);
    if (fault === undefined) return;
    if (!isPassing(fault) || performance.now() > deadline)
      throw new OperatorError(
        `The database of DATABASE_URL at ${at} ${explain(fault)}: start it, or correct DATABASE_URL.`,
      );
    await pause(500);
  }
}

async function attempt(connectionString: string): Promise<unknown> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version_num') AS version",
    );
    const major = Math.floor(Number(rows[0]?.version) / 10_000);
    if (major >= oldestMajor) return undefined;
    return new OperatorError(`is PostgreSQL ${major}, and ${oldestMajor} or later is needed`);
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => {});
  }
}

// A server that is starting says 57P03; whatever else it says itself, waiting does not mend.
function isPassing(fault: unknown): boolean {
  if (fault instanceof OperatorError) return false;
  return !(fault instanceof DatabaseError) || fault.code === "57P03" || fault.code === "53300";
}

function explain(fault: unknown): string {
  if (fault instanceof OperatorError) return fault.message;
  if (!(fault instanceof DatabaseError)) return `cannot be reached (${shortCause(fault)})`;
  switch (fault.code) {
    case "28P01":
    case "28000":
      return "refuses the user or the password";
    case "3D000":
      return "has no database of that name";
    default:
      return `refuses us (${fault.code})`;
  }
}

function shortCause(fault: unknown): string {
  if (fault instanceof AggregateError) return shortCause(fault.errors[0]);
  const { code, message } = fault as { code?: string; message?: string };
  return code ?? message?.split("\n")[0] ?? "no answer";
}

function hostOf(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return `${url.searchParams.get("host") ?? url.hostname}:${url.port || "5432"}`;
}
