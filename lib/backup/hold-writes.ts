import { setTimeout as pause } from "node:timers/promises";
import { type Client, DatabaseError } from "pg";
import { inPublic } from "@/lib/backup/catalogue";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

// Longer than deadlock_timeout, at which PostgreSQL itself sends an autovacuum away.
const LOCK_TIMEOUT = "1500ms";
// A transaction of a page ends within 20 seconds; what is older than that is nobody's.
const PATIENT_TRIES = 15;
const TRIES_AT_MOST = 30;
const LOOK_EVERY_MILLISECONDS = 200;
const QUIET_LOOKS = 5;
const LOOKS_AT_MOST = 150;

/**
 * Two connections to the source: one that holds its tables, one that looks after those that wait.
 */
export type Hands = { holder: Client; warden: Client };

/**
 * Begins the transaction of `holder`, in which nobody else can write the tables and everybody can read
 * them; its snapshot is of a moment when all writes were through. The locks end with the connection, so a
 * command that is killed leaves nothing behind. Whoever waits to write is sent away at once, which a
 * server takes for a database that is away, and answers 503.
 *
 * @returns `stop`, which ends the looking after; the locks are the transaction's
 * @throws OperatorError where a transaction that writes does not end
 */
export async function holdWrites(
  { holder, warden }: Hands,
  tables: string[],
): Promise<{ stop(): Promise<void> }> {
  const holderPid = await pidOf(holder);
  const watching = { over: false, impatient: false };
  const watch = (async () => {
    while (!watching.over) {
      await sendWaitingAway(warden, holderPid);
      if (watching.impatient) await sendBlockingAway(warden, holderPid);
      await pause(LOOK_EVERY_MILLISECONDS);
    }
  })();
  // It hears when it is stopped; the work itself finds out by its own connections.
  watch.catch(() => {});
  const stop = async () => {
    watching.over = true;
    await watch;
  };
  try {
    for (let tries = 1; !(await lock(holder, tables)); tries++) {
      if (tries === TRIES_AT_MOST)
        throw new OperatorError(
          "Somebody else's transaction writes and does not end, so nothing was moved: look in pg_stat_activity whose it is, and try again.",
        );
      watching.impatient = tries >= PATIENT_TRIES;
    }
    watching.impatient = false;
    return { stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

async function lock(holder: Client, tables: string[]): Promise<boolean> {
  await holder.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  try {
    await holder.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await holder.query(`LOCK TABLE ${tables.map(inPublic).join(", ")} IN EXCLUSIVE MODE`);
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || !["55P03", "40P01"].includes(error.code ?? ""))
      throw error;
    await holder.query("ROLLBACK");
    return false;
  }
}

// A user that is no superuser is shown nothing of others' sessions but that they are there.
const isClient = "coalesce(a.backend_type, 'client backend') = 'client backend'";
const mayEnd = `((SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
  OR NOT (SELECT rolsuper FROM pg_roles WHERE oid = a.usesysid)
    AND (pg_has_role(a.usesysid, 'MEMBER') OR pg_has_role('pg_signal_backend', 'MEMBER')))`;

// Those that wait for us, but not a start that waits for our turn with the schema.
async function sendWaitingAway(warden: Client, holderPid: number): Promise<void> {
  await warden.query(
    `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
     WHERE a.datname = current_database() AND a.pid <> $1 AND ${mayEnd}
       AND EXISTS (SELECT FROM pg_locks l
         WHERE l.pid = a.pid AND NOT l.granted AND l.locktype <> 'advisory')
       AND $1 = ANY (pg_blocking_pids(a.pid))
       AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.pid = $1 AND NOT l.granted)
       AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = $1 AND l.mode = 'ExclusiveLock'
         AND l.locktype = 'relation')`,
    [holderPid],
  );
}

async function sendBlockingAway(warden: Client, holderPid: number): Promise<void> {
  await warden.query("SELECT pg_terminate_backend(pid) FROM unnest(pg_blocking_pids($1)) AS pid", [
    holderPid,
  ]);
}

/**
 * Ends every connection to the database that is older than this call, but our own: what they were about
 * to write waits for our locks and is lost to them, not to us. Call it while these are held.
 *
 * @throws OperatorError where one does not end
 */
export async function endOthers({ holder, warden }: Hands): Promise<void> {
  const own = [await pidOf(holder), await pidOf(warden)];
  const { rows } = await warden.query<{ at: string }>("SELECT clock_timestamp()::text AS at");
  const old = new Set<number>();
  // A connection that just began is listed a moment later than it has read how it may work.
  for (let quiet = 0, looks = 0; quiet < QUIET_LOOKS; looks++) {
    if (looks === LOOKS_AT_MOST)
      throw new OperatorError("a connection to it does not end: see pg_stat_activity");
    // Where we are not shown when one began, those that come later than that are new, however many come.
    const { rows: ended } = await warden.query<{ pid: number }>(
      `SELECT a.pid, pg_terminate_backend(a.pid) FROM pg_stat_activity a
       WHERE a.datname = current_database() AND a.pid <> ALL ($1) AND ${isClient}
         AND coalesce(a.backend_start <= $2::timestamptz, $3 OR a.pid = ANY ($4))`,
      [own, rows[0]?.at, looks < QUIET_LOOKS, [...old]],
    );
    for (const { pid } of ended) old.add(pid);
    quiet = ended.length === 0 ? quiet + 1 : 0;
    await pause(LOOK_EVERY_MILLISECONDS);
  }
  // Had its connection been lost, its locks would have been lost too, and rows with them.
  await pidOf(holder);
}

/**
 * Refuses a user that could not close the database to others once it is moved.
 *
 * @throws OperatorError that says what is missing
 */
export async function refuseUnlessMayClose(client: Client): Promise<void> {
  const { rows } = await client.query<{ owns: boolean; others: number }>(
    `SELECT pg_has_role(d.datdba, 'MEMBER') AS owns,
       (SELECT count(*) FROM pg_stat_activity a
        WHERE a.datname = d.datname AND ${isClient} AND NOT ${mayEnd})::int AS others
     FROM pg_database d WHERE d.datname = current_database()`,
  );
  const [{ owns, others } = { owns: false, others: 0 }] = rows;
  if (!owns)
    throw new OperatorError(
      "This user does not own the database, and could not keep others from writing into it after the move: ALTER DATABASE … OWNER TO that user, or move as the owner.",
    );
  if (others > 0)
    throw new OperatorError(
      `Connections of other users are open that this user may not end (${others} of them): end them first, or GRANT pg_signal_backend to this user.`,
    );
}

async function pidOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}
