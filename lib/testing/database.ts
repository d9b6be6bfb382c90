import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { disconnectDatabase } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";

/**
 * Gives the test file that calls this a migrated, empty PostgreSQL database of its own, as
 * `DATABASE_URL` and so behind `@/lib/db/client`; it is dropped after the file's last test. Returns its URL
 * as a function, for it is made before the first test.
 */
export function testDatabase(): () => string {
  const url = newDatabaseUrl();
  const name = url.pathname.slice(1);

  beforeAll(async () => {
    await cloneTo(name);
    // A file before, in the same process, may have used a client without a database of its own.
    await disconnectDatabase();
    process.env.DATABASE_URL = url.href;
    process.env.AUTH_SECRET ||= "a secret for tests of 32 characters or more";
    resetEnvironment();
  });
  afterAll(async () => {
    await disconnectDatabase();
    await administer(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  return () => url.href;
}

/** Makes another migrated, empty database; its URL. Whoever asks for it drops it. */
export async function makeMigratedDatabase(): Promise<string> {
  const url = newDatabaseUrl();
  await cloneTo(url.pathname.slice(1));
  return url.href;
}

function newDatabaseUrl(): URL {
  const url = new URL(inject("templateUrl"));
  url.pathname = `/test_${randomUUID().replaceAll("-", "")}`;
  return url;
}

function cloneTo(name: string): Promise<void> {
  const template = new URL(inject("templateUrl")).pathname.slice(1);
  return administer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
}

async function administer(statement: string): Promise<void> {
  const url = new URL(inject("templateUrl"));
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    // Only one clone of a template can be made at a time: a second one is refused, not queued.
    await client.query("SELECT pg_advisory_lock(1)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
