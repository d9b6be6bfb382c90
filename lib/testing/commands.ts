import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { Client } from "pg";
import { inject } from "vitest";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";

/** A secret as an operator sets it. */
export const secret = "the secret of before with 32 characters or more";

/** How a command ended, and all that it printed. */
export type Ended = { code: number | null; out: string; err: string };

/** Starts `npm run backup`, `restore` or `move` with these settings alone. */
export function startCommand(
  name: "backup" | "restore" | "move",
  words: string[],
  settings: Record<string, string>,
  input?: string,
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, "scripts", `${name}.mjs`), ...words], {
    env: { ...withoutSettings(process.env), AUTH_SECRET: secret, ...settings },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input ?? "");
  let out = "";
  let err = "";
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    err += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (code) => resolve({ code, out, err })),
  );
  return { child, ended };
}

/** Runs a command to its end. */
export const run = (...given: Parameters<typeof startCommand>) => startCommand(...given).ended;

/** A new empty database beside the tests' own; its URL. */
export async function makeEmptyDatabase(): Promise<string> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const url = new URL(inject("templateUrl"));
  url.pathname = "/postgres";
  await ask(url.href, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return url.href;
}

/** Takes a database away that `makeEmptyDatabase` made. */
export async function dropDatabase(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  await ask(url.href, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** The rows of a statement, over a connection of its own. */
export async function ask<Row extends object>(
  databaseUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * What all tables in public hold, each as its number of rows and a hash of them in any order. One statement
 * over one connection: a new one for each of fifty tables costs more than all that they hold.
 */
export async function contentOf(databaseUrl: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    databaseUrl,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  if (tables.length === 0) return {};
  const seen = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0))::text, '') AS seen FROM "${name}" t`,
  );
  const rows = await ask<{ name: string; seen: string }>(databaseUrl, seen.join(" UNION ALL "));
  return Object.fromEntries(rows.map(({ name, seen }) => [name, seen]));
}
