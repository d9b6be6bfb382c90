import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { actsRecordedBefore } from "@/lib/account/acts";
import type { StaffMember } from "@/lib/account/staff-member";
import { exportEntries } from "@/lib/audit/export-entries";
import { listEntries } from "@/lib/audit/list-entries";
import { type AuditField, typedFilter } from "@/lib/audit/read-filter";
import { type Audit, recordAudit } from "@/lib/audit/record-audit";
import { appendEntry } from "@/lib/audit/store";
import { verifyChain } from "@/lib/audit/verify-chain";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";

testDatabase();

afterEach(async () => {
  await db.$executeRaw`ALTER TABLE audit_entry DISABLE TRIGGER USER`;
  await db.$executeRaw`DELETE FROM audit_entry`;
  await db.$executeRaw`ALTER TABLE audit_entry ENABLE TRIGGER USER`;
});

// 5:45 ahead of UTC: the day changes at 18:15 UTC.
const timeZone = "Asia/Kathmandu";
const at = new Date("2026-11-22T12:00:00Z");

const filterOf = (given: Partial<Record<AuditField, string>>) =>
  typedFilter((field) => given[field] ?? null);

const list = (given: Partial<Record<AuditField, string>>, after: string | null = null) =>
  listEntries(filterOf(given), { after, timeZone });

const numbers = async (given: Partial<Record<AuditField, string>>) =>
  (await list(given)).entries.map(({ seq }) => seq);

async function record(
  by: Parameters<typeof recordAudit>[1],
  ...audits: Partial<Audit>[]
): Promise<void> {
  await inTransaction(async (tx) => {
    for (const audit of audits)
      await recordAudit(tx, by, { action: "case-viewed", now: at, ...audit });
  });
}

test.each([...actsRecordedBefore])(
  "entries by the name %s, which is %s since, are read, found and counted in the chain as they were written",
  async (before, act) => {
    const entry = { actorId: null, actor: "command", role: "operator", ip: null, reason: null };
    const about = { subjectKind: "account", subjectId: randomUUID(), details: {} };
    await inTransaction((tx) => appendEntry(tx, { ...entry, ...about, at, action: before }));
    await record("command", { action: act }, { action: "block-lifted" });
    for (const action of [before, act]) {
      const { entries, filter } = await list({ action });
      expect(filter.action).toBe(act);
      expect(entries.map((one) => one.storedAction)).toEqual([act, before]);
      expect(entries.map((one) => one.action)).toEqual([act, act]);
    }
    expect(await verifyChain()).toMatchObject({ kind: "intact", head: { seq: 3n } });
  },
);

test("pages of 50 hold every entry once, the latest first", async () => {
  await record("command", ...Array.from({ length: 120 }, () => ({})));
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = await list({}, after);
    expect(page.entries.length).toBeLessThanOrEqual(50);
    seen.push(...page.entries.map(({ seq }) => seq));
    after = page.next;
  } while (after !== null);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => String(120 - index)));
});

test.each(["x", "0", "-1", "1.5", "9".repeat(40), "1; DROP TABLE audit_entry"])(
  "an address that goes on at %j shows the first page",
  async (after) => {
    await record("command", {}, {});
    const { entries } = await list({}, after);
    expect(entries.map(({ seq }) => seq)).toEqual(["2", "1"]);
  },
);

test("each field of the filter lets through only what it names", async () => {
  const [sam, ada] = [await makeStaff("support"), await makeStaff("admin")];
  const subject = { kind: "account" as const, id: randomUUID() };
  await record(sam, { action: "customer-viewed", subject });
  await record(ada, { action: "customer-viewed" });
  await record(ada, { subject });
  await record("command", { action: "staff-invited" });
  expect(await numbers({ action: "customer-viewed" })).toEqual(["2", "1"]);
  expect(await numbers({ staff: ada.session.accountId })).toEqual(["3", "2"]);
  await record("worker", { action: "case-carried-out" });
  expect(await numbers({ staff: "command" })).toEqual(["4"]);
  expect(await numbers({ staff: "worker" })).toEqual(["5"]);
  expect(await numbers({ subject: subject.id })).toEqual(["3", "1"]);
  const both = { subject: subject.id, staff: sam.session.accountId };
  expect(await numbers(both)).toEqual(["1"]);
});

test("a day is the one of the zone in which times are shown, with its midnight", async () => {
  const times = ["20T18:14:59.999", "20T18:15:00.000", "21T18:14:59.999", "21T18:15:00.000"];
  await record("command", ...times.map((time) => ({ now: new Date(`2026-11-${time}Z`) })));
  expect(await numbers({ from: "2026-11-21", to: "2026-11-21" })).toEqual(["3", "2"]);
  expect(await numbers({ from: "2026-11-21" })).toEqual(["4", "3", "2"]);
  expect(await numbers({ to: "2026-11-21" })).toEqual(["3", "2", "1"]);
});

