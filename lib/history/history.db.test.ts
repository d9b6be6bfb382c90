import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { activityKinds } from "@/lib/account/activity-kinds";
import { db } from "@/lib/db/client";
import { signInsCsv } from "@/lib/history/csv";
import { listActivities } from "@/lib/history/list-activities";
import { allSignIns, lastRefusedSignIn, listSignIns } from "@/lib/history/list-sign-ins";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function judged(accountId: string, rows: { verdict?: string; because?: string; at: Date }[]) {
  await db.signInJudgement.createMany({
    data: rows.map((row) => ({
      accountId,
      verdict: "entered",
      because: "known-place",
      ip: "203.0.113.7",
      userAgent: "",
      ...row,
    })),
  });
}

test("pages of 25 hold every sign-in once, also those of the same moment", async () => {
  const { session } = await makeActor();
  const at = minutesAgo(5);
  await judged(
    session.accountId,
    Array.from({ length: 60 }, () => ({ at })),
  );
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = await listSignIns(session, { filter: "all", after });
    expect(page.signIns.length).toBeLessThanOrEqual(25);
    seen.push(...page.signIns.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
});

test("the latest comes first, what is older than 90 days not at all", async () => {
  const { session } = await makeActor();
  const day = 24 * 60;
  const ages = [3, 1, 2, 91 * day, 89 * day];
  await judged(
    session.accountId,
    ages.map((age) => ({ at: minutesAgo(age) })),
  );
  const { signIns } = await listSignIns(session, { filter: "all", after: null });
  const times = signIns.map(({ at }) => at.getTime());
  expect(times).toHaveLength(4);
  expect(times).toEqual([...times].sort((one, two) => two - one));
});

test("the filter shows only what it names, in pages and in the file", async () => {
  const { session } = await makeActor();
  await judged(session.accountId, [
    { at: minutesAgo(1) },
    { at: minutesAgo(2), verdict: "asked-for-code", because: "new-place" },
    { at: minutesAgo(3), verdict: "refused", because: "wrong-code" },
    { at: minutesAgo(4), verdict: "blocked", because: "wrong-codes" },
    { at: minutesAgo(5), verdict: "waits", because: "codes-used-up" },
  ]);
  const verdicts = async (filter: "all" | "in" | "code" | "refused") =>
    (await listSignIns(session, { filter, after: null })).signIns.map(({ verdict }) => verdict);
  expect(await verdicts("in")).toEqual(["entered"]);
  expect(await verdicts("code")).toEqual(["askedForCode"]);
  expect(await verdicts("refused")).toEqual(["wrongCode", "blocked", "waits"]);
  expect(await verdicts("all")).toHaveLength(5);
  expect(await allSignIns(session, "refused")).toHaveLength(3);
});

test("the last refused sign-in is the latest that did not get in, of 90 days and one's own", async () => {
  const [{ session }, other] = [await makeActor(), await makeActor()];
  const refused = (at: Date, because: string) => ({ at, verdict: "refused", because });
  await judged(other.session.accountId, [refused(minutesAgo(1), "wrong-code")]);
  await judged(session.accountId, [{ at: minutesAgo(1) }, refused(minutesAgo(91 * 24 * 60), "x")]);
  expect(await lastRefusedSignIn(session)).toBeNull();
  await judged(session.accountId, [
    refused(minutesAgo(4), "wrong-code"),
    { at: minutesAgo(2), verdict: "asked-for-code", because: "new-place" },
    { at: minutesAgo(3), verdict: "blocked", because: "wrong-codes" },
  ]);
  expect(await lastRefusedSignIn(session)).toMatchObject({ verdict: "blocked" });
});

test("a trusted place's name stands with the sign-ins from there", async () => {
  const { session } = await makeActor();
  const { accountId } = session;
  await db.trustedPlace.updateMany({ where: { accountId }, data: { name: "=Home" } });
  await judged(accountId, [{ at: minutesAgo(1) }]);
  const signIns = await allSignIns(session, "all");
  expect(signIns).toMatchObject([{ placeName: "=Home" }]);
  expect(signInsCsv(signIns, "en")).toContain(",'=Home,");
});

test("nobody sees what belongs to somebody else", async () => {
  const [own, other] = [await makeActor(), await makeActor()];
  await judged(other.session.accountId, [{ at: minutesAgo(1) }]);
  const row = { about: {}, userAgent: "", at: minutesAgo(1) };
  await db.activity.create({
    data: { ...row, accountId: other.session.accountId, kind: "place-removed" },
  });
  expect((await listSignIns(own.session, { filter: "all", after: null })).signIns).toEqual([]);
  expect((await listActivities(own.session, null)).activities).toEqual([]);
});

test("activities come in pages too, each kind readable", async () => {
  const { session } = await makeActor();
  const at = minutesAgo(5);
  await db.activity.createMany({
    data: [...activityKinds, ...activityKinds].map((kind) => ({
      accountId: session.accountId,
      kind,
      about: {},
      userAgent: "",
      at,
    })),
  });
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page = await listActivities(session, after);
    expect(page.activities.length).toBeLessThanOrEqual(25);
    ids.push(...page.activities.map(({ id }) => id));
    after = page.next;
  } while (after !== null);
  expect(ids).toHaveLength(activityKinds.length * 2);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(["x", `1-${randomUUID()}`, "-1", "0-"])(
  "an address with the cursor %j shows a page",
  async (after) => {
    const { session } = await makeActor();
    expect((await listSignIns(session, { filter: "all", after })).next).toBeNull();
    expect((await listActivities(session, after)).next).toBeNull();
  },
);
