import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db, disconnectDatabase } from "@/lib/db/client";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { newReference } from "@/lib/secrets/reference";
import { findCustomers, type SearchOutcome } from "@/lib/support/find-customers";
import { matchesByName } from "@/lib/support/search-store";
import { addFurther } from "@/lib/testing/actors";
import { blockAt, makeCase, startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { notice } from "@/lib/testing/mails";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";
import { explainEverything, statementsOf } from "@/lib/testing/statements";
import { readMigrations } from "@/prisma/migration-files";

const url = testDatabase();

type Searched = Extract<SearchOutcome, { kind: "searched" }>;

async function search(typed: string): Promise<Searched> {
  const outcome = await findCustomers(await makeStaff("support"), typed);
  if (outcome.kind !== "searched") throw new Error(`The search was ${outcome.kind}.`);
  return outcome;
}

const met = async (typed: string) =>
  (await search(typed)).customers.map(({ id, matched }) => [id, matched]);

const named = async (name: string) => {
  const { id } = await makeAccount();
  await db.account.update({ where: { id }, data: { name } });
  return id;
};

test("a contact e-mail is found however it is typed, and shown masked", async () => {
  const { id, email } = await makeAccount({ email: `maria-${randomUUID()}@example.com` });
  const { customers, what } = await search(`  ${email.toUpperCase()} `);
  expect(what).toBe("email");
  expect(customers).toMatchObject([{ id, maskedEmail: "m•••@e•••.com", matched: "email" }]);
  expect(JSON.stringify(customers)).not.toContain(email);
});

test("a further address is found once it is confirmed, and only then", async () => {
  const { id } = await makeAccount();
  const email = `${randomUUID()}@example.com`;
  const addressId = await addFurther(id, email);
  expect(await met(email)).toEqual([[id, "further-address"]]);
  await db.furtherAddress.update({ where: { id: addressId }, data: { confirmedAt: null } });
  expect(await met(email)).toEqual([]);
});

test("an address that a customer had before is found, after whoever has it now", async () => {
  const [{ id: before }, { id: now, email }] = [await makeAccount(), await makeAccount()];
  const at = new Date();
  const change = { accountId: before, oldEmail: email, newEmail: "x@example.com", createdAt: at };
  const row = await db.emailChange.create({ data: { ...change, expiresAt: at } });
  expect(await met(email)).toEqual([[now, "email"]]);
  await db.emailChange.update({ where: { id: row.id }, data: { endedBecause: "done" } });
  expect(await met(email)).toEqual([
    [now, "email"],
    [before, "address-before"],
  ]);
});

test("the addresses of a case lead to its account: the one asked for, and the one it replaced", async () => {
  const { id } = await makeAccount();
  const [accountEmail, newEmail] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
  const { id: caseId } = await makeCase(id, { accountEmail, newEmail });
  expect(await met(newEmail)).toEqual([[id, "asked-for-address"]]);
  expect(await met(accountEmail)).toEqual([]);
  await db.recoveryCase.update({ where: { id: caseId }, data: { state: "done" } });
  expect(await met(accountEmail)).toEqual([[id, "address-before"]]);
});

test("an IP finds who trusts a place that holds it, then who came from there in 90 days", async () => {
  const ip = "192.0.2.81";
  const at = new Date();
  const longAgo = new Date(at.getTime() - 91 * 24 * 3_600_000);
  const { id: trusts } = await makeAccount({ trusted: [ip] });
  const [range, visitor, past] = [await makeAccount(), await makeAccount(), await makeAccount()];
  const place = { network: "192.0.2.0/24", because: "by-hand", createdAt: at, lastUsedAt: at };
  await db.trustedPlace.create({ data: { accountId: range.id, ...place } });
  const judged = { verdict: "refused", because: "wrong-code", ip, userAgent: "" };
  await db.signInJudgement.create({ data: { accountId: visitor.id, ...judged, at } });
  await db.signInJudgement.create({ data: { accountId: past.id, ...judged, at: longAgo } });
  await db.signInJudgement.create({ data: { accountId: trusts, ...judged, at } });
  const found = await met(ip);
  expect(new Set(found.slice(0, 2).map(([id]) => id))).toEqual(new Set([trusts, range.id]));
  expect(found.map(([, matched]) => matched)).toEqual(["trusted-place", "trusted-place", "visit"]);
  expect(found[2]?.[0]).toBe(visitor.id);
  expect(await met("192.0.2.80/28")).toEqual(found);
  expect(await met("192.0.3.81")).toEqual([]);
});

test("a session from an IPv6 address is found by any other of its network", async () => {
  const { id } = await makeAccount();
  const at = new Date();
  const session = { because: "code", ip: "2001:db8:7:8::1", userAgent: "", createdAt: at };
  const row = { accountId: id, browserId: randomUUID(), ...session, lastSeenAt: at };
  await db.session.create({ data: row });
  expect(await met("2001:db8:7:8:ffff::2")).toEqual([[id, "visit"]]);
});

test("a reference finds whoever it belongs to: a block, a case, a pending sign-in", async () => {
  const { id } = await makeAccount();
  const block = await blockAt(id);
  expect(await met(block.toLowerCase().replace("-", " "))).toEqual([[id, "block"]]);
  const recoveryCase = await makeCase(id);
  const outcome = await search(recoveryCase.reference);
  expect(outcome).toMatchObject({ what: "reference", customers: [{ id, matched: "case" }] });
  expect(outcome.recoveryCase).toEqual({
    id: recoveryCase.id,
    reference: recoveryCase.reference,
  });
  const pending = await startSignIn(id, "198.51.100.5");
  expect(await met(pending.reference)).toEqual([[id, "pending"]]);
});

test("an exact reference opens what bears it, and nothing else opens anything", async () => {
  const { id, email } = await makeAccount();
  const opensBy = async (typed: string) => (await search(typed)).opens;
  const block = await blockAt(id);
  expect(await opensBy(`ref: ${block.toLowerCase()}`)).toEqual({ kind: "block", reference: block });
  const { reference } = await startSignIn(id, "198.51.100.7");
  expect(await opensBy(reference)).toEqual({ kind: "sign-in", accountId: id });
  for (const accountId of [id, null]) {
    const sent = await makeCase(accountId);
    expect(await opensBy(sent.reference)).toEqual({ kind: "case", id: sent.id });
  }
  const draft = await makeCase(id, { state: "draft", sentAt: null });
  const ofNobody = await blockAt("sign-up:nobody@example.com");
  for (const typed of [email, "198.51.100.7", draft.reference, ofNobody, newReference()]) {
    expect(await opensBy(typed), typed).toBeNull();
  }
});

test("a mail's own reference opens that mail, and nobody's mail is opened", async () => {
  const { id: accountId } = await makeAccount();
  const at = new Date();
  const mail = { ...notice({ recipient: "x@example.com" }), nextTryAt: at, createdAt: at };
  const create = (more: object) =>
    db.mail.create({ data: { ...mail, ...more } as Parameters<typeof db.mail.create>[0]["data"] });
  const { id } = await create({ accountId });
  const reference = mailReferenceOf(id);
  expect(await search(reference.toLowerCase())).toMatchObject({
    ...{ what: "reference", opens: { kind: "mail", id } },
    customers: [{ id: accountId, matched: "mail" }],
  });
  const ofNobody = await create({ accountId: null });
  expect((await search(mailReferenceOf(ofNobody.id))).opens).toBeNull();
});

test("the short reference of a mail of before opens it; of two with the same, both owners are shown", async () => {
  const at = new Date();
  const mail = { ...notice({ recipient: "x@example.com" }), nextTryAt: at, createdAt: at };
  // Both ids lie in the range of NPMC-QMR.
  const [one, other] = [
    "5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845",
    "5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b846",
  ];
  const create = async (id: string) => {
    const account = await makeAccount();
    const data = { ...mail, id, accountId: account.id };
    await db.mail.create({ data: data as Parameters<typeof db.mail.create>[0]["data"] });
    return account.id;
  };
  const first = await create(one);
  expect((await search("npmc qmr")).opens).toEqual({ kind: "mail", id: one });
  const second = await create(other);
  const { opens, customers } = await search("NPMC-QMR");
  expect(opens).toBeNull();
  expect(customers.map(({ id }) => id).sort()).toEqual([first, second].sort());
});

test("a reference that several things bear opens none of them: they are shown", async () => {
  const [{ id }, { id: other }] = [await makeAccount(), await makeAccount()];
  const reference = await blockAt(id);
  const { id: caseId } = await makeCase(other);
  await db.recoveryCase.update({ where: { id: caseId }, data: { reference } });
  const { opens, customers, recoveryCase } = await search(reference);
  expect(opens).toBeNull();
  expect(customers.map((one) => one.id)).toEqual([id, other]);
  expect(recoveryCase).toMatchObject({ id: caseId });
});

test("the block of what a signed-in customer confirms leads to the account too", async () => {
  const { id } = await makeAccount();
  const reference = await blockAt(id);
  const subject = `widening:${id}`;
  await db.codeAttempts.updateMany({ where: { subject: id }, data: { subject } });
  expect(await met(reference)).toEqual([[id, "block"]]);
});

test("the block of a sign-up belongs to nobody, and says until when it holds", async () => {
  const reference = await blockAt("sign-up:somebody@example.com");
  const { customers, blockOfNobody } = await search(reference);
  expect(customers).toEqual([]);
  expect(blockOfNobody?.until).toBeInstanceOf(Date);
});

test("a case without an account is found alone, and one that was not sent is not linked", async () => {
  const { id, reference } = await makeCase(null);
  expect(await search(reference)).toMatchObject({ customers: [], recoveryCase: { id } });
  const draft = await makeCase(null, { state: "draft", sentAt: null });
  expect((await search(draft.reference)).recoveryCase).toBeNull();
});

test("a name is found by a part of it in whatever case, the same name first", async () => {
  const word = `Zoë${randomUUID().slice(0, 4)}`;
  const [third, second, first] = [
    await named(`Ana ${word}`),
    await named(`${word} Silva`),
    await named(word),
  ];
  expect((await met(word.toUpperCase())).map(([id]) => id)).toEqual([first, second, third]);
});

test("a name is found as it is heard, without its accents and in either spelling of them", async () => {
  const word = `Nguye${randomUUID().replaceAll("-", "").slice(0, 8)}`;
  const id = await named(`Zoë ${word} Añón`);
  for (const heard of [`zoe ${word}`, `ZOË ${word}`, `Zoe\u0308 ${word}`, `${word} anon`]) {
    expect(await search(heard)).toMatchObject({ customers: [{ id }] });
  }
});

test("the words of a name are found in any order, after a name that holds them as typed", async () => {
  const word = `Silva${randomUUID().replaceAll("-", "").slice(0, 8)}`;
  const [turned, asTyped] = [await named(`María José ${word}`), await named(`${word} Maria`)];
  await named(`${word} Ana`);
  const inOrder = [asTyped, turned];
  for (const typed of [`${word} maria`, `${word.toUpperCase()}  MARÍA`]) {
    expect((await met(typed)).map(([id]) => id)).toEqual(inOrder);
  }
  expect(new Set((await met(`Maria, ${word}`)).map(([id]) => id))).toEqual(new Set(inOrder));
  expect((await met(`jose ${word} mar`)).map(([id]) => id)).toEqual([turned]);
  expect(await met(`${word} Maria Pedro`)).toEqual([]);
});

test("one or two letters are looked for where words begin, and more of them anywhere", async () => {
  const word = `Wq${randomUUID().replaceAll("-", "").slice(0, 8)}`;
  const [begins, within] = [await named(`Ana ${word}`), await named(`Ana J${word}`)];
  const foundBy = async (typed: string) => (await met(typed)).map(([id]) => id);
  expect(await foundBy("wq")).toEqual([begins]);
  expect(await foundBy("an wq")).toEqual([begins]);
  expect(await foundBy(`A ${word}`)).toEqual([begins, within]);
  expect(await foundBy("jwq")).toEqual([within]);
  const written = await named("李王伟");
  expect(await foundBy("王伟")).toEqual([written]);
  await db.account.deleteMany({ where: { id: { in: [begins, within, written] } } });
});

test("a name is planned for as it is, however often names were looked for before", async () => {
  for (let time = 0; time < 8; time += 1) await search("Silva Maria");
  const rows = await db.$queryRaw<{ generic: number; custom: number }[]>`
    SELECT sum(generic_plans)::int AS generic, sum(custom_plans)::int AS custom
    FROM pg_prepared_statements WHERE statement LIKE '%heard ' || 'LIKE%'`;
  expect(rows[0]?.generic).toBe(0);
  expect(rows[0]?.custom).toBeGreaterThan(7);
});

test("a network in which one customer came from everywhere shows the others too", async () => {
  const [everywhere, other] = [await makeAccount(), await makeAccount()];
  const judged = { verdict: "entered", because: "known-place", userAgent: "", at: new Date() };
  await db.signInJudgement.createMany({
    data: Array.from({ length: 600 }, (_, index) => {
      const ip = `198.18.${index % 3}.${index % 200}`;
      return { ...judged, accountId: everywhere.id, ip };
    }),
  });
  await db.signInJudgement.create({ data: { ...judged, accountId: other.id, ip: "198.18.3.9" } });
  const found = (await met("198.18.0.0/16")).map(([id]) => id);
  expect(new Set(found)).toEqual(new Set([everywhere.id, other.id]));
});

test("a name is looked for by an index, however many accounts there are", async () => {
  const plan = await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw`EXPLAIN ${matchesByName("Silva Maria")}`;
  });
  expect(JSON.stringify(plan)).toContain("account_heard_name_idx");
});

