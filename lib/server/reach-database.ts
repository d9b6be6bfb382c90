import { setTimeout as pause } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { placeOf } from "@/lib/connection-url";
import { OperatorError } from "@/scripts/operator-error.mjs";

const oldestMajor = 14;

const startIt = "start it, or correct DATABASE_URL";
const correctIt = "correct DATABASE_URL";

/**
 * Waits until the database of `DATABASE_URL` answers, for 15 seconds at most. Throws an
 * `OperatorError` that names host and port, never the password, when it does not, is too old, or does
 * not keep its texts in UTF-8.
 */
export async function reachDatabase(
  databaseUrl: string,
  { patienceMilliseconds = 15_000 } = {},
): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const fault = await attempt(databaseUrl);
    if (fault === undefined) return;
    if (!isPassing(fault) || performance.now() > deadline)
      throw new OperatorError(
        `The database of DATABASE_URL at ${placeOf(databaseUrl)} ${explain(fault)}.`,
      );
    await pause(500);
  }
}

async function attempt(connectionString: string): Promise<unknown> {
  let client: Client | undefined;
  try {
    client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
    client.on("error", () => {});
    await client.connect();
    const { rows } = await client.query<{ version: string; encoding: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
    );
    return unfitness(rows[0] ?? { version: "0", encoding: "unknown" });
  } catch (error) {
    return error;
  } finally {
    await client?.end().catch(() => {});
  }
}

/** What is wrong with a database that answers; undefined when it will do. */
export function unfitness(facts: { version: string; encoding: string }): OperatorError | undefined {
  const major = Math.floor(Number(facts.version) / 10_000);
  if (major < oldestMajor)
    return new OperatorError(
      `is PostgreSQL ${major}, and ${oldestMajor} or later is needed: upgrade it, or ${correctIt}`,
    );
  if (facts.encoding !== "UTF8")
    return new OperatorError(
      `keeps its texts in ${facts.encoding}, and UTF-8 is needed: make one with ENCODING 'UTF8' TEMPLATE template0, or ${correctIt}`,
    );
}

// A server that is starting says 57P03; whatever else it says itself, waiting does not mend.
function isPassing(fault: unknown): boolean {
  if (fault instanceof OperatorError || saysWhyNotTls(fault) || isUnreadableFile(fault))
    return false;
  if (/SASL/.test(messageOf(fault))) return false;
  return !(fault instanceof DatabaseError) || fault.code === "57P03" || fault.code === "53300";
}

function explain(fault: unknown): string {
  if (fault instanceof OperatorError) return fault.message;
  if (!(fault instanceof DatabaseError)) return explainConnection(fault);
  switch (fault.code) {
    case "28P01":
      return `refuses the user or the password: ${correctIt}`;
    case "28000":
      return /no encryption/.test(fault.message)
        ? "lets this user in with TLS alone: add ?sslmode=require to DATABASE_URL"
        : `refuses the user or the password, or does not let them in from here: ${correctIt}, or its pg_hba.conf`;
    case "3D000":
      return `has no database of that name: make it, or ${correctIt}`;
    case "42501":
      return `does not let this user connect: grant CONNECT on it, or ${correctIt}`;
    case "53300":
      return "has no connection left: raise its max_connections, or end others";
    case "57P03":
      return "is still starting, or does not take connections: start again when it does";
    default:
      return `refuses us (${fault.code}): ${startIt}`;
  }
}

function explainConnection(fault: unknown): string {
  if (isUnreadableFile(fault))
    return "cannot be used, because the file of its sslrootcert, sslcert or sslkey cannot be read: correct the path";
  if (/does not support SSL/.test(messageOf(fault)))
    return "has no TLS: remove sslmode from DATABASE_URL, or switch TLS on there";
  if (saysWhyNotTls(fault))
    return `shows a certificate that cannot be checked (${shortCause(fault)}): add sslrootcert with the file of its authority, or sslmode=no-verify`;
  if (/SASL/.test(messageOf(fault))) return `asks for a password: ${correctIt}`;
  return `cannot be reached (${shortCause(fault)}): ${startIt}`;
}

function saysWhyNotTls(fault: unknown): boolean {
  const { code = "" } = fault as { code?: string };
  return (
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code) || /does not support SSL/.test(messageOf(fault))
  );
}

function isUnreadableFile(fault: unknown): boolean {
  return ["open", "read"].includes((fault as { syscall?: string }).syscall ?? "");
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : "";
}

function shortCause(fault: unknown): string {
  if (fault instanceof AggregateError) return shortCause(fault.errors[0]);
  const { code, message } = fault as { code?: string; message?: string };
  return code ?? message?.split("\n")[0] ?? "no answer";
}
