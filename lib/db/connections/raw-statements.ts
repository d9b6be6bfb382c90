import { createHash } from "node:crypto";
import { type QueryConfig, type QueryResult, types } from "pg";
import { Prisma } from "@/lib/generated/prisma/client";

/** Raw statements, as Prisma's client has them: their values are parameters, never text. */
export type RawStatements = Pick<Prisma.TransactionClient, "$queryRaw" | "$executeRaw">;

/** A statement for node-postgres. */
export type Statement = QueryConfig & { text: string };

// A statement of a length of its own (a list spelled out) must not leave a prepared one each time.
const MOST_NAMES = 500;
const names = new Map<string, string>();

/** The name a statement is prepared under: the same in all processes; undefined beyond some hundred. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `portaria_${createHash("sha256").update(text).digest("base64url").slice(0, 24)}`;
  names.set(text, name);
  return name;
}

// By the numbers of types in PostgreSQL (pg_type.dat), what Prisma's client makes of them.
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, BigInt],
  [types.builtins.NUMERIC, (text) => new Prisma.Decimal(text)],
  [types.builtins.DATE, (text) => new Date(`${text}T00:00:00Z`)],
]);

const parsing = {
  getTypeParser: ((type: number, format?: "text" | "binary") =>
    parsers.get(type) ?? types.getTypeParser(type, format)) as typeof types.getTypeParser,
};

const asIs = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

function statementOf(query: TemplateStringsArray | Prisma.Sql, values: unknown[]): Statement {
  const { text, values: given } =
    query instanceof Prisma.Sql ? query : Prisma.sql(query as TemplateStringsArray, ...values);
  return { text, values: given.map(asIs), name: nameOf(text), types: parsing };
}

/**
 * Raw statements straight to node-postgres, each prepared once a connection: half of what a statement
 * costs in this process is Prisma's own (decision 0047).
 *
 * @param send carries a statement out; what it throws is thrown
 */
export function rawStatements(send: (statement: Statement) => Promise<QueryResult>): RawStatements {
  const raw = {
    $queryRaw: async (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await send(statementOf(query, values))).rows,
    $executeRaw: async (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await send(statementOf(query, values))).rowCount ?? 0,
  };
  // Promises where Prisma has lazy ones of its own; whoever awaits them sees no difference.
  return raw as unknown as RawStatements;
}
