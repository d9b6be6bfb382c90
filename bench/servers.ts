import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { type CleanUps, quiet } from "@/bench/clean-ups";
import { Visitor } from "@/bench/visitor";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { freePort } from "@/lib/testing/free-port";
import { startInstallation } from "@/lib/testing/installation";

/** A server that is measured: the floor, or the product. */
export type Server = {
  url: string;
  pid: number;
  /** From its start to the first page of sign-in, in milliseconds. */
  firstAnswerMs: number;
  stop(): Promise<void>;
};

/** What a server stands on. */
type Ground = { databaseUrl: string; mailUrl: string };

export const AUTH_SECRET = "a secret for measuring of 32 characters";
const LONGEST_START_MS = 120_000;

/** Settings of the product: a real transport, and a proxy that names the visitor. */
const productSettings = ({ databaseUrl, mailUrl }: Ground, mailsPerSecond: number) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET,
  TRUSTED_PROXIES: "127.0.0.1",
  RESEND_API_KEY: "re_measuring",
  RESEND_BASE_URL: mailUrl,
  EMAIL_FROM: "Host <no-reply@host.example>",
  EMAIL_PER_SECOND: String(mailsPerSecond),
});

/** A server of PostgreSQL with databases of our own, and the process it runs as. */
export async function startDatabases(
  given: string | null,
  names: readonly string[],
  cleanUps: CleanUps,
): Promise<{ urls: string[]; pid: number | null }> {
  const { url, pid } = given === null ? await startOwn(cleanUps) : { url: given, pid: null };
  // A run that is killed leaves its databases behind: the next one must not meet them.
  const mark = `${process.pid}_${Date.now().toString(36)}`;
  const urls: string[] = [];
  for (const name of names) {
    const database = `portaria_bench_${name}_${mark}`;
    await askServer(url, `CREATE DATABASE ${database}`);
    cleanUps.add(() => askServer(url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
    const own = new URL(url);
    own.pathname = `/${database}`;
    urls.push(own.href);
  }
  return { urls, pid };
}

async function startOwn(cleanUps: CleanUps) {
  const dataDir = makeTestDirectory("portaria-bench-");
  cleanUps.add(() => removeTestDirectory(dataDir));
  const { url, stop } = await startEmbeddedDatabase({ dataDir, log: quiet });
  cleanUps.add(stop);
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  return { url, pid: Number(readFileSync(pidFile, "utf8").split("\n", 1).join()) };
}

async function askServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new OperatorError(`PostgreSQL refuses what measuring needs: ${reason} (${sql}).`);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Starts the product as `npm start` does, on a build that is there.
 * @param mailsPerSecond what the provider takes; the most that can be set is no limit at all here
 */
export async function startProduct(ground: Ground, mailsPerSecond = 1_000): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const failed = new AbortController();
  const begin = performance.now();
  const starting = startInstallation("bench", {
    ...productSettings(ground, mailsPerSecond),
    PORT: String(port),
  });
  starting.catch(() => failed.abort());
  // Its own words, where it did not start, say more than that nothing answered.
  const [product, answer] = await Promise.allSettled([starting, answered(url, failed.signal)]);
  if (product.status === "rejected") throw product.reason;
  const { pid, stop } = product.value;
  if (answer.status === "fulfilled") return { url, pid, stop, firstAnswerMs: answer.value - begin };
  await stop();
  throw answer.reason;
}

/** Starts the floor. */
export async function startFloor({ databaseUrl, mailUrl }: Ground): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const failed = new AbortController();
  const begin = performance.now();
  const child = spawn(process.execPath, [join(root, "bench", "floor.mjs")], {
    env: {
      ...withoutSettings(process.env),
      NODE_ENV: "production",
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      AUTH_SECRET,
      RESEND_BASE_URL: mailUrl,
      RESEND_API_KEY: "re_measuring",
    },
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  void ended.then(() => failed.abort());
  const firstAnswerMs = (await answered(url, failed.signal)) - begin;
  const stop = async () => {
    child.stdin.end();
    child.kill("SIGTERM");
    await ended;
  };
  return { url, pid: child.pid ?? 0, firstAnswerMs, stop };
}

/** The moment of the first page of sign-in. */
async function answered(url: string, failed: AbortSignal): Promise<number> {
  const begin = performance.now();
  while (!failed.aborted && performance.now() - begin < LONGEST_START_MS) {
    const answer = await new Visitor(url).get("/login").catch(() => null);
    if (answer?.status === 200) return performance.now();
    await pause(2);
  }
  throw new OperatorError(`The server at ${url} did not answer.`);
}
