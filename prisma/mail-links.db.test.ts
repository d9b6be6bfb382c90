import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { migrate } from "@/prisma/migrate";

const url = testDatabase();
const log = { info() {} };
const migrations = join(import.meta.dirname, "migrations");
const newer = "20261129021500_one_link_a_mail";
let directory: string;
let client: Client;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "portaria-migrations-"));
  client = new Client({ connectionString: url() });
  await client.connect();
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
});
afterEach(async () => {
  await client.end();
  rmSync(directory, { recursive: true, force: true });
});

const stored = [
  ["password-reset", "reset_id", "password reset"],
  ["case-question", "case_id", "case"],
  ["staff-invited", "invitation_id", "staff-invitation"],
  ["confirm-new-email", "link_id", "confirm-new-email"],
  ["case-reminder", "link_id", "object-case"],
  ["new-browser", "not_me_id", null],
] as const;

test("mails that wait while the version before is replaced keep their links; of others only cases do", async () => {
  for (const name of readdirSync(migrations).filter((one) => one < newer)) {
    cpSync(join(migrations, name), join(directory, name), { recursive: true });
  }
  await migrate(url(), { log, directory });
  const link = randomUUID();
  for (const state of ["queued", "sent"]) {
    for (const [kind, column] of stored) {
      await client.query(
        `INSERT INTO mail (kind, ${column}, state, recipient, locale, facts, next_try_at, useful_until, created_at)
         VALUES ($1, $2, $3, 'x@example.com', 'en', '{}', now(), now(), now())`,
        [kind, link, state],
      );
    }
  }
  await migrate(url(), { log });
  const { rows } = await client.query("SELECT kind, state, link_type, link_row_id FROM mail");
  const expected = ["queued", "sent"].flatMap((state) =>
    stored.map(([kind, , type]) => {
      const found = state === "queued" || type === "case" ? type : null;
      return { kind, state, link_type: found, link_row_id: found === null ? null : link };
    }),
  );
  expect(rows).toHaveLength(expected.length);
  expect(rows).toEqual(expect.arrayContaining(expected));
});
