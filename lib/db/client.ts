import { type RawStatements, rawStatements } from "@/lib/db/connections/raw-statements";
import { CONNECTIONS, SharedPool } from "@/lib/db/connections/shared-pool";
import { inOwnConnection, WatchedPg } from "@/lib/db/connections/transaction-connection";
import { isConnectionStale, isDatabaseDown } from "@/lib/db/database-down";
import {
  CONNECT_MILLISECONDS,
  KEEP_ALIVE_MILLISECONDS,
  limitConnection,
} from "@/lib/db/database-session";
import { env } from "@/lib/env/env";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { noteDatabaseDown, noteReached } from "@/lib/log/request-context";

type Connection = {
  pool: SharedPool;
  client: PrismaClient;
  raw: RawStatements;
  /** Does something in it, and lets go of it where it leads to the wrong server. */
  noting: <T>(work: () => Promise<T>) => Promise<T>;
};

// A new connection plans each statement anew, five times over: whoever comes after a quiet minute must not
// wait for that.
const IDLE_MILLISECONDS = 5 * 60 * 1000;

function connect(): Connection {
  const pool = new SharedPool({
    connectionString: env().databaseUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    idleTimeoutMillis: IDLE_MILLISECONDS,
    onConnect: limitConnection,
    // A server that is gone without a word does not even end the statement.
    query_timeout: 20_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    application_name: "portaria",
  });
  // A connection that broke while nothing was asked of it: what comes next has another.
  pool.on("error", () => {});
  const adapter = new WatchedPg(pool);
  const client = new PrismaClient({ adapter }).$extends({
    query: { $allOperations: ({ args, query }) => noting(() => query(args)) },
  }) as unknown as PrismaClient;
  const raw = rawStatements((statement) => noting(() => pool.query(statement)));
  const connection: Connection = { pool, client, raw, noting };
  async function noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await notingOutage(work);
    } catch (error) {
      if (isConnectionStale(error)) drop(connection);
      throw error;
    }
  }
  return connection;
}

async function close({ client, pool }: Connection): Promise<void> {
  await client.$disconnect();
  await pool.end();
}

/** Lets go of connections that lead to the wrong server; what comes next connects anew. */
function drop(connection: Connection | undefined): void {
  if (connection === undefined || shared.portariaDatabase !== connection) return;
  shared.portariaDatabase = undefined;
  close(connection).catch(() => {});
}

/** Lets go of all connections, because the server at their end only reads. */
export function dropConnections(): void {
  drop(shared.portariaDatabase);
}

/** Lets the request know, if one is being answered, when the database turns out to be away. */
export async function notingOutage<T>(work: () => Promise<T>): Promise<T> {
  noteReached();
  try {
    return await work();
  } catch (error) {
    if (isDatabaseDown(error)) noteDatabaseDown(error);
    throw error;
  }
}

// Hot reload evaluates this file again, and Next's bundle beside the server's own modules: one pool.
const shared = globalThis as { portariaDatabase?: Connection };

const connected = (): Connection => {
  shared.portariaDatabase ??= connect();
  return shared.portariaDatabase;
};

/** The database, connected with first use. Throws Prisma's errors, and of raw statements the driver's. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    const { client, raw } = connected();
    if (property === "$queryRaw" || property === "$executeRaw") return raw[property];
    const value = Reflect.get(client, property);
    return typeof value === "function" ? value.bind(client) : value;
  },
});

/**
 * Runs `work` in a transaction.
 *
 * @throws what `work` throws, and what the database says of the transaction
 */
export function transaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  const { client, noting } = connected();
  const begin = (begun: (tx: Prisma.TransactionClient) => Promise<T>) =>
    client.$transaction(begun, { maxWait: 10_000, timeout: 20_000 });
  return notingOutage(() =>
    inOwnConnection(begin, (tx, { send }) => {
      const raw = rawStatements((statement) => noting(() => send(statement)));
      // Defined, not assigned: Prisma's own object would take what is assigned, for all transactions.
      return work(Object.create(tx, Object.getOwnPropertyDescriptors(raw)));
    }),
  );
}

/** Closes the pool, where one was opened. */
export async function disconnectDatabase(): Promise<void> {
  const connection = shared.portariaDatabase;
  if (connection !== undefined) await close(connection);
  shared.portariaDatabase = undefined;
}
