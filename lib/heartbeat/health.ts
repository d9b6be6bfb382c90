import { setTimeout as pause } from "node:timers/promises";
import { db, dropConnections } from "@/lib/db/client";
import { awayReason } from "@/lib/db/database-down";
import { log } from "@/lib/log/log";

const ANSWER_MILLISECONDS = 2_000;
const BETWEEN_LOOKS_MILLISECONDS = 100;

// What signing in writes, at a known network and at a new one.
const signInTables = [
  ...["account", "session", "trusted_place", "seen_browser", "trusted_browser"],
  ...["sign_in_judgement", "challenge", "code_attempts", "mail", "rate_window"],
];

/**
 * What the database says of itself: a sign-in can be written, it only reads, it answers but the tables of
 * a sign-in are locked, or it does not answer in two seconds.
 */
export type DatabaseState = "ok" | "read-only" | "locked" | "unreachable";

// With one of these, held or waited for, a statement that changes a row waits (PostgreSQL 13.3.1).
const locksOutWriters = "{ShareLock, ShareRowExclusiveLock, ExclusiveLock, AccessExclusiveLock}";

type Look = { state: Promise<DatabaseState>; isLocked: boolean };

// One at a time, however often it is asked.
let underWay: Look | null = null;
let wasOk = true;

/**
 * Asks the database, and writes a line when it is away and when it is back. One that only reads is
 * asked over a new connection the next time.
 *
 * @param patience milliseconds for the answer, and for a lock to pass
 */
export async function databaseState(patience = ANSWER_MILLISECONDS): Promise<DatabaseState> {
  let timer: NodeJS.Timeout | undefined;
  const look = lookOnce(performance.now() + patience);
  const late = new Promise<DatabaseState>((resolve) => {
    const say = () => resolve(look.isLocked ? "locked" : "unreachable");
    timer = setTimeout(say, patience);
  });
  const state = await Promise.race([look.state, late]);
  clearTimeout(timer);
  report(state);
  // After a failover the old primary still answers; only new connections lead to the new one.
  if (state === "read-only") dropConnections();
  return state;
}

function lookOnce(until: number): Look {
  if (underWay !== null) return underWay;
  const look: Look = { state: Promise.resolve("ok"), isLocked: false };
  look.state = ask(look, until).finally(() => {
    underWay = null;
  });
  underWay = look;
  return look;
}

async function ask(look: Look, until: number): Promise<DatabaseState> {
  try {
    for (;;) {
      const [row] = await db.$queryRawUnsafe<{ reads: boolean; locked: boolean }[]>(statement);
      if (row === undefined) return "unreachable";
      if (row.reads) return "read-only";
      if (!row.locked) return "ok";
      look.isLocked = true;
      if (performance.now() >= until) return "locked";
      await pause(BETWEEN_LOOKS_MILLISECONDS);
    }
  } catch (error) {
    return awayReason(error) === "25006" ? "read-only" : "unreachable";
  }
}

// What waits for a lock stands before all that come later, and keeps the tables it has meanwhile: a
// probe each second would end migrations as deadlocks. And to be refused a lock is an error in
// PostgreSQL's own log. So it asks for none.
const statement = `SELECT current_setting('transaction_read_only') = 'on' AS reads, EXISTS (
  SELECT FROM pg_locks
  WHERE locktype = 'relation' AND mode = ANY ('${locksOutWriters}')
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = ANY (ARRAY[${signInTables.map((table) => `'${table}'::regclass`).join(", ")}]::oid[])
) AS locked`;

function report(state: DatabaseState): void {
  const isOk = state === "ok";
  if (isOk === wasOk) return;
  wasOk = isOk;
  if (isOk) log.info("Health: the database is back");
  else log.error({ state }, "Health: the database is away");
}
