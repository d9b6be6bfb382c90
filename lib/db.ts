import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/generated/prisma/client";

function connect(): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: env().databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 20_000,
    keepAlive: true,
    application_name: "portaria",
  });
  return new PrismaClient({ adapter, log: [{ emit: "event", level: "query" }] });
}

// Hot reload evaluates this file again; the pool must survive it.
const shared = globalThis as { portariaDatabase?: PrismaClient };

/** The database, connected with first use. Throws Prisma's errors. */
export const db: PrismaClient = new Proxy({} as PrismaClient, {
  get(_, property) {
    shared.portariaDatabase ??= connect();
    const value = Reflect.get(shared.portariaDatabase, property);
    return typeof value === "function" ? value.bind(shared.portariaDatabase) : value;
  },
});

/** Closes the pool, where one was opened. */
export async function disconnectDatabase(): Promise<void> {
  await shared.portariaDatabase?.$disconnect();
  shared.portariaDatabase = undefined;
}
