import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { foldFigures } from "@/lib/figures/fold-figures";
import { listFigures } from "@/lib/figures/list-figures";
import { FIGURES_KEPT_DAYS } from "@/lib/figures/rules/limits";
import { takeReport } from "@/lib/mail/fate/take-report";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";

testDatabase();

const start = new Date("2026-11-22T12:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const zones = ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "Europe/Lisbon"];

const ids = { customer: "", staff: "", demo: "" };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  await db.figureQuarter.deleteMany();
  await db.account.deleteMany();
  await db.recoveryCase.deleteMany();
  ids.customer = (await makeAccount()).id;
  ids.staff = (await makeAccount()).id;
  ids.demo = (await makeAccount()).id;
  await db.account.update({ where: { id: ids.staff }, data: { role: "support" } });
  await db.account.update({ where: { id: ids.demo }, data: { demo: true } });
});

afterEach(() => {
  vi.useRealTimers();
  inZone(undefined);
});

function inZone(zone: string | undefined): void {
  if (zone === undefined) delete process.env.TIME_ZONE;
  else process.env.TIME_ZONE = zone;
  resetEnvironment();
}

type Happening = {
  kind:
    | "entered"
    | "asked"
    | "right"
    | "block"
    | "wrong"
    | "case"
    | "sent"
    | "refused"
    | "returned";
  whose: keyof typeof ids | "nobody";
  at: Date;
  seconds: number;
};

const judged = {
  entered: { verdict: "entered", because: "known-place" },
  asked: { verdict: "asked-for-code", because: "new-place" },
  right: { verdict: "entered", because: "right-code" },
  block: { verdict: "refused", because: "blocked-by-wrong-codes" },
  wrong: { verdict: "refused", because: "wrong-code" },
};

let made = 0;

async function happen(happened: Happening[]): Promise<void> {
  for (const { kind, whose, at, seconds } of happened) {
    const accountId = whose === "nobody" ? null : ids[whose];
    made += 1;
    const of = { accountId, locale: "en", createdAt: at };
    if (kind === "case") {
      const row = { reference: `R${made}`, secretId: "", accountEmail: "", proof: "nothing" };
      await db.recoveryCase.create({
        data: { ...of, ...row, userAgent: "", expiresAt: at, sentAt: at },
      });
    } else if (kind === "sent" || kind === "refused" || kind === "returned") {
      const state = kind === "refused" ? "refused" : "sent";
      const row = { kind: "new-browser", recipient: "x", facts: {}, state };
      const tried = state === "sent" ? { sentAt: at } : { triedAt: at };
      const change = { state: "refused", at, notedAt: at, source: "return-mail" };
      const changes = kind === "returned" ? { changes: { create: change } } : {};
      await db.mail.create({
        data: { ...of, ...row, ...tried, ...changes, nextTryAt: at, usefulUntil: at },
      });
    } else if (accountId !== null) {
      const codeSeconds = kind === "right" ? seconds : null;
      await db.signInJudgement.create({
        data: { accountId, ...judged[kind], codeSeconds, userAgent: "", at },
      });
    }
  }
}

/** Every figure as it is when nothing was folded: counted from the rows alone. */
async function recounted() {
  const folded = await db.figureQuarter.findMany();
  await db.figureQuarter.deleteMany();
  const figures = await listFigures();
  await db.figureQuarter.createMany({ data: folded });
  return figures;
}

/** The plainest count there is, of one figure over all days. */
const plainCount = (happened: Happening[], ...kinds: Happening["kind"][]) =>
  happened.filter(({ kind, whose }) => kinds.includes(kind) && whose === "customer").length;

