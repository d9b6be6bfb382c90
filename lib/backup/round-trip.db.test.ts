import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { headText, verifyChain } from "@/lib/audit/verify-chain";
import { readSecrets, updateSecrets } from "@/lib/data-directory/secrets.mjs";
import { db, disconnectDatabase } from "@/lib/db/client";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { customerOfBefore, faresOn } from "@/lib/testing/backup-people";
import {
  ask,
  contentOf,
  dropDatabase,
  makeEmptyDatabase,
  run,
  secret,
} from "@/lib/testing/commands";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { seedDemo } from "@/prisma/seed";

const url = testDatabase();
const quiet = { info() {}, warn() {}, error() {} };
let directory: string;
let external: string;
let customer: Awaited<ReturnType<typeof customerOfBefore>>;
const file = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = makeTestDirectory("portaria-backup-");
  Object.assign(process.env, { DATA_DIR: join(directory, "demo"), AUTH_SECRET: secret });
  mkdirSync(join(directory, "demo"));
  resetEnvironment();
  await seedDemo();
  customer = await customerOfBefore();
  const odd = await makeAccount();
  const name = "a\tb\\.\n\\.\n\\N\r\"';--\u{1f511} \u00a0";
  await db.account.update({ where: { id: odd.id }, data: { name } });
  await db.$executeRaw`UPDATE case_document SET sealed = ${randomBytes(3_000_000)}`;
  await ask(url(), "CREATE TABLE of_another_program AS SELECT 1 AS n");
  external = await makeEmptyDatabase();
});
afterAll(async () => {
  await dropDatabase(external);
  delete process.env.DATA_DIR;
  await removeTestDirectory(directory);
});

async function auditHeadOn(databaseUrl: string): Promise<string> {
  await disconnectDatabase();
  const before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = databaseUrl;
  resetEnvironment();
  try {
    const verdict = await verifyChain({ expected: null });
    return verdict.kind === "intact" ? headText(verdict.head) : verdict.kind;
  } finally {
    await disconnectDatabase();
    process.env.DATABASE_URL = before;
    resetEnvironment();
  }
}

test("there and back: external, embedded, external, every row, the audit log and a sign-in of before", async () => {
  const content = await contentOf(url());
  delete content.of_another_program;
  const head = await auditHeadOn(url());
  expect(head).toMatch(/^[1-9]\d*:/);

  const backed = await run("backup", [file("first")], { DATABASE_URL: url() });
  expect(backed).toMatchObject({ code: 0, err: "" });
  expect(backed.out).toContain("It holds AUTH_SECRET");
  expect(backed.out).toContain("they are not Portaria's: of_another_program");
  expect(statSync(file("first")).mode & 0o777).toBe(0o600);

  const dataDir = file("embedded");
  const restored = await run("restore", [file("first")], { DATA_DIR: dataDir, AUTH_SECRET: "" });
  expect(restored).toMatchObject({ code: 0, err: "" });
  expect(readSecrets(dataDir).authSecret).toBe(secret);
  const embedded = await startEmbeddedDatabase({ dataDir, durable: false, log: quiet });
  try {
    expect(await contentOf(embedded.url)).toEqual(content);
    expect(await auditHeadOn(embedded.url)).toBe(head);
    const running = await run("backup", [file("running")], { DATA_DIR: dataDir, AUTH_SECRET: "" });
    // This test holds the lock, as a running server does.
    expect(running).toMatchObject({ code: 0, err: "" });
    const refused = await run("restore", [file("first")], { DATA_DIR: dataDir });
    expect(refused.err).toMatch(/^A server runs on DATA_DIR=/);
    expect(await faresOn(embedded.url, secret, customer)).toEqual({
      session: customer.accountId,
      atHome: "entered",
      code: "right",
      factors: ["right", "right", "entered"],
      url: expect.stringContaining("127.0.0.1"),
    });
  } finally {
    await embedded.stop();
  }

  const again = await run("restore", [file("first")], { DATA_DIR: dataDir, AUTH_SECRET: "" });
  expect(again).toMatchObject({ code: 1, out: "" });
  expect(again.err).toMatch(/^The database in \S+ is not empty .* set another DATA_DIR, or move/);

  const stopped = await run("backup", [file("stopped")], { DATA_DIR: dataDir, AUTH_SECRET: "" });
  expect(stopped).toMatchObject({ code: 0, err: "" });
  const back = await run("restore", [file("running")], { DATABASE_URL: external });
  expect(back).toMatchObject({ code: 0, err: "" });
  expect(back.out).toContain("AUTH_SECRET holds the secret they need");
  expect(await contentOf(external)).toEqual(content);
  expect(await auditHeadOn(external)).toBe(head);
  expect(await faresOn(external, secret, customer)).toMatchObject({
    session: customer.accountId,
    atHome: "entered",
    code: "right",
    factors: ["right", "right", "entered"],
  });
  await expect(ask(external, "UPDATE audit_entry SET reason = 'x'")).rejects.toThrow(/audit/i);
  const orphan =
    "INSERT INTO trusted_place (account_id, network, because, created_at, last_used_at) VALUES (gen_random_uuid(), '::1', 'x', now(), now())";
  await expect(ask(external, orphan)).rejects.toThrow(/foreign key/);
}, 120_000);

