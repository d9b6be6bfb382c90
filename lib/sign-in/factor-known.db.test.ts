import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { type SignInOutcome, signIn } from "@/lib/sign-in/sign-in";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { listBlocks } from "@/lib/support/list-access";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { type App, addApp, wrongCodeOf } from "@/lib/testing/factors";
import { clientAt, cookieOf, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";
import { type BrowserKey, storeTrustedBrowser } from "@/lib/trusted-browser/store";

testDatabase();
stoppedClock();

const home = "203.0.113.7";
const inRange = (host: number) => `192.0.2.${host}`;
const range = "192.0.2.0/24";
const away = (host: number) => `198.51.100.${host}`;

let owner: { id: string; email: string; app: App };
let trusted: BrowserKey;

beforeEach(async () => {
  const { id, email } = await makeAccount({ trusted: [home] });
  await db.account.update({ where: { id }, data: { factorAlways: true } });
  await db.trustedPlace.create({
    data: {
      accountId: id,
      network: range,
      because: "by-hand",
      createdAt: start,
      lastUsedAt: start,
    },
  });
  trusted = await storeTrustedBrowser(db, {
    ...{ accountId: id, browserId: newBrowser(), userAgent: "Firefox", now: start },
  });
  owner = { id, email, app: await addApp(id) };
});

type From = { browserId?: string; shows?: BrowserKey[] };

const signInAt = async (ip: string, { browserId = newBrowser(), shows = [] }: From = {}) =>
  signIn({
    accountId: owner.id,
    proof: await passwordProof(owner.id),
    client: clientAt(ip),
    ...{ browserId, trustedBrowsers: shows, callbackPath: null, earlier: null },
  });

function cookieIn(outcome: SignInOutcome) {
  if (outcome.kind !== "factor-asked") throw new Error(`The sign-in was ${outcome.kind}.`);
  return cookieOf(outcome);
}

const answer = (cookie: ReturnType<typeof cookieOf>, typed: string, ip: string) =>
  verifyCode({ typed, cookie, shown: null, client: clientAt(ip) });

/** Signs in and answers wrong, once at each address. */
async function answerWrong(ips: string[], from: From) {
  const kinds: string[] = [];
  for (const ip of ips) {
    const cookie = cookieIn(await signInAt(ip, from));
    kinds.push((await answer(cookie, wrongCodeOf(owner.app), ip)).kind);
  }
  return kinds;
}

test("a copied cookie has three tries an hour over all networks, whichever browser shows it", async () => {
  const shows = [trusted];
  const waiting = cookieIn(await signInAt(away(9), { shows }));
  const without = cookieIn(await signInAt(away(3)));
  expect(await answerWrong([away(1), away(2), away(3)], { shows })).toEqual([
    ...["wrong", "wrong", "blocked"],
  ]);
  // What waits at another network ends with it: it would have had a try more.
  const endOf = async ({ id }: typeof waiting) =>
    (await db.challenge.findUniqueOrThrow({ where: { id } })).endedBecause;
  expect([await endOf(waiting), await endOf(without)]).toEqual(["blocked", null]);
  expect((await answer(waiting, owner.app.codeNow(), away(9))).kind).toBe("blocked");
  const because = "wrong-codes-in-trusted-browser";
  expect(await signInAt(away(4), { shows })).toMatchObject({ kind: "blocked", because });
  expect(await listBlocks(db, owner, start)).toMatchObject([{ of: "sign-in", ip: null, because }]);
  // A known place, with the same cookie or not, is not touched, nor a new one without it.
  const atHome = cookieIn(await signInAt(home, { shows }));
  expect((await answer(atHome, owner.app.codeNow(), home)).kind).toBe("right");
  expect((await signInAt(away(4))).kind).toBe("factor-asked");
  later(60);
  const after = cookieIn(await signInAt(away(4), { shows }));
  expect((await answer(after, owner.app.codeNow(), away(4))).kind).toBe("right");
});

test("five sign-ins an hour are asked with a trusted browser, over all networks, and reach no other place", async () => {
  const shows = [trusted];
  for (const host of [1, 2, 3, 4, 5]) cookieIn(await signInAt(away(host), { shows }));
  const waits = { kind: "wait", codes: 5, asked: "factors-in-browser" };
  expect(await signInAt(away(6), { shows })).toMatchObject(waits);
  cookieIn(await signInAt(away(6)));
  cookieIn(await signInAt(home, { shows }));
  const { codesSinceRight } = await db.account.findUniqueOrThrow({ where: { id: owner.id } });
  expect(codesSinceRight).toBe(1);
});

test("a trusted range is one place: its networks have no tries of their own", async () => {
  const browserId = newBrowser();
  const ips = [inRange(1), inRange(2), inRange(3)];
  expect(await answerWrong(ips, { browserId })).toEqual(["wrong", "wrong", "blocked"]);
  const because = "wrong-codes-in-browser";
  expect(await signInAt(inRange(4), { browserId })).toMatchObject({ kind: "blocked", because });
  expect(await listBlocks(db, owner, start)).toMatchObject([{ ip: range, because }]);
  // That browser there alone: no other of the range, nor the same one at another place.
  cookieIn(await signInAt(inRange(4)));
  cookieIn(await signInAt(home, { browserId }));
  cookieIn(await signInAt(inRange(5)));
  expect(await signInAt(inRange(6))).toMatchObject({ kind: "wait", asked: "factors-here" });
});

test("a place within a range counts by itself: whoever uses up the range keeps nobody out there", async () => {
  const [network, date] = [`${inRange(7)}/32`, { createdAt: start, lastUsedAt: start }];
  await db.trustedPlace.create({
    data: { accountId: owner.id, network, because: "code", ...date },
  });
  for (const host of [1, 2, 3, 4, 5]) cookieIn(await signInAt(inRange(host)));
  expect((await signInAt(inRange(6))).kind).toBe("wait");
  cookieIn(await signInAt(inRange(7)));
});

test("30 answers at once at a known place judge exactly three, whatever made it known", async () => {
  const cases: [string, From][] = [
    [home, {}],
    [inRange(1), {}],
    [away(1), { shows: [trusted] }],
  ];
  const wrong = wrongCodeOf(owner.app);
  for (const [at, [ip, from]] of cases.entries()) {
    const cookie = cookieIn(await signInAt(ip, from));
    const all = Array.from({ length: 30 }, () => answer(cookie, wrong, ip));
    const kinds = (await Promise.all(all)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(2);
    expect(kinds.filter((kind) => kind === "blocked")).toHaveLength(28);
    const refused = { accountId: owner.id, verdict: "refused" };
    expect(await db.signInJudgement.count({ where: refused })).toBe(3 * (at + 1));
  }
});

test("answers at once with copies of one browser judge three in all, ten rounds, at two networks", async () => {
  const shows = [trusted];
  for (let round = 0; round < 10; round += 1) {
    const [one, two] = [away(1), away(2)];
    const cookies = [
      cookieIn(await signInAt(one, { shows })),
      cookieIn(await signInAt(two, { shows })),
    ];
    const wrong = wrongCodeOf(owner.app);
    const [first, second] = cookies;
    if (first === undefined || second === undefined) throw new Error("Nobody was asked.");
    const tries = Array.from({ length: 6 }, (_, at) =>
      (at + round) % 2 === 0 ? answer(first, wrong, one) : answer(second, wrong, two),
    );
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "wrong")).toHaveLength(2);
    later((round + 1) * 61);
  }
});

