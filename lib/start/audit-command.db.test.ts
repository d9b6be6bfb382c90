import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordAudit } from "@/lib/audit/record-audit";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { runAuditCommand } from "@/lib/start/audit-command";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const said = { out: "", err: "" };

beforeEach(() => {
  said.out = "";
  said.err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.out += text;
    return true;
  });
  vi.spyOn(console, "error").mockImplementation((text) => {
    said.err += text;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const record = () =>
  inTransaction((tx) => recordAudit(tx, "command", { action: "setting-changed", now: new Date() }));

test("a whole log: its head on standard output, and the exit code stays 0", async () => {
  await record();
  await record();
  await runAuditCommand(["verify"]);
  expect(said.err).toBe("");
  expect(said.out).toMatch(/^The audit log is whole: 2 entries\..*\n2:[0-9a-f]{64}\n$/);
  expect(process.exitCode).toBeUndefined();
  const head = said.out.trim().split("\n").at(-1) ?? "";
  await record();
  await runAuditCommand(["verify", "--expect", head]);
  expect(said.err).toBe("");
  expect(said.out).toContain("3 entries");
});

test("a broken log: which entry and why on standard error, and the exit code 1", async () => {
  await record();
  await db.$executeRaw`ALTER TABLE audit_entry DISABLE TRIGGER USER`;
  await db.$executeRaw`UPDATE audit_entry SET reason = 'another' WHERE seq = 1`;
  await runAuditCommand(["verify"]);
  expect(said.out).toBe("");
  expect(said.err).toMatch(/^The audit log is broken: entry 1 was changed/);
  expect(process.exitCode).toBe(1);
});

test("a database of an older version is reported in one sentence", async () => {
  await db.$executeRaw`ALTER TABLE audit_entry RENAME TO elsewhere`;
  await runAuditCommand(["verify"]);
  expect(said.err).toBe(
    "This database has no audit log yet: start this version of Portaria on it once.",
  );
  expect(process.exitCode).toBe(1);
});

test("the SQL for a role is the answer alone, so that it can go into a file", async () => {
  await runAuditCommand(["role-sql", "app"]);
  expect(said.out).toMatch(/^-- [\s\S]+COMMIT;\n$/);
  expect(said.out).toContain('GRANT SELECT, INSERT ON public.audit_entry TO "app";');
  expect(process.exitCode).toBeUndefined();
});

test("wrong words end with 1", async () => {
  await runAuditCommand(["remove"]);
  expect(said.out).toBe("");
  expect(said.err).toContain("what works is npm run audit -- verify");
  expect(process.exitCode).toBe(1);
});
