import { setTimeout as rest } from "node:timers/promises";
import { Client } from "pg";

/** Writes an account with its place, both or neither; $1 is its address. */
export const pair = `WITH a AS (INSERT INTO account (email, name, locale, password_changed_at, created_at)
  VALUES ($1, 'Ana', 'en', now(), now()) RETURNING id)
  INSERT INTO trusted_place (account_id, network, because, created_at, last_used_at)
  SELECT id, '203.0.113.1/32', 'sign-up', now(), now() FROM a`;

/**
 * Writes pairs one after the other, over connections that are made anew, at once the first time and then
 * every few moments, and takes every `takeEvery`th away again. `kept` is what was acknowledged, `refused` the codes of what was not.
 */
export function keepWriting(databaseUrl: string, name: string, { takeEvery = 0 } = {}) {
  const kept: string[] = [];
  const refused: string[] = [];
  let over = false;
  let isRefusedAgain = false;
  const ended = (async () => {
    for (let index = 0; !over; ) {
      const client = new Client({ connectionString: databaseUrl });
      client.on("error", () => {});
      try {
        await client.connect();
        while (!over) {
          const email = `${name}-${index++}@example.com`;
          await client.query(pair, [email]);
          kept.push(email);
          isRefusedAgain = false;
          if (takeEvery > 0 && index % takeEvery === 0) {
            await client.query("DELETE FROM account WHERE email = $1", [email]);
            kept.pop();
          }
        }
      } catch (error) {
        refused.push((error as { code?: string }).code ?? (error as Error).message);
      } finally {
        await client.end().catch(() => {});
      }
      // Who only tries to connect would take the processor from what is tried here.
      if (isRefusedAgain) await rest(20);
      isRefusedAgain = true;
    }
  })();
  return {
    kept,
    refused,
    async stop() {
      over = true;
      await ended;
    },
  };
}
