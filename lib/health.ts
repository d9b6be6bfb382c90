import { awayReason } from "@/lib/database-down";
import { db, dropConnections } from "@/lib/db";
import { log } from "@/lib/log";

const ANSWER_MILLISECONDS = 2_000;

// What signing in writes, at a known place and at a new one.
const signInTables = [
  ...["account", "session", "trusted_place", "seen_browser", "trusted_browser"],
  ...["sign_in_judgement", "challenge", "code_attempts", "mail", "rate_window"],
];

/**
 * What the database says of itself: a sign-in can be written, it only reads, it answers but the tables of
 * a sign-in are locked, or it does not answer in two seconds.
 */
export type DatabaseState = "ok" | "read-only" | "locked" | "unreachable";

type Look = { state: Promise<DatabaseState>; hasAnswered: boolean };

// One at a time, however often it is asked: looks that wait for a lock must not hold the connections.
let underWay: Look | null = null;
let wasOk = true;

/**
 * Asks the database, and writes a line when it is away and when it is back. One that only reads is
 * asked over a new connection the next time.
 */
export async function databaseState(): Promise<DatabaseState> {
  let timer: NodeJS.Timeout | undefined;
  const look = lookOnce();
  const late = new Promise<DatabaseState>((resolve) => {
    const say = () => resolve(look.hasAnswered ? "locked" : "unreachable");
    timer = setTimeout(say, ANSWER_MILLISECONDS);
  });
  const state = await Promise.race([look.state, late]);
  clearTimeout(timer);
  tell(state);
  // After a failover the old primary still answers; only new connections lead to the new one.
  if (state === "read-only") dropConnections();
  return state;
}

function lookOnce(): Look {
  if (underWay !== null) return underWay;
  const look: Look = { state: Promise.resolve("ok"), hasAnswered: false };
  look.state = ask(look).finally(() => {
    underWay = null;
  });
  underWay = look;
  return look;
}

async function ask(look: Look): Promise<DatabaseState> {
  try {
    const [row] = await db.$queryRaw<{ reads: boolean }[]>`
      SELECT current_setting('transaction_read_only') = 'on' AS reads`;
    if (row?.reads) return "read-only";
    look.hasAnswered = true;
    await db.$queryRawUnsafe(writeNothing);
    return "ok";
  } catch (error) {
    if (awayReason(error) === "25006") return "read-only";
    const waited = ["55P03", "57014"].includes(awayReason(error) ?? "");
    return waited ? "locked" : "unreachable";
  }
}

// Touches no row, and waits for each table as a statement that changes one would.
const writeNothing = `WITH ${signInTables
  .map((table, index) => `t${index} AS (DELETE FROM ${table} WHERE false)`)
  .join(", ")} SELECT 1`;

function tell(state: DatabaseState): void {
  const isOk = state === "ok";
  if (isOk === wasOk) return;
  wasOk = isOk;
  if (isOk) log.info("Health: the database is back");
  else log.error({ state }, "Health: the database is away");
}
