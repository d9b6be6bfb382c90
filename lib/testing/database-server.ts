import type { TestProject } from "vitest/node";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { migrate } from "@/prisma/migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that each test file clones. */
    templateUrl: string;
  }
}

const quiet = { info() {}, warn() {}, error: console.error };

/** Vitest's global set-up: a real PostgreSQL for the whole run, with one migrated database. */
export default async function startDatabaseServer(project: TestProject) {
  const dataDir = makeTestDirectory("portaria-vitest-");
  const database = await startEmbeddedDatabase({ dataDir, durable: false, log: quiet });
  const stop = async () => {
    await database.stop();
    await removeTestDirectory(dataDir);
  };
  try {
    await migrate(database.url, { log: quiet });
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("templateUrl", database.url);
  return stop;
}
