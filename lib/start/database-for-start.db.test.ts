import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { env, resetEnvironment } from "@/lib/env/env";
import { prepareDatabase } from "@/lib/start/database-for-start";
import { testDatabase } from "@/lib/testing/database";
import { seedDemo } from "@/prisma/seed";

testDatabase();
let directory: string;
beforeAll(() => {
  directory = makeTestDirectory("portaria-first-start-");
});
afterAll(async () => {
  delete process.env.DATA_DIR;
  delete process.env.RESEND_API_KEY;
  delete process.env.EMAIL_FROM;
  process.env.EMAIL_TRANSPORT = "mailbox";
  resetEnvironment();
  await removeTestDirectory(directory);
});

const useDirectory = (name: string) => {
  process.env.DATA_DIR = join(directory, name, "below");
  resetEnvironment();
  return process.env.DATA_DIR;
};

test("a first start with a database of one's own and the mailbox has a file for its passwords", async () => {
  const dataDir = useDirectory("mailbox");
  await prepareDatabase(env(), () => {});
  const people = await seedDemo();
  expect(people.every(({ password }) => password !== null)).toBe(true);
  expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("with a database of one's own and real mail nothing is kept in DATA_DIR", async () => {
  const dataDir = useDirectory("real-mail");
  process.env.EMAIL_TRANSPORT = "resend";
  process.env.RESEND_API_KEY = "re_1";
  process.env.EMAIL_FROM = "no-reply@host.example";
  resetEnvironment();
  await prepareDatabase(env(), () => {});
  expect(existsSync(dataDir)).toBe(false);
});
