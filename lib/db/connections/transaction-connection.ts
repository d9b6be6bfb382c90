import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import type { PoolClient, QueryResult } from "pg";
import type { Statement } from "@/lib/db/connections/raw-statements";

/** The connection of a transaction that Prisma began, for as long as the transaction lasts. */
export type TransactionConnection = { send: (statement: Statement) => Promise<QueryResult> };

type Opening = { connection: TransactionConnection | null };

// The server's own modules and Next's bundle each evaluate this file, and share the connections.
const shared = globalThis as { portariaOpenings?: AsyncLocalStorage<Opening> };
shared.portariaOpenings ??= new AsyncLocalStorage();
const openings = shared.portariaOpenings;

const endings = /^\s*(?:COMMIT|ROLLBACK)\b(?!\s+TO\b)/i;

/** Begins transactions like Prisma's adapter, and lets `inOwnConnection` see their connections. */
export class WatchedPg extends PrismaPg {
  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    const begin = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const transaction = await begin(level);
      const opening = openings.getStore();
      if (opening === undefined) return transaction;
      // @prisma/adapter-pg 7.10, PgTransaction: it holds the client that it releases at its end.
      const { client } = transaction as unknown as { client: PoolClient };
      let isOpen = true;
      const execute = transaction.executeRaw.bind(transaction);
      // What is sent after this would stand outside the transaction, on whoever's connection it is then.
      transaction.executeRaw = (query) => {
        if (endings.test(query.sql)) isOpen = false;
        return execute(query);
      };
      opening.connection = {
        send: async (statement) => {
          if (!isOpen) throw new Error("A statement came after its transaction had ended.");
          return client.query(statement);
        },
      };
      return transaction;
    };
    return adapter;
  }
}

/**
 * Begins a transaction by `begin`, which calls what it is given with its own client of Prisma's; `work`
 * also gets the connection below that one.
 */
export function inOwnConnection<T, Client>(
  begin: (work: (client: Client) => Promise<T>) => Promise<T>,
  work: (client: Client, connection: TransactionConnection) => Promise<T>,
): Promise<T> {
  const opening: Opening = { connection: null };
  return openings.run(opening, () =>
    begin((client) => {
      if (opening.connection === null) throw new Error("A transaction began without a connection.");
      return work(client, opening.connection);
    }),
  );
}