test("a customer whose name cannot be seen is shown by their address", async () => {
  const { id, email } = await makeAccount();
  await db.account.update({ where: { id }, data: { name: "\u200b" } });
  const { customers } = await search(email);
  expect(customers).toMatchObject([{ id, name: customers[0]?.maskedEmail }]);
});

test("an address is found as it was pasted, and one in other letters either way", async () => {
  const word = randomUUID();
  const { id } = await makeAccount({ email: `r&d-${word}@xn--80a1acny.xn--p1ai` });
  for (const typed of [
    `R&D-${word}@почта.рф`,
    `"Silva, Maria" <r&d-${word}@xn--80a1acny.xn--p1ai>`,
    `mailto:r%26d-${word}@почта.рф?subject=Hello`,
    `r&d-${word}@почта.рф,`,
  ]) {
    expect(await met(typed)).toEqual([[id, "email"]]);
  }
});

test("a character in front of an address is the address's own first, and then a quote of whoever wrote it", async () => {
  const address = `${randomUUID()}@example.com`;
  const { id } = await makeAccount({ email: address });
  for (const typed of [
    `'${address}'`,
    `*${address}`,
    `“${address}”`,
    address.replace("@", " @ "),
  ]) {
    expect(await met(typed)).toEqual([[id, "email"]]);
  }
  const { id: quoted } = await makeAccount({ email: `*${address}` });
  expect(await met(`*${address}`)).toEqual([[quoted, "email"]]);
  expect(await met(address)).toEqual([[id, "email"]]);
});

