import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { chainHash } from "@/lib/audit/chain";
import { recordAudit } from "@/lib/audit/record-audit";
import { headText, readHead, verifyChain } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

const at = new Date("2026-11-22T12:00:00.123Z");

/** What only somebody with the rights of the owner can do, who takes the guard away first. */
async function tamper(statement: string): Promise<void> {
  await db.$executeRawUnsafe("ALTER TABLE audit_entry DISABLE TRIGGER USER");
  await db.$executeRawUnsafe(statement);
  await db.$executeRawUnsafe("ALTER TABLE audit_entry ENABLE TRIGGER USER");
}

afterEach(() => tamper("DELETE FROM audit_entry"));

const record = (number: number) =>
  inTransaction((tx) =>
    recordAudit(tx, "command", {
      action: "setting-changed",
      subject: { kind: "setting", id: "approvals" },
      details: { value: number, zone: "a", before: true },
      now: at,
    }),
  );

async function recordMany(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await record(number);
}

async function head() {
  const verdict = await verifyChain();
  if (verdict.kind !== "intact") throw new Error(`The chain is ${verdict.kind}.`);
  return verdict.head;
}

test("an empty log is whole, and ends with nothing", async () => {
  expect(await verifyChain()).toEqual({
    kind: "intact",
    head: { seq: 0n, hash: "0".repeat(64) },
  });
});

test.each([1, 2, 3, 4, 5, 6, 7])("a chain of 6 is whole, read %i at a time", async (batch) => {
  await recordMany(6);
  const { hash } = await db.auditEntry.findUniqueOrThrow({ where: { seq: 6n } });
  const whole = { kind: "intact", head: { seq: 6n, hash: Buffer.from(hash).toString("hex") } };
  expect(await verifyChain({ batch })).toEqual(whole);
});

test("20 entries written at the same moment form one chain", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, number) => record(number)));
  expect((await head()).seq).toBe(20n);
  const entries = await db.auditEntry.findMany();
  expect(new Set(entries.map(({ details }) => JSON.stringify(details))).size).toBe(20);
});

