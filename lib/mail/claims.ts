import pg from "pg";
import { log } from "@/lib/log/log";

/**
 * Which of all processes sends a mail: advisory locks of one connection that end with its process.
 */
export type Claims = {
  /** Claims a mail; false while this or another process has it. Throws when the database is away. */
  claim(mailId: string): Promise<boolean>;
  /** Gives the claim back. Never throws: a claim also ends with the connection. */
  release(mailId: string): Promise<void>;
  close(): Promise<void>;
};

const lock = "SELECT pg_try_advisory_lock(hashtextextended('mail:' || $1, 0)) AS done";
const unlock = "SELECT pg_advisory_unlock(hashtextextended('mail:' || $1, 0)) AS done";

/** Claims on a connection of their own, opened with the first and again after it was lost. */
export function openClaims(databaseUrl: string): Claims {
  // Locks are re-entrant within a session, so this process keeps its own list too.
  const held = new Set<string>();
  let current: pg.Client | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function connected(): Promise<pg.Client> {
    if (current !== null) return current;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: "portaria mail claims",
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    const forget = () => {
      if (current === client) current = null;
    };
    client.on("error", forget);
    client.on("end", forget);
    await client.connect();
    current = client;
    return client;
  }

  // One statement at a time: a connection takes no more.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function ask(statement: string, mailId: string): Promise<boolean> {
    const client = await connected();
    const answer = await client.query<{ done: boolean }>(statement, [mailId]);
    return answer.rows[0]?.done === true;
  }

  return {
    async claim(mailId) {
      if (held.has(mailId)) return false;
      held.add(mailId);
      let claimed = false;
      try {
        claimed = await inTurn(() => ask(lock, mailId));
      } finally {
        if (!claimed) held.delete(mailId);
      }
      return claimed;
    },
    async release(mailId) {
      try {
        await inTurn(async () => current !== null && (await ask(unlock, mailId)));
      } catch (error) {
        // A lock that may still be held must not outlive this: the connection ends, and all with it.
        log.debug({ error }, "A mail's claim could not be given back.");
        await current?.end().catch(() => undefined);
      } finally {
        held.delete(mailId);
      }
    },
    close: () =>
      inTurn(async () => {
        await current?.end().catch(() => undefined);
      }),
  };
}