test("another secret than the backup's is reported, and written where only the owner reads it", async () => {
  const other = "another secret with 32 characters or more";
  const target = await makeEmptyDatabase();
  try {
    await run("backup", [file("reported")], { DATABASE_URL: url() });
    const settings = { DATABASE_URL: target, AUTH_SECRET: other };
    const { out, code } = await run("restore", [file("reported")], settings);
    expect(code).toBe(0);
    expect(out).toContain("AUTH_SECRET does not hold the secret they need");
    expect(out).not.toContain(secret);
    expect(readFileSync(file("reported.env"), "utf8")).toBe(`AUTH_SECRET='${other},${secret}'\n`);
    expect(statSync(file("reported.env")).mode & 0o777).toBe(0o600);
  } finally {
    await dropDatabase(target);
  }
}, 90_000);

test("what secrets.json holds comes along, but for the password of the embedded database", async () => {
  const dataDir = file("secretive");
  mkdirSync(dataDir);
  updateSecrets(dataDir, () => ({
    databasePassword: "only there",
    demoPasswords: { "a@b.c": "d" },
    demoAppKeys: { "a@b.c": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" },
  }));
  const settings = { DATABASE_URL: url(), DATA_DIR: dataDir };
  expect((await run("backup", [file("secrets")], settings)).code).toBe(0);
  const restored = file("restored");
  await run("restore", [file("secrets")], { DATA_DIR: restored, AUTH_SECRET: "" });
  const { databasePassword, ...rest } = readSecrets(restored);
  expect(rest).toEqual({
    authSecret: secret,
    demoPasswords: { "a@b.c": "d" },
    demoAppKeys: { "a@b.c": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" },
  });
  expect(databasePassword).not.toBe("only there");
}, 90_000);

test("an existing file is never overwritten, and a half one never gets the name", async () => {
  writeFileSync(file("there"), "mine");
  const refused = await run("backup", [file("there")], { DATABASE_URL: url() });
  expect(refused).toMatchObject({ code: 1, out: "" });
  expect(refused.err).toMatch(/is there already, and nothing is overwritten/);
  expect(readFileSync(file("there"), "utf8")).toBe("mine");
  const nowhere = await run("backup", [file("no/such/directory")], { DATABASE_URL: url() });
  expect(nowhere.err).toMatch(/cannot be written: there is no such directory; make it/);
  expect(nowhere.err.trim().split("\n")).toHaveLength(1);
  const full = await run("backup", ["/dev/full"], { DATABASE_URL: url() });
  expect(full.err).toMatch(/is there already/);
  expect(existsSync(file("there.partial"))).toBe(false);
}, 90_000);
