import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { awayReason } from "@/lib/db/database-down";
import { CONNECT_MILLISECONDS } from "@/lib/db/database-session";

// Poolers hand out the connection that came back last, or go round: either way a few turns show it.
const TURNS = 6;

/** One connection was given and another was not. */
export class NoSecondConnection extends Error {}

type ServerSession = { pid: number; token: string | null };

// By hand in the statement: poolers between statements know no parameters of an earlier one.
const mark = (token: string) =>
  `SELECT pg_backend_pid() AS pid, set_config('portaria.session', '${token}', false) AS token`;
const look = "SELECT pg_backend_pid() AS pid, current_setting('portaria.session', true) AS token";

/**
 * Whether what is set for a connection stays with it, as it does with PostgreSQL itself and with a pooler
 * in session mode. Where a pooler gives each transaction a connection of its choice, two connections of
 * ours see each other's settings or change their server process. Found by behaviour, for no pooler says
 * its mode to who may not administer it.
 *
 * @throws NoSecondConnection; what the database or the pooler says
 */
export async function keepsSessions(connectionString: string): Promise<boolean> {
  const clients = [0, 1].map(
    () =>
      new Client({
        connectionString,
        connectionTimeoutMillis: CONNECT_MILLISECONDS,
        query_timeout: CONNECT_MILLISECONDS,
      }),
  );
  try {
    const marks = clients.map((client) => ({ client, token: randomUUID(), pid: 0 }));
    for (const [index, one] of marks.entries()) {
      try {
        one.pid = await begin(one.client, one.token);
      } catch (error) {
        // A pooler lets everybody in, and then leaves the statement waiting for a connection.
        const waits = index > 0 && awayReason(error) === "Query read timeout";
        throw waits ? new NoSecondConnection() : error;
      }
    }
    if (new Set(marks.map(({ pid }) => pid)).size < marks.length) return false;
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const { client, token, pid } of marks) {
        const seen = await ask(client, look);
        if (seen.pid !== pid || seen.token !== token) return false;
      }
    }
    return true;
  } finally {
    for (const client of clients) await client.end().catch(() => {});
  }
}

async function begin(client: Client, token: string): Promise<number> {
  client.on("error", () => {});
  await client.connect();
  return (await ask(client, mark(token))).pid;
}

async function ask(client: Client, statement: string): Promise<ServerSession> {
  const { rows } = await client.query<ServerSession>(statement);
  return rows[0] ?? { pid: 0, token: null };
}
