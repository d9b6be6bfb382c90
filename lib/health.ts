import { setTimeout as pause } from "node:timers/promises";
import { awayReason } from "@/lib/database-down";
import { db, dropConnections } from "@/lib/db";
import { log } from "@/lib/log";

const ANSWER_MILLISECONDS = 2_000;
const BETWEEN_LOOKS_MILLISECONDS = 100;

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
    const say = () => resolve(look.hasAnswered ? "locked" : "unreachable");
    timer = setTimeout(say, patience);
  });
  const state = await Promise.race([look.state, late]);
  clearTimeout(timer);
  tell(state);
  // After a failover the old primary still answers; only new connections lead to the new one.
  if (state === "read-only") dropConnections();
  return state;
}

function lookOnce(until: number): Look {
  if (underWay !== null) return underWay;
  const look: Look = { state: Promise.resolve("ok"), hasAnswered: false };
  look.state = ask(look, until).finally(() => {
    underWay = null;
  });
  underWay = look;
  return look;
}

async function ask(look: Look, until: number): Promise<DatabaseState> {
  try {
    const [row] = await db.$queryRaw<{ reads: boolean }[]>`
      SELECT current_setting('transaction_read_only') = 'on' AS reads`;
    if (row?.reads) return "read-only";
    look.hasAnswered = true;
    while (!(await canLock())) {
      if (performance.now() >= until) return "locked";
      await pause(BETWEEN_LOOKS_MILLISECONDS);
    }
    return "ok";
  } catch (error) {
    if (awayReason(error) === "25006") return "read-only";
    return awayReason(error) === "57014" ? "locked" : "unreachable";
  }
}

// The locks of a statement that changes a row, and for no longer than one takes. Whoever waits for one
// stands before those who come later, and has the tables before it already: a probe each second would
// make migrations wait, and end them as deadlocks. So it never waits.
const lockAndLetGo = `DO $$ BEGIN
  LOCK TABLE ${signInTables.join(", ")} IN ROW EXCLUSIVE MODE NOWAIT;
END $$`;

async function canLock(): Promise<boolean> {
  try {
    await db.$executeRawUnsafe(lockAndLetGo);
    return true;
  } catch (error) {
    if (awayReason(error) === "55P03") return false;
    throw error;
  }
}

function tell(state: DatabaseState): void {
  const isOk = state === "ok";
  if (isOk === wasOk) return;
  wasOk = isOk;
  if (isOk) log.info("Health: the database is back");
  else log.error({ state }, "Health: the database is away");
}