test("with a filter that cannot be read nothing is shown, and what is wrong is said", async () => {
  await record("command", {});
  const page = await list({ from: "2026-02-30" });
  expect(page).toMatchObject({ entries: [], next: null, errors: { from: "dayWrong" } });
});

test("the filter offers each member of staff once, by their latest address", async () => {
  const [sam, ada] = [await makeStaff("support"), await makeStaff("admin")];
  await record(sam, {}, {});
  await record(ada, {});
  const { session } = sam;
  const moved = { ...session, account: { ...session.account, email: "sam.moved@example.com" } };
  await record({ ...sam, session: moved }, {});
  await record("command", {});
  const { actors } = await list({});
  expect(actors).toHaveLength(4);
  const named = ({ session }: typeof sam, actor: string) => ({
    ...{ id: session.accountId, actor, name: session.account.name },
  });
  expect(actors).toContainEqual(named(sam, "sam.moved@example.com"));
  expect(actors).toContainEqual(named(ada, ada.session.account.email));
  const machines = ["command", "worker"].map((one) => ({ id: one, actor: one, name: null }));
  expect(actors.slice(2)).toEqual(machines);
});

test("an entry is shown with its words, those of another version as they are stored", async () => {
  const id = randomUUID();
  await record("command", {
    action: "another-version's" as Audit["action"],
    subject: { kind: "case", id },
    details: { network: "203.0.113.9/32", more: true },
    reason: "Asked",
  });
  expect((await list({})).entries).toEqual([
    {
      seq: "1",
      at,
      actor: "command",
      machine: "command",
      role: "operator",
      action: null,
      storedAction: "another-version's",
      subject: { kind: "case", id },
      reason: "Asked",
      details: "more: true, network: 203.0.113.9/32",
      ip: null,
    },
  ]);
});

async function exported(
  staff: StaffMember,
  given: Partial<Record<AuditField, string>>,
  batch?: number,
): Promise<string> {
  const outcome = await exportEntries(staff, filterOf(given), { timeZone, locale: "en", batch });
  if (outcome.kind !== "exported") throw new Error(outcome.kind);
  const parts: string[] = [];
  for await (const part of outcome.parts) parts.push(part);
  return parts.join("");
}

test.each([1, 2, 3, 7])("the file holds the log in its order, %i at a time", async (batch) => {
  const staff = await makeStaff("support");
  await record(staff, {}, {}, {}, {}, {}, {});
  const file = await exported(staff, {}, batch);
  const [first, ...lines] = file.split("\r\n");
  expect(first).toBe(
    "\ufeffseq,time,actor_id,actor,role,ip,action,subject_kind,subject_id,reason,details,previous,hash",
  );
  expect(lines.pop()).toBe("");
  expect(file.lastIndexOf("\ufeff")).toBe(0);
  expect(lines.map((line) => line.split(",")[0])).toEqual(["1", "2", "3", "4", "5", "6"]);
  // Each line's last cell but one is the last cell of the line before.
  const hashes = lines.map((line) => line.split(",").slice(-2));
  for (const [index, [previous]] of hashes.entries()) {
    expect(previous).toBe(index === 0 ? "0".repeat(64) : hashes[index - 1]?.[1]);
  }
});

test("taking the file is itself written down, with the filter, and is not in the file", async () => {
  const staff = await makeStaff("admin");
  const id = randomUUID();
  await record(staff, { subject: { kind: "account", id } }, {});
  const file = await exported(staff, { subject: id, action: "case-viewed", from: "2026-11-01" });
  expect(file.split("\r\n")).toHaveLength(3);
  expect(file).toContain(id);
  const [entry] = await db.auditEntry.findMany({ orderBy: { seq: "desc" }, take: 1 });
  expect(entry).toMatchObject({
    seq: 3n,
    action: "audit-exported",
    actorId: staff.session.accountId,
    details: { action: "case-viewed", from: "2026-11-01", subject: id },
  });
});

test("no cell of the file becomes a formula", async () => {
  const staff = await makeStaff("support");
  await record(staff, { reason: '=HYPERLINK("https://evil.example")' });
  expect(await exported(staff, {})).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
});

test("a filter that cannot be read hands out nothing, and writes nothing down", async () => {
  const staff = await makeStaff("support");
  const typed = filterOf({ subject: "ana@example.com" });
  expect(await exportEntries(staff, typed, { timeZone, locale: "en" })).toEqual({
    kind: "filter-wrong",
  });
  expect(await db.auditEntry.count()).toBe(0);
});

test("whose session ended meanwhile gets nothing, and nothing is written down", async () => {
  const staff = await makeStaff("support");
  await db.session.update({ where: { id: staff.session.id }, data: { endedAt: new Date() } });
  const outcome = await exportEntries(staff, filterOf({}), { timeZone, locale: "en" });
  expect(outcome).toEqual({ kind: "signed-out" });
  expect(await db.auditEntry.count()).toBe(0);
});