test("an entry goes with the transaction that it is about: undone with it, without a gap", async () => {
  await record(1);
  const undone = inTransaction(async (tx) => {
    await recordAudit(tx, "command", { action: "setting-changed", now: at });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await record(2);
  expect((await head()).seq).toBe(2n);
});

test("an entry names who acted, from where, on what and why", async () => {
  const staff = await makeStaff("support");
  const id = randomUUID();
  await inTransaction((tx) =>
    recordAudit(tx, staff, {
      action: "block-lifted",
      subject: { kind: "account", id },
      reason: "Called back",
      details: { network: "203.0.113.9/32" },
      now: at,
    }),
  );
  expect(await db.auditEntry.findFirst()).toMatchObject({
    seq: 1n,
    at,
    actorId: staff.session.accountId,
    actor: staff.session.account.email,
    role: "support",
    ip: staff.client.ip,
    action: "block-lifted",
    subjectKind: "account",
    subjectId: id,
    reason: "Called back",
    details: { network: "203.0.113.9/32" },
  });
});

test("a reason with what the database cannot keep as it is does not break the chain", async () => {
  const cutInTwo = "Thank you \u{1f64f}".slice(0, -1);
  await inTransaction((tx) =>
    recordAudit(tx, "command", {
      action: "setting-changed",
      reason: `${cutInTwo} and \0`,
      details: { note: cutInTwo, "\0": "\ud800" },
      now: at,
    }),
  );
  await record(2);
  expect((await head()).seq).toBe(2n);
  const { reason } = await db.auditEntry.findUniqueOrThrow({ where: { seq: 1n } });
  expect(reason).toBe("Thank you \ufffd and \ufffd");
});

test.each([
  ["UPDATE", "UPDATE audit_entry SET reason = 'another'"],
  ["DELETE", "DELETE FROM audit_entry"],
  ["TRUNCATE", "TRUNCATE audit_entry"],
])("%s is refused to the owner of the table too", async (_, statement) => {
  await recordMany(2);
  await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
  expect((await head()).seq).toBe(2n);
});

test.each([
  ["at", "at + interval '1 millisecond'"],
  ["actor_id", "gen_random_uuid()"],
  ["actor", "'eve@example.com'"],
  ["role", "'admin'"],
  ["ip", "'203.0.113.99'"],
  ["action", "'customer-viewed'"],
  ["subject_kind", "'account'"],
  ["subject_id", "'another'"],
  ["reason", "'another'"],
  ["details", `'{"value": 9}'`],
  ["previous", "sha256(previous)"],
  ["hash", "sha256(hash)"],
])("a changed %s is found, and in which entry", async (column, value) => {
  await recordMany(5);
  await tamper(`UPDATE audit_entry SET ${column} = ${value} WHERE seq = 3`);
  expect(await verifyChain({ batch: 2 })).toEqual({ kind: "changed", seq: 3n });
});

test("a changed entry whose hash was made anew is found by the one after it", async () => {
  await recordMany(5);
  const entry = await db.auditEntry.findUniqueOrThrow({ where: { seq: 3n } });
  const hash = chainHash(entry.previous, { ...entry, actor: "eve@example.com" });
  const anew = Buffer.from(hash).toString("hex");
  await tamper(
    `UPDATE audit_entry SET actor = 'eve@example.com', hash = '\\x${anew}' WHERE seq = 3`,
  );
  expect(await verifyChain()).toEqual({ kind: "does-not-follow", seq: 4n });
});

test.each([1, 3])("a deleted entry %i is missed", async (seq) => {
  await recordMany(5);
  await tamper(`DELETE FROM audit_entry WHERE seq = ${seq}`);
  expect(await verifyChain({ batch: 2 })).toEqual({ kind: "missing", seq: BigInt(seq) });
});

test("a deleted entry is found also where those after it were numbered anew", async () => {
  await recordMany(5);
  await tamper("DELETE FROM audit_entry WHERE seq = 3");
  await tamper("UPDATE audit_entry SET seq = seq - 1 WHERE seq = 4");
  await tamper("UPDATE audit_entry SET seq = seq - 1 WHERE seq = 5");
  expect(await verifyChain()).toEqual({ kind: "changed", seq: 3n });
});

test("two entries that were swapped are found", async () => {
  await recordMany(5);
  await tamper(`UPDATE audit_entry SET seq = 99 WHERE seq = 3`);
  await tamper(`UPDATE audit_entry SET seq = 3 WHERE seq = 4`);
  await tamper(`UPDATE audit_entry SET seq = 4 WHERE seq = 99`);
  expect(await verifyChain()).toEqual({ kind: "changed", seq: 3n });
});

test("an entry put in front of the first is found", async () => {
  await recordMany(2);
  await tamper(
    "INSERT INTO audit_entry SELECT 0, at, actor_id, actor, role, ip, action, subject_kind, subject_id, reason, details, previous, hash FROM audit_entry WHERE seq = 1",
  );
  expect(await verifyChain()).toEqual({ kind: "out-of-place", seq: 0n });
});

test("a tail that was cut off is found by a head kept elsewhere, and by that alone", async () => {
  await recordMany(3);
  const kept = await head();
  await tamper("DELETE FROM audit_entry WHERE seq >= 2");
  expect(await verifyChain()).toMatchObject({ kind: "intact", head: { seq: 1n } });
  const last = await head();
  expect(await verifyChain({ expected: kept })).toEqual({ kind: "cut-off", expected: kept, last });
  await tamper("DELETE FROM audit_entry");
  expect(await verifyChain({ expected: kept })).toMatchObject({ kind: "cut-off" });
});

test("a tail that was written anew is found by a head kept elsewhere, and by that alone", async () => {
  await recordMany(3);
  const kept = await head();
  await tamper("DELETE FROM audit_entry WHERE seq >= 2");
  for (const number of [20, 3, 4]) await record(number);
  expect(await verifyChain()).toMatchObject({ kind: "intact", head: { seq: 4n } });
  expect(await verifyChain({ expected: kept })).toEqual({ kind: "rewritten", seq: 3n });
});

test("a head kept earlier is still in a chain that went on", async () => {
  await recordMany(2);
  const kept = readHead(headText(await head()));
  expect(kept).not.toBeNull();
  await recordMany(2);
  expect(await verifyChain({ expected: kept })).toMatchObject({
    kind: "intact",
    head: { seq: 4n },
  });
});

test.each(["", "3", "0:".padEnd(66, "a"), "3:abc", `-1:${"a".repeat(64)}`, `3:${"g".repeat(64)}`])(
  "%j is no head",
  (text) => {
    expect(readHead(text)).toBeNull();
  },
);
