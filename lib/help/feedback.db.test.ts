import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, test } from "vitest";
import { db } from "@/lib/db/client";
import { sweepInTurns, sweepOf } from "@/lib/db/sweep";
import { readArticleTalk } from "@/lib/help/article-talk";
import { rateArticle, sayUseful, type Voice } from "@/lib/help/give-feedback";
import { readModerationPage } from "@/lib/help/moderation-page";
import { COMMENT_MAX_LENGTH, VOICES_PER_NETWORK_PER_HOUR } from "@/lib/help/rules/limits";
import { oldFeedback } from "@/lib/help/store";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, newBrowser } from "@/lib/testing/people";

testDatabase();
stoppedClock();

let network = 0;

/** A reader at a network of their own. */
function reader(changes: Partial<Voice> = {}): Voice {
  network += 1;
  const client = clientAt(`198.51.${Math.floor(network / 250)}.${network % 250}`);
  return { article: "login-code", locale: "en", browserId: newBrowser(), client, ...changes };
}

const voicesFor = async ({ article, browserId }: Voice) =>
  (await readArticleTalk({ article, locale: "en", browserId, before: null }))?.voices;
const feedback = () => db.helpFeedback.findMany({ orderBy: { at: "asc" } });
const say = (voice: Voice, useful: string | null, comment = "") =>
  sayUseful(voice, { useful, comment });

beforeEach(async () => {
  await db.helpFeedback.deleteMany();
  await db.helpRating.deleteMany();
});

test("a browser has one voice for an article, and its latest word counts", async () => {
  const voice = reader();
  expect(await say(voice, "yes", "Fine")).toEqual({ kind: "recorded" });
  pass(1_000);
  expect(await say({ ...voice, locale: "fr" }, "no")).toEqual({ kind: "recorded" });
  expect(await feedback()).toMatchObject([
    { article: "login-code", locale: "fr", useful: false, comment: null, at: new Date() },
  ]);
  expect(await voicesFor(voice)).toMatchObject({ ownUseful: false });
});

test("the same browser speaks of each article, and others speak for themselves", async () => {
  const voice = reader();
  await say(voice, "yes");
  await say({ ...voice, article: "lost-access" }, "no");
  await say(reader(), "no");
  const { figures } = await readModerationPage();
  expect(figures).toContainEqual(
    expect.objectContaining({ article: "login-code", yes: 1, no: 1, average: null, ratings: 0 }),
  );
  expect(figures).toContainEqual(
    expect.objectContaining({ article: "lost-access", yes: 0, no: 1 }),
  );
  expect(await voicesFor(reader())).toMatchObject({ ownUseful: null });
});

test("twenty presses at the same moment are one vote", async () => {
  const voice = reader();
  await Promise.all(Array.from({ length: 20 }, () => say(voice, "yes")));
  expect(await feedback()).toHaveLength(1);
});

test("stars are counted once per browser, with an average", async () => {
  const [one, two, three] = [reader(), reader(), reader()];
  await rateArticle(one, "1");
  await rateArticle(two, "4");
  await rateArticle(three, "5");
  expect(await rateArticle(one, "4")).toEqual({ kind: "recorded" });
  const voices = await voicesFor(one);
  expect(voices).toMatchObject({ ratings: 3, ownStars: 4 });
  expect(voices?.average).toBeCloseTo(13 / 3);
  expect(await voicesFor({ ...one, article: "my-places" })).toMatchObject({
    ratings: 0,
    average: null,
    ownStars: null,
  });
});

test("a browser that is not known yet sees the average and no voice of its own", async () => {
  await rateArticle(reader(), "2");
  const query = { article: "login-code", locale: "en" as const, before: null };
  const talk = await readArticleTalk({ ...query, browserId: null });
  expect(talk?.voices).toEqual({ average: 2, ratings: 1, ownUseful: null, ownStars: null });
});

describe("what is no vote counts for nothing", () => {
  it.each([null, "", "maybe", "YES", "true"])("useful: %j", async (useful) => {
    expect(await say(reader(), useful)).toEqual({ kind: "invalid", error: "usefulMissing" });
    expect(await feedback()).toEqual([]);
  });

  it.each([null, "", "0", "6", "3.5", "-1", "five"])("stars: %j", async (stars) => {
    expect(await rateArticle(reader(), stars)).toEqual({ kind: "invalid", error: "starsMissing" });
    expect(await db.helpRating.count()).toBe(0);
  });

  it.each(["", "__proto__", "login-code ", "../login-code", "x".repeat(10_000)])(
    "the article %j",
    async (article) => {
      const voice = reader({ article });
      expect(await say(voice, "yes")).toEqual({ kind: "unknown" });
      expect(await rateArticle(voice, "5")).toEqual({ kind: "unknown" });
    },
  );
});

test("a comment is kept as plain text, without e-mail addresses and phone numbers", async () => {
  const typed = "  Write to ines@example.com\r\nor call +351 215 550 100 <b>now</b>\u0007 '; --";
  await say(reader(), "no", typed);
  expect(await feedback()).toMatchObject([
    { comment: "Write to •••\nor call ••• <b>now</b> '; --" },
  ]);
  const { comments } = await readModerationPage();
  expect(comments).toMatchObject([{ useful: false, comment: expect.stringContaining("•••") }]);
});

test("a comment that was stored with an address is shown without it all the same", async () => {
  await db.helpFeedback.create({
    data: {
      article: "login-code",
      locale: "en",
      browserId: randomUUID(),
      useful: true,
      comment: "ines@example.com",
      at: new Date(),
    },
  });
  expect((await readModerationPage()).comments).toMatchObject([{ comment: "•••" }]);
});

test("a comment that is too long is refused and costs nothing", async () => {
  const voice = reader();
  const most = "é".repeat(COMMENT_MAX_LENGTH);
  for (const comment of [`${most}e`, "a\n".repeat(30_000)]) {
    const refused = { kind: "invalid", error: "commentTooLong" };
    expect(await say(voice, "yes", comment)).toEqual(refused);
  }
  expect(await feedback()).toEqual([]);
  expect(await say(voice, "yes", most)).toEqual({ kind: "recorded" });
});

test("one network votes and rates 30 times an hour, whatever browsers it has", async () => {
  const voice = reader();
  const again = () => ({ ...voice, browserId: newBrowser() });
  for (let time = 0; time < VOICES_PER_NETWORK_PER_HOUR; time += 1) {
    const outcome = await (time % 2 === 0 ? say(again(), "yes") : rateArticle(again(), "1"));
    expect(outcome).toEqual({ kind: "recorded" });
  }
  const until = new Date(Date.now() + 3_600_000);
  expect(await say(again(), "yes")).toEqual({ kind: "too-many", until });
  expect(await rateArticle(again(), "1")).toEqual({ kind: "too-many", until });
  expect(await say(reader(), "yes")).toEqual({ kind: "recorded" });
  pass(3_600_000);
  expect(await say(again(), "yes")).toEqual({ kind: "recorded" });
});

test("comments of the past are deleted, votes and stars stay", async () => {
  const [old, recent] = [reader(), reader()];
  await say(old, "yes", "An old word");
  await rateArticle(old, "5");
  pass(60_000);
  await say(recent, "no", "A new word");
  await sweepInTurns(oldFeedback(new Date(Date.now() - 1)).map(sweepOf));
  expect(await feedback()).toMatchObject([
    { useful: true, comment: null },
    { useful: false, comment: "A new word" },
  ]);
  expect(await voicesFor(old)).toMatchObject({ ratings: 1, ownUseful: true });
});
