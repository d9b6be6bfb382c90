import { PrismaPg } from "@prisma/adapter-pg";
import { isDatabaseDown } from "@/lib/database-down";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { noteDatabaseDown, noteReached } from "@/lib/server/request-context";

function connect() {
  const adapter = new PrismaPg({
    connectionString: env().databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 20_000,
    keepAlive: true,
    application_name: "portaria",
  });
  const client = new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
  const noting = client.$extends({
    query: { $allOperations: ({ args, query }) => notingOutage(() => query(args)) },
  });
  return { client, noting: noting as unknown as PrismaClient };
}

/** Tells the request, if one is being answered, when the database turns out to be away. */
export async function notingOutage<T>(work: () => Promise<T>): Promise<T> {
  noteReached();
  try {
    return await work();
  } catch (error) {
    if (isDatabaseDown(error)) noteDatabaseDown();
    throw error;
  }
}

// Hot reload evaluates this file again, and Next's bundle beside the server's own modules: one pool.
const shared = globalThis as { portariaDatabase?: ReturnType<typeof connect> };

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
