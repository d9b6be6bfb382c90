import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { inTransaction } from "@/lib/db/transaction";
import { changeRole } from "@/lib/staff/change-role";
import { createBlock } from "@/lib/templates/blocks";
import { publish } from "@/lib/templates/publish";
import { rollBack } from "@/lib/templates/roll-back";
import { saveDraft } from "@/lib/templates/save-draft";
import { sendBack } from "@/lib/templates/send-back";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import {
  ask,
  draftOf,
  forgetTexts,
  formOf,
  placeText,
  placeWords,
  publishWords,
  save,
  versionsOf,
} from "@/lib/testing/texts";
import { countWaiting } from "@/lib/testing/waiting";

testDatabase();

const rounds = Array.from({ length: 10 }, (_, round) => ({ round, isTurned: round % 2 === 1 }));
let people: Awaited<ReturnType<typeof cast>>;

const cast = async () => ({
  ana: await makeStaff("marketing"),
  rui: await makeStaff("support"),
  eva: await makeStaff("admin"),
});

beforeEach(async () => {
  people = await cast();
});
afterEach(forgetTexts);

/** Does two things at once, of which the first, or turned about the second, is before in the queue. */
async function atOnce<One, Other>(
  isTurned: boolean,
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<[One, Other]> {
  let running: { one?: Promise<One>; other?: Promise<Other> } = {};
  const start = [
    () => Object.assign(running, { one: one() }),
    () => Object.assign(running, { other: other() }),
  ];
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.texts);
    for (const [index, begin] of (isTurned ? start.reverse() : start).entries()) {
      running = begin() as typeof running;
      while ((await countWaiting()) < index + 1);
    }
  });
  return [(await running.one) as One, (await running.other) as Other];
}

