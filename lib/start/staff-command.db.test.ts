import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { testDatabase } from "@/lib/testing/database";
import { addApp } from "@/lib/testing/factors";
import { tokenFor } from "@/lib/testing/invitations";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

const databaseUrl = testDatabase();

type Answer = { code: number; said: string; fault: string };

/** What `npm run staff -- …` says, and how it ends. */
function staff(words: string | string[], settings?: Record<string, string>): Promise<Answer> {
  const ours = { DATABASE_URL: databaseUrl(), AUTH_SECRET: process.env.AUTH_SECRET ?? "" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [
        join(root, "scripts", "staff.mjs"),
        ...(typeof words === "string" ? words.split(" ") : words),
      ],
      { env: { ...withoutSettings(process.env), TZ: "UTC", ...(settings ?? ours) } },
      (error, said, fault) => {
        resolve({ code: error === null ? 0 : Number(error.code), said, fault });
      },
    );
  });
}

const sentence = expect.stringMatching(/^[^\n]+\.\n$/);

test("an invitation is made and mailed, and one sentence says so without its link", async () => {
  const email = freshAddress();
  const { code, said, fault } = await staff(`invite --email ${email.toUpperCase()} --role admin`);
  expect([code, fault, said]).toEqual([0, "", sentence]);
  expect(said).toMatch(
    / as admin goes to .+ by mail, which the running server sends, and works until .+ UTC\.$/m,
  );
  expect(said).toContain(email);
  expect(said).not.toContain(await tokenFor(email));
  expect(said).not.toContain("token");
  expect(await db.mail.findMany({ where: { recipient: email } })).toMatchObject([
    { kind: "staff-invited", state: "queued" },
  ]);
  expect(await db.auditEntry.findMany()).toMatchObject([
    { action: "staff-invited", actor: "command" },
  ]);
});

test("an address is taken as a mail program copies it, in any letters", async () => {
  const local = freshAddress().split("@")[0];
  const copied = `Ana Silva <${local}@почта.рф>`;
  const { code, fault } = await staff(["invite", "--email", copied, "--role", "support"]);
  expect([code, fault]).toEqual([0, ""]);
  const recipient = `${local}@xn--80a1acny.xn--p1ai`;
  expect(await db.mail.findMany({ where: { recipient } })).toMatchObject([
    { kind: "staff-invited", state: "queued" },
  ]);
});

test("the list has a line for each: address, role and since when", async () => {
  await db.account.updateMany({ data: { role: "customer" } });
  expect((await staff("list")).said).toContain("Nobody belongs to the staff yet");
  const [support, admin] = [await makeStaff("support"), await makeStaff("admin")];
  const customer = await makeAccount();
  const { code, said, fault } = await staff("list");
  expect([code, fault]).toEqual([0, ""]);
  const lines = said
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));
  expect(lines).toEqual([
    [admin.session.account.email, "admin", "1 January 2026 at 00:00 UTC"],
    [support.session.account.email, "support", "1 January 2026 at 00:00 UTC"],
  ]);
  expect(said).not.toContain(customer.email);
});

test("a role is changed, except the last admin's", async () => {
  await db.account.updateMany({ data: { role: "customer" } });
  const [support, admin] = [await makeStaff("support"), await makeStaff("admin")];
  const { email } = support.session.account;
  const changed = await staff(`role --email ${email} --role customer`);
  expect([changed.code, changed.fault, changed.said]).toEqual([0, "", sentence]);
  expect(await db.account.findUnique({ where: { email } })).toMatchObject({ role: "customer" });
  const last = await staff(`role --email ${admin.session.account.email} --role support`);
  expect([last.code, last.said, last.fault]).toEqual([1, "", sentence]);
  expect(last.fault).toContain("is the last admin and stays one");
});

test("lost factors are taken away, from staff alone, and nothing is asked", async () => {
  const { session } = await makeStaff("support");
  const { id: accountId, email } = session.account;
  const { code, said, fault } = await staff(`reset-factors --email ${email}`);
  expect([code, fault, said]).toEqual([0, "", sentence]);
  expect(await db.authenticatorApp.count({ where: { accountId } })).toBe(0);
  const again = await staff(`reset-factors --email ${email}`);
  expect([again.code, again.said, again.fault]).toEqual([1, "", sentence]);
  expect(again.fault).toContain("has no second factor, and nothing was changed");
  const customer = await makeAccount();
  await addApp(customer.id);
  const ofCustomer = await staff(`reset-factors --email ${customer.email}`);
  expect([ofCustomer.code, ofCustomer.said, ofCustomer.fault]).toEqual([1, "", sentence]);
  expect(ofCustomer.fault).toContain("is a customer, not one of the staff");
  expect(await db.authenticatorApp.count({ where: { accountId: customer.id } })).toBe(1);
});

test.each([
  ["reset-factors --email nobody@example.com", "No account has the address"],
  ["invite --role admin", "--email must be given once"],
  ["role --email nobody@example.com --role admin", "No account has the address"],
])("what cannot be done is one sentence, and ends with 1: %s", async (words, why) => {
  const { code, said, fault } = await staff(words);
  expect([code, said, fault]).toEqual([1, "", sentence]);
  expect(fault).toContain(why);
});

test("who is staff already is said so, with the way to another role", async () => {
  const { session } = await makeStaff("marketing");
  const { email } = session.account;
  const { code, fault } = await staff(`invite --email ${email} --role admin`);
  expect([code, fault]).toEqual([1, sentence]);
  expect(fault).toContain(`npm run staff -- role --email ${email} --role admin`);
  const customer = await makeAccount();
  const asCustomer = await staff(`role --email ${customer.email} --role admin`);
  expect([asCustomer.code, asCustomer.fault]).toEqual([1, sentence]);
});

test("without a database, the sentence says which two ways there are", async () => {
  const dataDir = makeTestDirectory("portaria-no-database-");
  const { code, said, fault } = await staff("list", { DATA_DIR: dataDir });
  expect([code, said]).toEqual([1, ""]);
  expect(fault).toBe(
    `No database for npm run staff: set DATABASE_URL, or run npm start with DATA_DIR=${dataDir} first.\n`,
  );
  await removeTestDirectory(dataDir);
});
