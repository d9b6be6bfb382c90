import { type ClientBase, DatabaseError } from "pg";

/**
 * How long a statement waits for a lock; whoever asked is then asked to try again, and lets go of
 * the connection.
 */
export const LOCK_SECONDS = 5;
const STATEMENT_SECONDS = 15;
const IDLE_IN_TRANSACTION_SECONDS = 20;

/** How long a new connection may take to be of use. */
export const CONNECT_MILLISECONDS = 5_000;

/**
 * After how long a connection that nobody uses says that it lives. Balancers and firewalls on the way drop
 * an idle one without a word after four minutes and more.
 */
export const KEEP_ALIVE_MILLISECONDS = 60_000;

// What the operator set for the role, for the database or in DATABASE_URL's "options" stays as it is;
// without those it is PostgreSQL's own default, no limit, or that of its configuration file.
const operatorsOwn = ["database", "user", "database user", "client"];

const setOurs = `SELECT set_config(ours.name, ours.setting, false)
    FROM unnest($1::text[], $2::text[]) AS ours (name, setting)
    JOIN pg_settings AS present USING (name)
    WHERE present.source <> ALL ($3::text[])`;

const limitSession = {
  text: setOurs,
  values: [
    ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "jit"],
    [
      ...[LOCK_SECONDS, STATEMENT_SECONDS, IDLE_IN_TRANSACTION_SECONDS].map((time) => `${time}s`),
      // To compile a statement takes longer than any of ours runs.
      "off",
    ],
    operatorsOwn,
  ],
};

/**
 * Sets the limits of a new connection, and how it is planned for, for `onConnect` of a pool: one statement,
 * once for each connection. Not as parameters of its start, for poolers such as PgBouncer refuse those.
 *
 * @throws what the database says; also when it says nothing for five seconds, as a pooler does that
 *   has no connection left
 */
export async function limitConnection(client: ClientBase): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // In the words of a pool that has none left (database-down.ts).
    const error = new Error("timeout exceeded when trying to connect");
    timer = setTimeout(() => reject(error), CONNECT_MILLISECONDS);
  });
  const limited = client.query(limitSession);
  try {
    await Promise.race([limited, late]);
  } finally {
    clearTimeout(timer);
    limited.catch(() => {});
  }
}

// A machine that was cut off says nothing any more. PostgreSQL asks after two hours where nobody says otherwise,
// and keeps until then what its session holds.
const askAtServer = {
  text: setOurs,
  values: [
    [
      ...["tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count"],
      "tcp_user_timeout",
    ],
    ["20s", "10s", "3", "50s"],
    operatorsOwn,
  ],
};

/**
 * Has the server end a connection whose other side is gone without a word within a minute, and with it what
 * its session holds. Where a pooler or a platform does not allow that, nothing changes.
 *
 * @throws when the connection is lost
 */
export async function noticeLostClient(client: ClientBase): Promise<void> {
  try {
    await client.query(askAtServer);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  }
}