test.each([
  ["at a trusted place", home, false],
  ["in a trusted browser elsewhere", away(1), true],
])(
  "whoever is asked always is not said to be at a place that is known from now on, %s",
  async (_, ip, isShown) => {
    const cookie = cookieIn(await signInAt(ip, { shows: isShown ? [trusted] : [] }));
    expect(await readPendingPage(cookie)).toMatchObject({ placeKnown: true });
    const before = await db.trustedPlace.count();
    const outcome = await answer(cookie, owner.app.codeNow(), ip);
    expect(outcome).toMatchObject({ kind: "right", place: "always" });
    expect(await db.trustedPlace.count()).toBe(before);
  },
);

test("staff are said to be asked again, at a trusted place too", async () => {
  await db.account.update({ where: { id: owner.id }, data: { role: "support" } });
  const cookie = cookieIn(await signInAt(home));
  const outcome = await answer(cookie, owner.app.codeNow(), home);
  expect(outcome).toMatchObject({ kind: "right", place: "of-staff" });
});

test("at new networks a wait says that factors were asked for, and the mail of a known one that it alone does", async () => {
  for (const host of [1, 2, 3, 4, 5]) cookieIn(await signInAt(away(host)));
  expect(await signInAt(away(6))).toMatchObject({ kind: "wait", asked: "factors" });
  const kind = "someone-knows-your-password";
  const facts = async () =>
    (await db.mail.findMany({ where: { kind, accountId: owner.id } })).map((row) => row.facts);
  const [ofNew] = await facts();
  expect(ofNew).not.toHaveProperty("waitsHere");
  await db.mail.deleteMany({ where: { accountId: owner.id } });
  await db.account.update({ where: { id: owner.id }, data: { warnedAt: null } });
  for (let times = 0; times < 5; times += 1) cookieIn(await signInAt(home));
  expect(await signInAt(home)).toMatchObject({ kind: "wait", asked: "factors-here" });
  expect(await facts()).toEqual([expect.objectContaining({ waitsHere: true })]);
});

test("a sign-in that a version before asked at a known place goes on counting by its network", async () => {
  const browserId = newBrowser();
  const cookie = cookieIn(await signInAt(home, { browserId }));
  await db.challenge.updateMany({ data: { knownBy: null } });
  for (const _ of [1, 2, 3]) await answer(cookie, wrongCodeOf(owner.app), home);
  expect((await signInAt(home, { browserId })).kind).toBe("blocked");
  expect((await signInAt(home)).kind).toBe("factor-asked");
});
