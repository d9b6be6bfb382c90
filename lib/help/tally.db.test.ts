import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { database } from "@/lib/db/transaction";
import { decideQuestion, findVoices, storeFeedback, storeRating } from "@/lib/help/store";
import { testDatabase } from "@/lib/testing/database";

testDatabase();

const at = new Date();
const article = "login-code";

/** The counts as they are kept, and as they are counted anew. */
async function bothCounts() {
  const kept = await db.helpTally.findMany({ orderBy: { article: "asc" } });
  const counted = await db.$queryRaw`
    SELECT a.article,
      (SELECT count(*)::int FROM help_rating r WHERE r.article = a.article) AS ratings,
      (SELECT coalesce(sum(stars), 0)::int FROM help_rating r WHERE r.article = a.article) AS stars,
      (SELECT count(*)::int FROM help_feedback f WHERE f.article = a.article AND useful) AS useful,
      (SELECT count(*)::int FROM help_feedback f WHERE f.article = a.article AND NOT useful) AS "notUseful",
      (SELECT count(*)::int FROM help_question q
        WHERE q.article = a.article AND state = 'waiting') AS waiting
    FROM help_tally a ORDER BY a.article`;
  return { kept, counted };
}

test("what is said of articles at the same moment, changed and taken back is counted as it stands", async () => {
  const browsers = Array.from({ length: 8 }, () => randomUUID());
  for (let round = 1; round <= 10; round += 1) {
    const said = browsers.flatMap((browserId, one) => {
      const voice = { article: one % 2 ? article : "my-places", locale: "en", browserId, now: at };
      return [
        () => storeRating(database, { ...voice, stars: 1 + ((one * round) % 5) }),
        () => storeFeedback(database, { ...voice, useful: (one + round) % 3 > 0, comment: null }),
        () =>
          db.helpQuestion.create({
            data: { article, locale: "en", question: "Why?", askedAt: at },
          }),
      ];
    });
    if (round % 2) said.reverse();
    await Promise.all(said.map((say) => say()));
    const [first, second] = await db.helpQuestion.findMany({
      where: { state: "waiting" },
      take: 2,
    });
    await decideQuestion(database, first?.id ?? "", { state: "declined", answeredAt: at });
    await db.helpQuestion.delete({ where: { id: second?.id ?? "" } });
    await db.helpRating.deleteMany({ where: { browserId: browsers[round % 8] } });
    const { kept, counted } = await bothCounts();
    expect(kept).toEqual(counted);
  }
  const voices = await findVoices(database, { article, browserId: null });
  const stars = await db.helpRating.aggregate({ where: { article }, _avg: { stars: true } });
  expect(voices.average).toBeCloseTo(stars._avg.stars ?? 0);
});