test("what looks like a reference and is none is looked for as a name", async () => {
  const name = newReference().replace("-", "");
  expect(await search(name)).toMatchObject({ what: "reference", customers: [] });
  const id = await named(`Mr ${name}`);
  expect(await search(name)).toMatchObject({ what: "name", customers: [{ id }] });
});

test.each(["%%", "__", "%a%", "\\", "a\\%", "' OR 1=1 --"])(
  "%j means itself: it finds nobody but whose name holds it",
  async (typed) => {
    const character = typed.length > 1 ? typed : `${typed}${typed}`;
    expect(await met(character)).toEqual([]);
    const id = await named(`x${character}x`);
    expect((await met(character)).map(([found]) => found)).toEqual([id]);
    await db.account.delete({ where: { id } });
  },
);

test.each([
  "\u0000\u0000ab",
  "\ud800\ud800",
  "@",
  "@@@@",
  "a@\u0000b",
  "0.0.0.0/0",
  "::/0",
  "1.2.3.4/99",
  "x".repeat(500_000),
  "🙂".repeat(9_000),
  '{"$ne":null}',
])("hostile input gets an answer: %#", async (typed) => {
  expect((await findCustomers(await makeStaff("support"), typed)).kind).toBeTypeOf("string");
});

test("a search shows 25 customers, each once, and says when there are more", async () => {
  const word = randomUUID();
  const ids = await Promise.all(Array.from({ length: 25 }, () => named(`One ${word}`)));
  const exactly = await search(word);
  expect(new Set(exactly.customers.map(({ id }) => id))).toEqual(new Set(ids));
  expect(exactly.hasMore).toBe(false);
  await named(`One more ${word}`);
  expect(await search(word)).toMatchObject({ hasMore: true });
  expect((await search(word)).customers).toHaveLength(25);
});

