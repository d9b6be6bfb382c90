import { Client } from "pg";
import { type Finding, ok, warning, wrong } from "@/lib/doctor/finding";
import { type Environment, EnvironmentError, env } from "@/lib/env/env";
import { isOperatorError } from "@/lib/machine/operator-error.mjs";
import { findDatabase } from "@/lib/start/find-database";
import { reachDatabase } from "@/lib/start/reach-database";
import { warningsOf } from "@/lib/start/start-warnings";
import { MIGRATIONS_TABLE } from "@/prisma/applied-migrations";
import { readMigrations } from "@/prisma/migration-files";

const LIMIT_MS = 8_000;
const CLOCK_FINE_SECONDS = 2;
const CLOCK_OFF_SECONDS = 60;
const TOKEN_SHORT = 20;

/** The settings, and what is to be said of them; null: they are wrong. */
export function checkSettings(): { settings: Environment | null; findings: Finding[] } {
  try {
    const settings = env();
    return {
      settings,
      findings: [ok("settings", "All settings can be read."), ...ofSite(settings)],
    };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const mend = "Correct it in the environment or in .env.";
    return { settings: null, findings: error.sentences.map((one) => wrong("settings", one, mend)) };
  }
}

/** What a start warns of, each by the variable that its sentence begins with. */
const ofStart = (settings: Environment): Finding[] =>
  warningsOf(settings).map((sentence) =>
    warning(
      sentence.split(" ", 1).join(),
      sentence,
      "Correct it in the environment or in .env, unless it is meant.",
    ),
  );

function ofSite(settings: Environment): Finding[] {
  const { appUrl, metricsToken } = settings;
  const warned = ofStart(settings);
  const address = warned.some(({ check }) => check === "APP_URL")
    ? []
    : [ok("APP_URL", `Links in mail lead to ${appUrl}.`)];
  const isShort = metricsToken !== undefined && metricsToken.length < TOKEN_SHORT;
  const metrics = isShort
    ? warning(
        "METRICS_TOKEN",
        "METRICS_TOKEN is short enough to be guessed.",
        "Put 32 random characters into it: openssl rand -base64 24 makes them.",
      )
    : ok(
        "METRICS_TOKEN",
        metricsToken === undefined
          ? "/api/metrics is closed: METRICS_TOKEN is not set."
          : "/api/metrics is open to whoever has METRICS_TOKEN.",
      );
  return [...warned, ...address, metrics];
}

async function ofMigrations(client: Client): Promise<Finding> {
  const { rows: tables } = await client.query("SELECT to_regclass($1) AS found", [
    MIGRATIONS_TABLE,
  ]);
  if (tables[0]?.found === null) {
    return warning(
      "migrations",
      "The database is empty.",
      "Run npm start: it applies all migrations.",
    );
  }
  const { rows } = await client.query<{ name: string }>(
    `SELECT migration_name AS name FROM "${MIGRATIONS_TABLE}" WHERE finished_at IS NOT NULL`,
  );
  const applied = new Set(rows.map(({ name }) => name));
  const known = readMigrations().map(({ name }) => name);
  const waiting = known.filter((name) => !applied.has(name));
  if (waiting.length > 0) {
    return warning(
      "migrations",
      `${waiting.length} of ${known.length} migrations wait.`,
      "Run npm start, or npm run worker: each applies them.",
    );
  }
  return applied.size > known.length
    ? warning(
        "migrations",
        "The database was used by a newer version.",
        "Run that version, unless you are on your way back to this one.",
      )
    : ok("migrations", `All ${known.length} migrations are applied.`);
}

async function ofClock(client: Client): Promise<Finding> {
  const asked = Date.now();
  const { rows } = await client.query<{ now: string }>(
    "SELECT extract(epoch FROM clock_timestamp())::text AS now",
  );
  const between = (asked + Date.now()) / 2;
  const seconds = Math.abs(Number(rows[0]?.now) - between / 1000);
  const says = `The clocks of the database and of this machine are ${Math.round(seconds)} seconds apart.`;
  const mend = "Set both by NTP: codes and blocks end by them.";
  if (seconds <= CLOCK_FINE_SECONDS)
    return ok("clock", "The clocks of the database and of this machine agree.");
  return seconds <= CLOCK_OFF_SECONDS ? warning("clock", says, mend) : wrong("clock", says, mend);
}

/** Whether the database answers, has all migrations, and goes by the same clock. Changes nothing. */
export async function checkDatabase(): Promise<Finding[]> {
  let url: string;
  try {
    url = findDatabase("npm run doctor");
    await reachDatabase(url, { patienceMilliseconds: 0 });
  } catch (error) {
    if (!isOperatorError(error) || !(error instanceof Error)) throw error;
    return [wrong("database", error.message, "See to it, and run npm run doctor again.")];
  }
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: LIMIT_MS,
    statement_timeout: LIMIT_MS,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const answers = ok("database", "The database answers.");
    return [answers, await ofMigrations(client), await ofClock(client)];
  } finally {
    await client.end().catch(() => {});
  }
}
