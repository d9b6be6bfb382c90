import { PrismaPg } from "@prisma/adapter-pg";
import { CONNECTIONS, SharedPool } from "@/lib/db/connections/shared-pool";
import { isConnectionStale, isDatabaseDown } from "@/lib/db/database-down";
import { CONNECT_MILLISECONDS, limitConnection } from "@/lib/db/database-session";
import { env } from "@/lib/env/env";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { noteDatabaseDown, noteReached } from "@/lib/log/request-context";

type Connection = { client: PrismaClient; noting: PrismaClient };

function connect(): Connection {
  const pool = new SharedPool({
    connectionString: env().databaseUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    onConnect: limitConnection,
    // A server that is gone without a word does not even end the statement.
    query_timeout: 20_000,
    keepAlive: true,
    application_name: "portaria",
  });
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const client = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
  const noting = client.$extends({
    query: {
      $allOperations: ({ args, query }) =>
        notingOutage(() => query(args)).catch((error) => {
          if (isConnectionStale(error)) drop(connection);
          throw error;
        }),
    },
  });
  const connection = { client, noting: noting as unknown as PrismaClient };
  return connection;
}

/** Lets go of connections that lead to the wrong server; what comes next connects anew. */
function drop(connection: Connection | undefined): void {
  if (connection === undefined || shared.portariaDatabase !== connection) return;
  shared.portariaDatabase = undefined;
  connection.client.$disconnect().catch(() => {});
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

/** The database, connected with first use. Throws Prisma's errors. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    shared.portariaDatabase ??= connect();
    const { client, noting } = shared.portariaDatabase;
    // Prisma's extended client has no events.
    const target = property === "$on" ? client : noting;
    const value = Reflect.get(target, property);
    return typeof value === "function" ? value.bind(target) : value;
  },
});

/** Closes the pool, where one was opened. */
export async function disconnectDatabase(): Promise<void> {
  await shared.portariaDatabase?.client.$disconnect();
  shared.portariaDatabase = undefined;
}
