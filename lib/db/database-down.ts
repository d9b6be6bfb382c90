import { SHARE_REFUSED } from "@/lib/db/connections/fair-shares";

// Prisma's codes for a database that cannot be reached or used (docs: "Error reference"), P1018 and
// P2028 for a transaction whose connection was lost, P2034 for one that PostgreSQL undid.
const prismaCodes = new Set(
  "P1000 P1001 P1002 P1003 P1008 P1010 P1011 P1017 P1018 P2024 P2028 P2034 P2037".split(" "),
);

// What the adapter makes of them (@prisma/adapter-pg 7.10, mapDriverError).
const kinds = new Set([
  "AuthenticationFailed",
  "ConnectionClosed",
  "DatabaseAccessDenied",
  "DatabaseDoesNotExist",
  "DatabaseNotReachable",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "TransactionAlreadyClosed",
  "TransactionWriteConflict",
]);

// Node's, of a connection.
const nodeCodes = new Set(
  "ECONNABORTED ECONNREFUSED ECONNRESET EAI_AGAIN EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ENOTFOUND EPIPE ETIMEDOUT".split(
    " ",
  ),
);

/**
 * PostgreSQL's (appendix A), by their beginning: a connection that failed (08), a role or database that
 * does not let us in (28, 3D), a session that waited too long in a transaction (25P03, 25P04), a
 * transaction that was undone for another's sake (40001, 40P01), no room (53), a lock that did not come (55P03), a
 * statement that took too long, a shutdown or a start (57), and a disk that fails (58030).
 */
const sqlStates = [
  "08",
  "28",
  "3D000",
  "25P03",
  "25P04",
  "40001",
  "40P01",
  "53",
  "55P03",
  "57",
  "58030",
];

/** A server that only reads: a standby, or what was the primary before a failover. */
const READ_ONLY = "25006";

const READ_TIMEOUT = "Query read timeout";

// node-postgres gives these no code (pg 8.23, client.js; pg-pool 3, index.js).
const messages = [
  // Away for this request alone (lib/db/connections).
  SHARE_REFUSED,
  "Connection terminated",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  READ_TIMEOUT,
  "timeout expired",
  "timeout exceeded when trying to connect",
  "Cannot use a pool after calling end on the pool",
  "The server does not support SSL connections",
  "There was an error establishing an SSL connection",
];

const inner = ["cause", "err", "meta", "driverAdapterError", "error"] as const;

// By their classes (appendix A): Prisma's P2010 and Node's EPIPE have as many characters.
const isSqlState = (code: string) => /^(?:\d[\dA-Z]|F0|HV|P0|XX)[\dA-Z]{3}$/.test(code);

const isAwaySqlState = (code: string) =>
  isSqlState(code) && (code === READ_ONLY || sqlStates.some((start) => code.startsWith(start)));

const isAway = (code: string) =>
  prismaCodes.has(code) || nodeCodes.has(code) || kinds.has(code) || isAwaySqlState(code);

type Layer = { codes: string[]; message: string; original: string | null };

/** An error and all it was caused by, the outermost first. */
function layersOf(error: unknown, depth = 0): Layer[] {
  if (typeof error !== "object" || error === null || depth > 6) return [];
  const seen = error as Record<string, unknown>;
  const codes = [seen.code, seen.originalCode, seen.kind].filter(
    (code) => typeof code === "string",
  );
  const message = typeof seen.message === "string" ? seen.message : "";
  const original = typeof seen.originalMessage === "string" ? seen.originalMessage : null;
  const together = Array.isArray(seen.errors) ? seen.errors : [];
  const within = [...inner.map((key) => seen[key]), ...together];
  return [{ codes, message, original }, ...within.flatMap((one) => layersOf(one, depth + 1))];
}

/** Whether an error, or what it was caused by, means that the database cannot be reached or written now. */
export function isDatabaseDown(error: unknown): boolean {
  return layersOf(error).some(
    ({ codes, message }) => codes.some(isAway) || messages.some((one) => message.includes(one)),
  );
}

/**
 * Why the database counts as away, for the log: PostgreSQL's SQLSTATE where it said one, else the code of
 * the connection or of Prisma, else the driver's words. Null where it does not.
 */
export function awayReason(error: unknown): string | null {
  const layers = layersOf(error);
  const codes = layers.flatMap((layer) => layer.codes).filter(isAway);
  const words = messages.find((one) => layers.some(({ message }) => message.includes(one)));
  return codes.find(isSqlState) ?? codes[0] ?? words ?? null;
}

/** What PostgreSQL, or a pooler before it, said in its own words; null where neither said anything. */
export function wordsOfDatabase(error: unknown): { sqlState: string; words: string } | null {
  for (const { codes, message, original } of layersOf(error)) {
    const sqlState = codes.find(isSqlState);
    if (sqlState !== undefined) return { sqlState, words: original ?? message };
  }
  return null;
}

/**
 * Whether an error means that another server is the database by now, or that this one no longer
 * answers: only new connections lead to it.
 */
export function isConnectionStale(error: unknown): boolean {
  return layersOf(error).some(
    ({ codes, message }) => codes.includes(READ_ONLY) || message.includes(READ_TIMEOUT),
  );
}
