import { setTimeout as pause } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { endpointOf } from "@/lib/env/connection-url";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { wordsForOperator } from "@/lib/start/database-fault";
import { keepsSessions, NoSecondConnection } from "@/lib/start/pooled-sessions";

const oldestMajor = 14;

const poolerFault =
  "is behind a connection pooler that gives each transaction another connection, and the jobs and locks need one that stays: set the pooler to session mode (PgBouncer: pool_mode = session), or connect past it in DATABASE_URL";

const startIt = "start it, or correct DATABASE_URL";
const correctIt = "correct DATABASE_URL";

/**
 * Waits until the database of `DATABASE_URL` answers, for 15 seconds at most. Throws an
 * `OperatorError` that names host and port, never the password, when it does not, is too old, does not
 * keep its texts in UTF-8, or stands behind a pooler that shares its connections between transactions.
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
        `The database of DATABASE_URL at ${endpointOf(databaseUrl)} ${explain(fault, databaseUrl)}.`,
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
    const unfit = unfitness(rows[0] ?? { version: "0", encoding: "unknown" });
    if (unfit !== undefined) return unfit;
    await client.end();
    if (!(await keepsSessions(connectionString))) return new OperatorError(poolerFault);
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

// A server that is starting says 57P03, and a pooler before one 08P01 or another of that class; whatever
// else they say themselves, waiting does not mend.
function isPassing(fault: unknown): boolean {
  if (fault instanceof OperatorError || saysWhyNotTls(fault) || isUnreadableFile(fault))
    return false;
  if (!(fault instanceof DatabaseError)) return !/SASL/.test(messageOf(fault));
  if (refusedParameter(fault) !== undefined) return false;
  return /^(?:57P03|53300|08...)$/.test(codeOf(fault));
}

// PgBouncer says 08P01 of everything, and what it is in words, which are PostgreSQL's where it has any.
function codeOf({ code = "", message }: DatabaseError): string {
  if (code !== "08P01") return code;
  if (/(?:password|SASL|authentication) (?:authentication )?failed|no such user/.test(message))
    return "28P01";
  return /no such database|database ".*" does not exist/.test(message) ? "3D000" : code;
}

// PgBouncer's words: "unsupported startup parameter: options", from 1.20 on also "… in options: name".
function refusedParameter({ message }: DatabaseError): string | undefined {
  return /unsupported startup parameter(?: in options)?: ([\w.]+)/.exec(message)?.[1];
}

function explain(fault: unknown, databaseUrl: string): string {
  if (fault instanceof OperatorError) return fault.message;
  if (!(fault instanceof DatabaseError)) return explainConnection(fault);
  const parameter = refusedParameter(fault);
  if (parameter !== undefined)
    return `is behind a connection pooler that takes no "${parameter}" when a connection starts: remove it from DATABASE_URL (from options, if it stands there), or name it in the pooler's ignore_startup_parameters`;
  switch (codeOf(fault)) {
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
      return `refuses us (${fault.code} ${wordsForOperator(fault.message, databaseUrl)}): ${startIt}`;
  }
}

function explainConnection(fault: unknown): string {
  if (fault instanceof NoSecondConnection)
    return "gives us no second connection: raise the size of the pooler's pools (PgBouncer: default_pool_size, 20 or more for each process), or end others";
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