const happening = fc.record({
  kind: fc.constantFrom<Happening["kind"]>(
    ...([
      "entered",
      "asked",
      "right",
      "block",
      "wrong",
      "case",
      "sent",
      "refused",
      "returned",
    ] as const),
  ),
  whose: fc.constantFrom<Happening["whose"]>("customer", "customer", "staff", "demo"),
  // Quarters' ends and days' ends of some zone among them.
  at: fc
    .oneof(
      fc.integer({ min: -29 * DAY, max: 0 }),
      fc.integer({ min: -29 * 96, max: 0 }).map((quarters) => quarters * 15 * MINUTE),
      fc.integer({ min: -29 * 96, max: 0 }).map((quarters) => quarters * 15 * MINUTE - 1),
    )
    .map((ms) => new Date(start.getTime() + ms)),
  seconds: fc.constantFrom(0, 7, 41, 59, 60, 118, 295, 590, 600, 3_540),
});

test("folded figures are those of a slow recount, in every zone, whenever they were folded", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 40 }),
      fc.array(fc.integer({ min: -30 * 24 * 60, max: 0 }), { maxLength: 2 }),
      fc.constantFrom(...zones),
      async (happened, foldedAt, zone) => {
        inZone(zone);
        await db.$executeRaw`TRUNCATE figure_quarter, sign_in_judgement, mail, recovery_case CASCADE`;
        let rest = [...happened].sort((a, b) => a.at.getTime() - b.at.getTime());
        for (const minutes of foldedAt.toSorted((a, b) => a - b)) {
          const now = new Date(start.getTime() + minutes * MINUTE);
          vi.setSystemTime(now);
          await happen(rest.filter(({ at }) => at <= now));
          rest = rest.filter(({ at }) => at > now);
          await foldFigures();
        }
        vi.setSystemTime(start);
        await happen(rest);
        const bare = await recounted();
        expect(await listFigures()).toEqual(bare);
        await foldFigures();
        const { all, ...others } = await listFigures();
        expect({ all, ...others }).toEqual(bare);
        const count = (...kinds: Happening["kind"][]) => plainCount(happened, ...kinds);
        expect(all).toMatchObject({
          ...{ signIns: count("entered", "right"), codesSent: count("asked") },
          ...{ codesRight: count("right"), blocks: count("block"), cases: count("case") },
          ...{ mailsSent: count("sent", "returned"), mailsRefused: count("refused") },
          mailsReturned: count("returned"),
        });
      },
    ),
    { numRuns: 5 },
  );
}, 120_000);

const entered = (whose: Happening["whose"], at: Date): Happening => ({
  ...{ kind: "entered", seconds: 0 },
  ...{ whose, at },
});
const ago = (minutes: number) => new Date(start.getTime() - minutes * MINUTE);

test("nothing is counted of staff and of the demo people; a case of nobody's is", async () => {
  const kinds = Object.keys(judged) as Happening["kind"][];
  for (const kind of [...kinds, "sent", "refused", "returned", "case"] as const) {
    for (const whose of ["staff", "demo"] as const) {
      await happen([{ kind, whose, at: ago(5), seconds: 40 }]);
      await happen([{ kind, whose, at: ago(500), seconds: 40 }]);
    }
  }
  await happen([{ kind: "case", whose: "nobody", at: ago(500), seconds: 0 }]);
  await happen([{ kind: "sent", whose: "nobody", at: ago(500), seconds: 0 }]);
  await foldFigures();
  const { all } = await listFigures();
  const { rates: _, medianSeconds, ...counts } = all;
  expect(medianSeconds).toBeNull();
  expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([["cases", 1]]);
});

test("what is written late is counted, once: the hour before is counted anew", async () => {
  await happen([entered("customer", ago(40))]);
  await foldFigures();
  await happen([entered("customer", ago(50)), entered("customer", ago(40))]);
  vi.setSystemTime(ago(-15));
  await foldFigures();
  await foldFigures();
  expect((await listFigures()).all.signIns).toBe(3);
});