test.each(rounds)("one of two publications counts, round $round", async ({ isTurned }) => {
  const { ana, rui, eva } = people;
  const seen = await ask(ana, placeText, placeWords("Bonjour"));
  const kinds = (
    await atOnce(
      isTurned,
      () => publish(rui, placeText, { seen }),
      () => publish(eva, placeText, { seen }),
    )
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(
    isTurned ? ["nothing-to-publish", "published"] : ["published", "nothing-to-publish"],
  );
  expect(await versionsOf(placeText)).toHaveLength(1);
});

test.each(rounds)(
  "what is published is what was shown, whoever saves meanwhile, round $round",
  async ({ isTurned }) => {
    const { ana, rui } = people;
    const seen = await ask(ana, placeText, placeWords("Bonjour"));
    const form = await formOf(ana, placeText, placeWords("Salut"));
    const [published, saved] = await atOnce(
      isTurned,
      () => publish(rui, placeText, { seen }),
      () => saveDraft(ana, placeText, form),
    );
    if (isTurned) {
      expect([published.kind, saved.kind]).toEqual(["outdated", "saved"]);
      expect(await draftOf(placeText)).toMatchObject({ ...placeWords("Salut"), state: "draft" });
      expect(await versionsOf(placeText)).toEqual([]);
    } else {
      expect(published.kind).toBe("published");
      expect(saved).toMatchObject({ kind: "conflict", theirs: { is: "live" } });
      expect(await draftOf(placeText)).toBeNull();
    }
  },
);

test.each(rounds)(
  "what is sent back is not published, and the other way round, round $round",
  async ({ isTurned }) => {
    const { ana, rui, eva } = people;
    const seen = await ask(ana, placeText, placeWords("Bonjour"));
    const kinds = (
      await atOnce(
        isTurned,
        () => publish(rui, placeText, { seen }),
        () => sendBack(eva, placeText, { seen, reason: "Too short" }),
      )
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(
      isTurned ? ["not-asked", "sent-back"] : ["published", "nothing-to-publish"],
    );
    expect(await versionsOf(placeText)).toHaveLength(isTurned ? 0 : 1);
  },
);

test.each(rounds)("one of two goes back, round $round", async ({ isTurned }) => {
  const { rui, eva } = people;
  for (const words of ["Un", "Deux", "Trois"]) {
    await publishWords(placeText, placeWords(words), { author: people.ana, publisher: rui });
  }
  const [first, second, newest] = await versionsOf(placeText);
  const to = (version: typeof first) => ({ version: `${version?.id}`, seen: `${newest?.id}` });
  const kinds = (
    await atOnce(
      isTurned,
      () => rollBack(rui, placeText, to(first)),
      () => rollBack(eva, placeText, to(second)),
    )
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(isTurned ? ["outdated", "rolled-back"] : ["rolled-back", "outdated"]);
  expect((await versionsOf(placeText)).at(-1)).toMatchObject({
    ...{ number: 4, fromId: isTurned ? second?.id : first?.id },
  });
});

test.each(rounds)("of two who save the first counts, round $round", async ({ isTurned }) => {
  const { ana, rui } = people;
  await save(ana, placeText, placeWords("Bonjour"));
  const one = await formOf(ana, placeText, placeWords("Salut"));
  const other = await formOf(rui, placeText, placeWords("Coucou"));
  const [first, second] = await atOnce(
    isTurned,
    () => saveDraft(ana, placeText, one),
    () => saveDraft(rui, placeText, other),
  );
  const [winner, loser] = isTurned ? [second, first] : [first, second];
  expect([winner.kind, loser.kind]).toEqual(["saved", "conflict"]);
  const words = placeWords(isTurned ? "Coucou" : "Salut");
  expect(await draftOf(placeText)).toMatchObject(words);
  expect(loser).toMatchObject({ theirs: words });
});

test.each(rounds)(
  "nobody publishes once their role is taken away, round $round",
  async ({ isTurned }) => {
    const { ana, rui, eva } = people;
    const seen = await ask(ana, placeText, placeWords("Bonjour"));
    const take = () =>
      changeRole(eva, {
        ...{ accountId: rui.session.accountId, role: "customer", reason: "Left" },
      });
    const give = () => publish(rui, placeText, { seen });
    const outcomes = isTurned
      ? await Promise.all([take(), give()])
      : await atOnce(false, give, take).then(([given, taken]) => [taken, given]);
    const [taken, given] = outcomes;
    expect(taken?.kind).toBe("changed");
    if (!isTurned) expect(given?.kind).toBe("published");
    expect(["published", "signed-out"]).toContain(given?.kind);
    expect(await versionsOf(placeText)).toHaveLength(given?.kind === "published" ? 1 : 0);
    // Whichever was first: the log never has a publication by somebody behind the end of their role.
    const entries = await db.auditEntry.findMany({
      where: { action: { in: ["template-published", "staff-role-changed"] } },
      orderBy: { seq: "desc" },
      take: 1,
    });
    expect(entries[0]?.action).toBe("staff-role-changed");
  },
);

test("versions of different texts get their ids in the order in which they are live", async () => {
  const { ana, rui } = people;
  const texts = ["en", "fr", "pt", "es"].map((language) => ({
    subject: "place-trusted",
    language,
  }));
  const asked = [];
  for (const key of texts) asked.push({ key, seen: await ask(ana, key, placeWords("Hello")) });
  await Promise.all(asked.map(({ key, seen }) => publish(rui, key, { seen })));
  const versions = await db.templateVersion.findMany({ orderBy: { id: "asc" } });
  expect(versions.map(({ id }) => id)).toEqual([1n, 2n, 3n, 4n]);
  const times = versions.map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual([...times].sort((one, other) => one - other));
});

test("of two who make the same block one does", async () => {
  const { ana, rui } = people;
  const kinds = (
    await atOnce(
      false,
      () => createBlock(ana, { name: "opening-hours" }),
      () => createBlock(rui, { name: "opening-hours" }),
    )
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(["created", "taken"]);
});
