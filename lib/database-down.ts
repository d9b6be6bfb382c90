/** Codes of Prisma (P…), Node (E…) and PostgreSQL (class 08, 53, 57P) for a database that cannot be reached. */
const unreachable = new Set([
  "P1000",
  "P1001",
  "P1002",
  "P1003",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08001",
  "08003",
  "08006",
]);

const inner = ["cause", "err", "meta", "driverAdapterError", "error"] as const;

/** Whether an error, or what it was caused by, means that the database cannot be reached now. */
export function isDatabaseDown(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 6) return false;
  const seen = error as Record<string, unknown>;
  const codes = [seen.code, seen.originalCode, seen.kind];
  if (codes.some((code) => typeof code === "string" && unreachable.has(code))) return true;
  if (seen.kind === "DatabaseNotReachable" || seen.kind === "ConnectionClosed") return true;
  if (seen.kind === "SocketTimeout" || seen.kind === "TooManyConnections") return true;
  const message = typeof seen.message === "string" ? seen.message : "";
  // node-postgres gives these two no code (pg 8.23, lib/client.js and pg-pool).
  if (/Connection terminated|timeout exceeded when trying to connect/.test(message)) return true;
  return inner.some((key) => isDatabaseDown(seen[key], depth + 1));
}