test("a mail that is reported a day late is counted when that becomes known, once, though its own quarter is done", async () => {
  const happened = { whose: "customer", at: ago(24 * 60), seconds: 0 } as const;
  await happen([
    { ...happened, kind: "sent" },
    { ...happened, kind: "sent" },
  ]);
  await foldFigures();
  const { id } = await db.mail.findFirstOrThrow({ where: { accountId: ids.customer } });
  for (const [index, source] of (["webhook", "return-mail", "webhook"] as const).entries()) {
    await takeReport({
      ...{ id: `${source}:${index}`, mail: { id }, state: "refused", at: ago(24 * 60 - 1), source },
      ...{ channel: "resend", reason: "full", status: null, words: null, marks: null },
    });
  }
  const reported = { mailsSent: 2, mailsReturned: 1, mailsRefused: 0 };
  expect((await listFigures()).lastHour).toMatchObject({ ...reported, mailsSent: 0 });
  // The quarter it came in is folded twice, and the mail deleted then.
  for (const minutes of [20, 40, 200]) {
    vi.setSystemTime(ago(-minutes));
    await foldFigures();
    expect((await listFigures()).all).toMatchObject(reported);
  }
  await db.mail.delete({ where: { id } });
  await foldFigures();
  expect((await listFigures()).all).toMatchObject(reported);
});

test("what a clock counted that is an hour ahead is not taken for all of that hour", async () => {
  vi.setSystemTime(start.getTime() + 70 * MINUTE);
  await foldFigures();
  vi.setSystemTime(start.getTime() + 30 * MINUTE);
  await happen([entered("customer", ago(-20))]);
  expect((await listFigures()).all.signIns).toBe(1);
});

test("a clock that is ahead hides nothing that happens later, and leaves no hole", async () => {
  await happen([entered("customer", ago(3 * 24 * 60))]);
  await foldFigures();
  vi.setSystemTime(start.getTime() + 40 * DAY);
  await foldFigures();
  vi.setSystemTime(start.getTime() + 60 * MINUTE);
  await happen([entered("customer", start), entered("customer", ago(-50))]);
  expect((await listFigures()).all.signIns).toBe(3);
  await foldFigures();
  expect((await listFigures()).all.signIns).toBe(3);
});

test("a fold that was killed between two statements is gone on with by the next", async () => {
  await happen([1, 2, 9, 20, 29].map((days) => entered("customer", ago(days * 24 * 60))));
  const stopping = new AbortController();
  const asked = vi.spyOn(stopping.signal, "aborted", "get");
  asked.mockReturnValueOnce(false).mockReturnValueOnce(false).mockReturnValue(true);
  await foldFigures(stopping.signal);
  expect(await db.figureQuarter.count()).toBe(2 * 24);
  expect((await listFigures()).all.signIns).toBe(5);
  await foldFigures();
  expect(await db.figureQuarter.count()).toBe(FIGURES_KEPT_DAYS * 96 - 1);
  expect((await listFigures()).all.signIns).toBe(5);
});

test("ten processes that fold at once beside writers count everything once, at each moment", async () => {
  let written = 0;
  let busy = true;
  const writing = (async () => {
    while (busy) {
      await happen([entered("customer", ago(written % 300))]);
      written += 1;
    }
  })();
  for (let round = 0; round < 5; round += 1) {
    const before = written;
    await Promise.all(Array.from({ length: 10 }, () => foldFigures()));
    const { lastHour, all } = await listFigures();
    // The hour is counted row by row; of the days, what was written late may wait for the next fold.
    expect(lastHour.signIns).toBeGreaterThanOrEqual(Math.min(before, 60));
    expect(all.signIns).toBeLessThanOrEqual(written + 1);
  }
  busy = false;
  await writing;
  // As if nobody had written later than an hour after it happened.
  await db.figureQuarter.deleteMany();
  await Promise.all(Array.from({ length: 10 }, () => foldFigures()));
  await foldFigures();
  expect((await listFigures()).all.signIns).toBe(written);
});

test("what was counted of an account stays when it is erased", async () => {
  await happen([entered("customer", ago(300)), entered("customer", ago(500))]);
  await foldFigures();
  await db.account.delete({ where: { id: ids.customer } });
  await foldFigures();
  expect((await listFigures()).all.signIns).toBe(2);
});
