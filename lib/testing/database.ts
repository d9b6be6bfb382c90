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
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(inject("templateUrl"));
  const template = url.pathname.slice(1);
  url.pathname = `/${name}`;

  beforeAll(async () => {
    await administer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
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
