import pg, { Client, DatabaseError } from "pg";
import { expect, test, vi } from "vitest";
import { noticeLostClient } from "@/lib/db/database-session";
import { openClaims } from "@/lib/mail/claims";
import { testDatabase } from "@/lib/testing/database";

const databaseUrl = testDatabase();

const names = ["tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count"];

async function settingsOf(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query(
    "SELECT name, setting FROM pg_settings WHERE name = ANY($1::text[])",
    [[...names, "tcp_user_timeout"]],
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

test("the server notices within a minute that the other side of a connection is gone", async () => {
  const client = new Client({ connectionString: databaseUrl() });
  await client.connect();
  await noticeLostClient(client);
  const settings = await settingsOf(client);
  await client.end();
  expect(settings).toEqual({
    tcp_keepalives_idle: "20",
    tcp_keepalives_interval: "10",
    tcp_keepalives_count: "3",
    tcp_user_timeout: "50000",
  });
});

test("what the operator set for a connection stays", async () => {
  const options = encodeURIComponent("-c tcp_keepalives_idle=90");
  const connectionString = `${databaseUrl()}${databaseUrl().includes("?") ? "&" : "?"}options=${options}`;
  const client = new Client({ connectionString });
  await client.connect();
  await noticeLostClient(client);
  const { tcp_keepalives_idle } = await settingsOf(client);
  await client.end();
  expect(tcp_keepalives_idle).toBe("90");
});

test("where that is not allowed the connection is of use all the same; a lost one is none", async () => {
  const refused = new DatabaseError("permission denied to set parameter", 1, "error");
  const client = (error: Error) => ({ query: () => Promise.reject(error) }) as unknown as Client;
  await expect(noticeLostClient(client(refused))).resolves.toBeUndefined();
  await expect(noticeLostClient(client(new Error("Connection terminated")))).rejects.toThrow();
});

test("the session that claims mails asks for it", async () => {
  const asked = vi.spyOn(pg.Client.prototype, "query");
  const claims = openClaims(databaseUrl());
  await claims.claim("00000000-0000-4000-8000-000000000000");
  await claims.close();
  const values = asked.mock.calls.map(([statement]) => JSON.stringify(statement));
  asked.mockRestore();
  expect(values.some((text) => text.includes("tcp_user_timeout"))).toBe(true);
});
