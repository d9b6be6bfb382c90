import pg from "pg";
import { rawStatements } from "@/lib/db/connections/raw-statements";
import { reportStatement } from "@/lib/db/connections/statement-listeners";
import {
  CONNECT_MILLISECONDS,
  KEEP_ALIVE_MILLISECONDS,
  limitConnection,
  noticeLostClient,
} from "@/lib/db/database-session";
import { Prisma } from "@/lib/generated/prisma/client";
import { log } from "@/lib/log/log";
import { MAIL_CHANNEL } from "@/lib/mail/outbox";
import { type Ask, claimKeySql, type Taken, takeMails } from "@/lib/mail/take-store";

/**
 * Which of all processes sends a mail: advisory locks of one connection that end with its process.
 */
export type Claims = {
  /** Claims and loads the mails that go next. Throws when the database is away. */
  take(ask: Omit<Ask, "settled">): Promise<Taken>;
  /** Claims one mail; false while this or another process has it. Throws when the database is away. */
  claim(mailId: string): Promise<boolean>;
  /** Gives the claim back. Never throws: a claim also ends with the connection. */
  release(mailId: string): Promise<void>;
  /** The same with the next statement, of a mail that is settled for good: nobody waits for it. */
  releaseLater(mailId: string): void;
  close(): Promise<void>;
};

const mailIdSql = (mailId: string) => claimKeySql(Prisma.sql`${mailId}::text`);

/**
 * Claims on a connection of their own, opened with the first and again after it was lost.
 *
 * @param onMail hears of each mail that is committed, by the database's notification, and of the
 *   connection's end, after which none is heard of until it is used again
 */
export function openClaims(databaseUrl: string, onMail?: () => void): Claims {
  // Locks are re-entrant within a session, so this process keeps its own list too.
  const held = new Set<string>();
  const settled = new Set<string>();
  let current: pg.Client | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function connected(): Promise<pg.Client> {
    if (current !== null) return current;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: "portaria mail claims",
      connectionTimeoutMillis: CONNECT_MILLISECONDS,
      query_timeout: 20_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    });
    const forget = () => {
      if (current === client) current = null;
      onMail?.();
    };
    client.on("error", forget);
    client.on("end", forget);
    client.on("notification", () => onMail?.());
    await client.connect();
    try {
      await limitConnection(client);
      // Its claims are nobody else's as long as the session lasts.
      await noticeLostClient(client);
      // Each of its statements has its index, in the order of what goes next. A plan is kept as long as the
      // connection, and one that was made while there were few mails would read them all when there are many.
      await client.query("SET enable_seqscan = off; SET enable_sort = off");
      if (onMail !== undefined) await client.query(`LISTEN ${MAIL_CHANNEL}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    current = client;
    return client;
  }

  // One statement at a time: a connection takes no more.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  const connection = rawStatements(async (statement) => {
    const client = await connected();
    reportStatement(statement);
    try {
      return await client.query(statement);
    } catch (error) {
      // What the database itself refused leaves the session as it is, and with it the other claims.
      if (!(error instanceof pg.DatabaseError)) await client.end().catch(() => undefined);
      throw error;
    }
  });

  async function is(answered: Promise<{ done: boolean }[]>): Promise<boolean> {
    return (await answered)[0]?.done === true;
  }

  return {
    take: (ask) =>
      inTurn(async () => {
        const given = [...settled];
        const except = [...new Set([...ask.except, ...held])];
        const taken = await takeMails(connection, { ...ask, except, settled: given });
        for (const id of given) {
          settled.delete(id);
          held.delete(id);
        }
        for (const { id } of taken.mails) held.add(id);
        for (const id of taken.unfit) {
          held.add(id);
          settled.add(id);
        }
        return taken;
      }),
    async claim(mailId) {
      if (held.has(mailId)) return false;
      held.add(mailId);
      let claimed = false;
      try {
        claimed = await inTurn(() =>
          is(connection.$queryRaw`SELECT pg_try_advisory_lock(${mailIdSql(mailId)}) AS done`),
        );
      } finally {
        if (!claimed) held.delete(mailId);
      }
      return claimed;
    },
    async release(mailId) {
      try {
        await inTurn(
          async () =>
            current !== null &&
            (await is(
              connection.$queryRaw`SELECT pg_advisory_unlock(${mailIdSql(mailId)}) AS done`,
            )),
        );
      } catch (error) {
        // A lock that may still be held must not outlive this: the connection ends, and all with it.
        log.debug({ error }, "A mail's claim could not be given back.");
        await current?.end().catch(() => undefined);
      } finally {
        held.delete(mailId);
      }
    },
    releaseLater(mailId) {
      settled.add(mailId);
    },
    close: () =>
      inTurn(async () => {
        await current?.end().catch(() => undefined);
      }),
  };
}
