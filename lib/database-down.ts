import { SHARE_REFUSED } from "@/lib/server/connections/fair-shares";

// Prisma's codes for a database that cannot be reached or used (docs: "Error reference"), P1018 and
// P2028 for a transaction whose connection was lost.
const prismaCodes = new Set(
  "P1000 P1001 P1002 P1003 P1008 P1010 P1011 P1017 P1018 P2024 P2028 P2037".split(" "),
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
]);

// Node's, of a connection.
const nodeCodes = new Set(
  "ECONNABORTED ECONNREFUSED ECONNRESET EAI_AGAIN EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ENOTFOUND EPIPE ETIMEDOUT".split(
    " ",
  ),
);

/**
 * PostgreSQL's (appendix A), by their beginning: a connection that failed (08), a role or database that
 * does not let us in (28, 3D), a session that waited too long in a transaction (25P03, 25P04), no room (53), a
 * statement that took too long, a shutdown or a start (57), and a disk that fails (58030).
 */
const sqlStates = ["08", "28", "3D000", "25P03", "25P04", "53", "57", "58030"];

/** A server that only reads: a standby, or what was the primary before a failover. */
const READ_ONLY = "25006";

const READ_TIMEOUT = "Query read timeout";

// node-postgres gives these no code (pg 8.23, lib/client.js; pg-pool 3, index.js).
const messages = [
  // Away for this request alone (lib/server/connections).
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

function isAway(code: string): boolean {
  if (prismaCodes.has(code) || nodeCodes.has(code) || kinds.has(code)) return true;
  const isSqlState = code.length === 5 && /^[0-9A-Z]{5}$/.test(code);
  return isSqlState && (code === READ_ONLY || sqlStates.some((start) => code.startsWith(start)));
}

/** Whether an error, or anything it was caused by, is of a kind. */
function anyOf(
  error: unknown,
  is: (one: { codes: string[]; message: string }) => boolean,
  depth = 0,
): boolean {
  if (typeof error !== "object" || error === null || depth > 6) return false;
  const seen = error as Record<string, unknown>;
  const named = [seen.code, seen.originalCode, seen.kind];
  const codes = named.filter((code) => typeof code === "string");
  const message = typeof seen.message === "string" ? seen.message : "";
  if (is({ codes, message })) return true;
  const within = inner.map((key) => seen[key]);
  const together = Array.isArray(seen.errors) ? seen.errors : [];
  return [...within, ...together].some((one) => anyOf(one, is, depth + 1));
}

/** Whether an error, or what it was caused by, means that the database cannot be reached or written now. */
export function isDatabaseDown(error: unknown): boolean {
  return anyOf(
    error,
    ({ codes, message }) => codes.some(isAway) || messages.some((one) => message.includes(one)),
  );
}

/**
 * Whether an error means that another server is the database by now, or that this one no longer
 * answers: only new connections lead to it.
 */
export function isConnectionStale(error: unknown): boolean {
  return anyOf(
    error,
    ({ codes, message }) => codes.includes(READ_ONLY) || message.includes(READ_TIMEOUT),
  );
}
