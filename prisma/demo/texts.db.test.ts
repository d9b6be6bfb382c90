import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import type { TextKey } from "@/lib/mail-document/text-key";
import { askToPublish } from "@/lib/templates/ask-to-publish";
import { lookAt } from "@/lib/templates/look-at";
import { publish } from "@/lib/templates/publish";
import { readText } from "@/lib/templates/read-text";
import { backToBuiltIn, rollBack } from "@/lib/templates/roll-back";
import { stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import { ask, forgetTexts, formOf, publishWords, versionsOf } from "@/lib/testing/texts";
import {
  type DemoText,
  demoAuthor,
  demoPublished,
  demoPublisher,
  demoWaiting,
} from "@/prisma/demo/texts";
import { disableDemo, seedDemo } from "@/prisma/seed";

testDatabase();
stoppedClock();

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "portaria-demo-texts-"));
  process.env.DATA_DIR = directory;
  resetEnvironment();
});
afterEach(forgetTexts);
afterAll(() => {
  process.env.DATA_DIR = "";
  rmSync(directory, { recursive: true });
});

async function staffOf(email: string, role: StaffRole): Promise<StaffMember> {
  const { id } = await db.account.findUniqueOrThrow({ where: { email } });
  return makeStaff(role, { accountId: id });
}

const mila = () => staffOf(demoAuthor, "marketing");
const sofia = () => staffOf(demoPublisher, "support");

const stateOf = async (staff: StaffMember, subject: string, language: string) =>
  (await readText(staff, { subject, language }))?.state;

/** Everything of texts that is stored, but for moments and what is random. */
const stored = async () => ({
  versions: (
    await db.templateVersion.findMany({
      orderBy: { id: "asc" },
      include: { parts: { orderBy: { part: "asc" } } },
    })
  ).map(({ createdAt, ...version }) => version),
  drafts: (await db.templateDraft.findMany({ include: { authors: true } })).map(
    ({ revision, savedAt, askedAt, ...draft }) => ({ ...draft, isAsked: askedAt !== null }),
  ),
  looks: (await db.templateLook.findMany({ orderBy: { language: "asc" } })).map(
    ({ at, ...look }) => look,
  ),
});

test("an installation to try has a published change, a draft that waits and one outdated translation", async () => {
  await seedDemo();
  const adam = await staffOf("adam@example.com", "admin");
  expect(await stateOf(adam, "sign-in-code", "fr")).toBe("published");
  expect(await stateOf(adam, "password-changed", "en")).toBe("waiting");
  const places = ["en", "es", "fr", "pt"].map((one) => stateOf(adam, "place-trusted", one));
  expect(await Promise.all(places)).toEqual(["published", "outdated", "built-in", "built-in"]);
  const waiting = await readText(adam, demoWaiting.key);
  expect(waiting).toMatchObject({ draft: { authors: ["Mila Santos"] } });
  expect(waiting?.publishing).toEqual({ kind: "may-publish" });
  const own = await readText(await mila(), demoWaiting.key);
  expect(own?.publishing).toEqual({ kind: "own-text" });
  expect((await readText(adam, { subject: "sign-in-code", language: "fr" }))?.live).toMatchObject({
    ...{ number: 1, by: "Sofia Nowak" },
  });
});

test("its texts are what the steps of the studio make of them, and the gate finds nothing in any", async () => {
  await seedDemo();
  const made = await stored();
  expect(made.versions).toHaveLength(demoPublished.length);
  await forgetTexts();
  const [author, publisher] = [await mila(), await sofia()];
  const asked = async ({ key, typed, note }: DemoText) => {
    const outcome = await askToPublish(author, key, await formOf(author, key, { ...typed, note }));
    expect(outcome).toMatchObject({ kind: "asked", warnings: [] });
    return outcome.kind === "asked" ? outcome.revision : "";
  };
  for (const text of demoPublished) {
    const seen = await asked(text);
    const outcome = await publish(publisher, text.key, { seen });
    expect(outcome).toEqual({ kind: "published", version: 1, warnings: [] });
  }
  for (const language of ["fr", "pt"]) {
    const key: TextKey = { subject: "place-trusted", language };
    const seen = (await readText(author, key))?.outdated?.version ?? "";
    expect(await lookAt(author, key, { seen })).toEqual({ kind: "looked-at" });
  }
  await asked(demoWaiting);
  expect(await stored()).toEqual(made);
});

test("started again, nothing is written anew, whatever became of it", async () => {
  await seedDemo();
  const draft = await readText(await sofia(), demoWaiting.key);
  await publish(await sofia(), demoWaiting.key, { seen: draft?.revision ?? "" });
  const before = await stored();
  expect(before.drafts).toEqual([]);
  await seedDemo();
  expect(await stored()).toEqual(before);
});

test("where somebody has written a text, the demo people write none", async () => {
  const key: TextKey = { subject: "new-browser", language: "fr" };
  await publishWords(key, { subjectLine: "Bonjour", previewLine: "", text: "Oui\n\n{{facts}}" });
  const before = await stored();
  await seedDemo();
  expect(await stored()).toEqual(before);
});

test("where another has Mila's address, nobody has written in her name", async () => {
  await seedDemo();
  await forgetTexts();
  const mine = { where: { email: demoAuthor } };
  await db.account.update({ ...mine, data: { demo: false } });
  await seedDemo();
  expect(await stored()).toEqual({ versions: [], drafts: [], looks: [] });
  await db.account.update({ ...mine, data: { demo: true } });
});

test("with real mail the built-in texts go out again, and nothing of the demo people waits", async () => {
  await seedDemo();
  await disableDemo();
  const adam = await makeStaff("admin");
  for (const { key } of demoPublished) {
    expect(await readText(adam, key)).toMatchObject({ state: "built-in", live: { number: 2 } });
  }
  expect((await stored()).drafts).toEqual([]);
  const after = await stored();
  await disableDemo();
  expect(await stored()).toEqual(after);
  await seedDemo();
});

test("with real mail what was written since stays, by the demo people too", async () => {
  await seedDemo();
  const [author, publisher] = [await mila(), await sofia()];
  const [{ key, typed }] = demoPublished as [DemoText];
  await publishWords(key, { ...typed, subjectLine: "Mi texto" }, { author, publisher });
  const changed = { ...demoWaiting.typed, subjectLine: "A new password at {{brand}}" };
  await ask(author, demoWaiting.key, changed);
  await disableDemo();
  const own = await makeStaff("marketing");
  expect((await readText(own, key))?.shown.subjectLine).toBe("Mi texto");
  expect(await readText(own, demoWaiting.key)).toMatchObject({ state: "waiting", shown: changed });
  await seedDemo();
});

test("with real mail what somebody else had a hand in stays, though it says the same", async () => {
  await seedDemo();
  const own = await makeStaff("admin");
  const [{ key }] = demoPublished.slice(1) as [DemoText];
  const [first] = await versionsOf(key);
  await backToBuiltIn(own, key, { seen: `${first?.id}` });
  const newest = (await versionsOf(key)).at(-1);
  await rollBack(own, key, { version: `${first?.id}`, seen: `${newest?.id}` });
  const { key: waiting, typed } = demoWaiting;
  await ask(own, waiting, { ...typed, subjectLine: "A new password" });
  await ask(await mila(), waiting, typed);
  await disableDemo();
  expect(await stateOf(own, "sign-in-code", "fr")).toBe("published");
  expect(await readText(own, waiting)).toMatchObject({ state: "waiting", shown: typed });
  await seedDemo();
});