test("each search stands in the audit log once, with what was searched and never its text", async () => {
  const staff = await makeStaff("admin");
  const { email } = await makeAccount();
  const actorId = staff.session.accountId;
  await findCustomers(staff, email);
  const [entry, ...rest] = await db.auditEntry.findMany({ where: { actorId } });
  expect(rest).toEqual([]);
  expect(entry).toMatchObject({
    action: "customer-searched",
    role: "admin",
    subjectId: null,
    details: { searched: "email", found: 1 },
  });
  const kept = JSON.stringify(entry, (_, value) => (typeof value === "bigint" ? "" : value));
  expect(kept).not.toContain(email);
  for (const typed of ["", "  ", "a"]) await findCustomers(staff, typed);
  expect(await db.auditEntry.count({ where: { actorId } })).toBe(1);
});

test("where PostgreSQL has no pg_trgm the same is found, by an index that is read in order", async () => {
  const word = randomUUID().slice(0, 13);
  const ids = [await named(`Zoë ${word}`), await named(`Ana x${word}`)];
  const foundBy = async (typed: string) => (await met(typed)).map(([id]) => id).sort();
  const before = [await foundBy(word), await foundBy(`zo ${word}`), await foundBy("Nobody Here")];
  expect(before).toEqual([[...ids].sort(), [ids[0]], []]);
  const script = readMigrations().find(({ name }) => name.endsWith("_growth"))?.script ?? "";
  await db.$executeRaw`DROP INDEX account_heard_name_idx`;
  await db.$executeRawUnsafe(script.slice(script.indexOf("DO $$")));
  const after = [await foundBy(word), await foundBy(`zo ${word}`), await foundBy("Nobody Here")];
  expect(after).toEqual(before);
  await explainEverything(url());
  await disconnectDatabase();
  const statements = await statementsOf(() => search("Nobody Here"));
  const scans = statements.flatMap((one) => one.scans).join(", ");
  expect(scans).toContain("Index Only Scan account_heard_name_whole_idx");
});
