import { afterEach, expect, test } from "vitest";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { askToPublish } from "@/lib/templates/ask-to-publish";
import { discardDraft } from "@/lib/templates/discard-draft";
import { publish } from "@/lib/templates/publish";
import { readText } from "@/lib/templates/read-text";
import { rollBack } from "@/lib/templates/roll-back";
import { sendBack } from "@/lib/templates/send-back";
import { saveSettings } from "@/lib/templates/settings";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import {
  ask,
  codeText,
  codeWords,
  draftOf,
  forgetTexts,
  publishWords,
  save,
  versionsOf,
} from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

const waiting = { kind: "published", version: 1, warnings: [] };
const id = ({ session }: StaffMember) => session.accountId;

test.each(["marketing", "support", "admin"] as const)(
  "a text that somebody wrote is published by a second person of role %s",
  async (role) => {
    const [ana, rui] = [await makeStaff("marketing"), await makeStaff(role)];
    const seen = await ask(ana, codeText, { ...codeWords("Bonjour"), note: "For the summer" });
    expect((await readText(rui, codeText))?.publishing).toEqual({ kind: "may-publish" });
    expect(await publish(rui, codeText, { seen })).toMatchObject({ kind: "published", version: 1 });
    const [version] = await versionsOf(codeText);
    expect(version).toMatchObject({
      ...{ number: 1, action: "published", fromId: null, note: "For the summer" },
      builtIn: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(version?.parts.map(({ accountId, part }) => [accountId, part])).toEqual(
      expect.arrayContaining([
        [id(ana), "wrote"],
        [id(rui), "published"],
      ]),
    );
    expect(await draftOf(codeText)).toBeNull();
    expect(await readText(ana, codeText)).toMatchObject({
      ...{ state: "published", shown: codeWords("Bonjour"), isBuiltInChanged: false },
      live: { number: 1, isBuiltIn: false, by: rui.session.account.name },
    });
    const entry = await db.auditEntry.findFirst({ orderBy: { seq: "desc" } });
    expect(entry).toMatchObject({
      ...{ action: "template-published", actorId: id(rui), subjectId: "sign-in-code/fr" },
      details: { version: 1 },
    });
  },
);

test("P1 without a draft there is nothing to publish", async () => {
  const rui = await makeStaff("support");
  const nothing = { kind: "nothing-to-publish" };
  expect(await publish(rui, codeText, { seen: "" })).toEqual(nothing);
  expect((await readText(rui, codeText))?.publishing).toEqual(nothing);
});

test("P2 another revision than was shown is published by nobody", async () => {
  const [ana, eva, rui] = [
    await makeStaff("marketing"),
    await makeStaff("marketing"),
    await makeStaff("support"),
  ];
  const seen = await ask(ana, codeText, codeWords("Bonjour"));
  await ask(eva, codeText, codeWords("Salut"));
  expect(await publish(rui, codeText, { seen })).toEqual({ kind: "outdated" });
  expect(await publish(rui, codeText, { seen: "" })).toEqual({ kind: "outdated" });
  expect(await versionsOf(codeText)).toEqual([]);
});

test("P3 a draft begun on an older version than the newest is published by nobody", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await publishWords(codeText, codeWords("Un"));
  await publishWords(codeText, codeWords("Deux"));
  const seen = await ask(ana, codeText, codeWords("Trois"));
  const [first, newest] = await versionsOf(codeText);
  const shown = { version: `${first?.id}`, seen: `${newest?.id}` };
  expect((await rollBack(rui, codeText, shown)).kind).toBe("rolled-back");
  expect(await publish(rui, codeText, { seen })).toEqual({ kind: "outdated" });
  const page = await readText(rui, codeText);
  expect(page).toMatchObject({ draft: { isBehind: true }, beyond: codeWords("Un") });
  // Nor is it asked for by a form of before: whoever does so has to have seen the newest first.
  const form = { ...codeWords("Trois"), note: "", seen, base: `${newest?.id}` };
  const conflict = await askToPublish(ana, codeText, form);
  expect(conflict).toMatchObject({ kind: "conflict", theirs: { is: "live", revision: seen } });
  // The page that shows both is of the newest.
  const base = page?.base ?? "";
  expect(conflict).toMatchObject({ theirs: { base } });
  const again = await askToPublish(ana, codeText, { ...form, base });
  const next = again.kind === "asked" ? again.revision : "";
  expect((await publish(rui, codeText, { seen: next })).kind).toBe("published");
});

test("P4 what nobody asked to publish, or was sent back, is published by nobody", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const draft = await save(ana, codeText, codeWords("Bonjour"));
  expect(await publish(rui, codeText, { seen: draft })).toEqual({ kind: "not-asked" });
  const seen = await ask(ana, codeText, codeWords("Bonjour"));
  await sendBack(rui, codeText, { seen, reason: "Too short" });
  expect(await publish(rui, codeText, { seen })).toEqual({ kind: "not-asked" });
});

test("P5 whoever changed anything since the last published version publishes nothing", async () => {
  const [ana, eva, rui] = [
    await makeStaff("marketing"),
    await makeStaff("marketing"),
    await makeStaff("support"),
  ];
  const own = { kind: "own-text" };
  await save(ana, codeText, codeWords("Bonjour"));
  const seen = await ask(eva, codeText, codeWords("Salut"));
  for (const author of [ana, eva]) {
    expect(await publish(author, codeText, { seen })).toEqual(own);
    expect((await readText(author, codeText))?.publishing).toEqual(own);
  }
  expect((await publish(rui, codeText, { seen })).kind).toBe("published");
  // What was published is nobody's draft any more.
  const next = await ask(rui, codeText, codeWords("Coucou"));
  expect((await publish(ana, codeText, { seen: next })).kind).toBe("published");
});

test("P5 also where the draft was discarded, sent back or written anew by another since", async () => {
  const [ana, eva] = [await makeStaff("marketing"), await makeStaff("marketing")];
  const first = await ask(ana, codeText, codeWords("Bonjour"));
  await sendBack(eva, codeText, { seen: first, reason: "Too short" });
  await discardDraft(ana, codeText, { seen: first });
  const seen = await ask(eva, codeText, codeWords("Salut"));
  const own = { kind: "own-text" };
  expect(await publish(ana, codeText, { seen })).toEqual(own);
});

test("P5 a roll back in between makes nobody's draft another's", async () => {
  const [ana, eva, rui] = [
    await makeStaff("marketing"),
    await makeStaff("marketing"),
    await makeStaff("support"),
  ];
  await publishWords(codeText, codeWords("Un"), { author: eva, publisher: rui });
  await publishWords(codeText, codeWords("Deux"), { author: eva, publisher: rui });
  const draft = await save(ana, codeText, codeWords("Trois"));
  await discardDraft(ana, codeText, { seen: draft });
  const [first, newest] = await versionsOf(codeText);
  await rollBack(ana, codeText, { version: `${first?.id}`, seen: `${newest?.id}` });
  const seen = await ask(eva, codeText, codeWords("Quatre"));
  expect((await publish(ana, codeText, { seen })).kind).toBe("own-text");
});

test("P6 where an admin set one person to be enough, an author publishes, and the log says so", async () => {
  const admin = await makeStaff("admin");
  const one = { allowedHosts: "", onePersonMayPublish: true, leadingLanguage: "en" };
  await saveSettings(admin, one);
  const ana = await makeStaff("marketing");
  const draft = await save(ana, codeText, codeWords("Bonjour"));
  expect(await publish(ana, codeText, { seen: draft })).toEqual({ kind: "not-asked" });
  const seen = await ask(ana, codeText, codeWords("Bonjour"));
  expect(await publish(ana, codeText, { seen })).toMatchObject(waiting);
  const entry = await db.auditEntry.findFirst({ orderBy: { seq: "desc" } });
  expect(entry?.details).toEqual({ version: 1, isAuthor: true });
  // Set back, it holds for the next text.
  await saveSettings(admin, { ...one, onePersonMayPublish: false });
  const next = await ask(ana, codeText, codeWords("Salut"));
  expect((await publish(ana, codeText, { seen: next })).kind).toBe("own-text");
});

test("P8 what the gate finds when it is published decides, not what it found when it was asked for", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const admin = await makeStaff("admin");
  const settings = { onePersonMayPublish: false, leadingLanguage: "en" };
  await saveSettings(admin, { ...settings, allowedHosts: "shop.example" });
  const words = codeWords("Bonjour");
  const text = `${words.text}\n\n[Visitez-nous](https://shop.example/)`;
  const seen = await ask(ana, codeText, { ...words, text });
  await saveSettings(admin, { ...settings, allowedHosts: "" });
  const refused = await publish(rui, codeText, { seen });
  expect(refused).toMatchObject({
    kind: "refused",
    refusals: [{ of: codeText, finding: { kind: "host-not-allowed" } }],
  });
  expect(await draftOf(codeText)).toMatchObject({ state: "waiting", text });
  expect(await versionsOf(codeText)).toEqual([]);
});

test("P9 who is signed out, or has another role by now, publishes nothing", async () => {
  const [ana, rui, eva] = [
    await makeStaff("marketing"),
    await makeStaff("support"),
    await makeStaff("support"),
  ];
  const seen = await ask(ana, codeText, codeWords("Bonjour"));
  await db.session.update({ where: { id: rui.session.id }, data: { endedAt: new Date() } });
  await db.account.update({ where: { id: id(eva) }, data: { role: "customer" } });
  for (const one of [rui, eva]) {
    expect(await publish(one, codeText, { seen })).toEqual({ kind: "signed-out" });
  }
  expect(await versionsOf(codeText)).toEqual([]);
});

test("a version's row cannot be changed, deleted or emptied, and its document is what was written", async () => {
  await publishWords(codeText, codeWords("Bonjour"));
  for (const statement of [
    "UPDATE template_version SET note = 'another'",
    "UPDATE template_version SET document = NULL",
    "DELETE FROM template_version",
    "TRUNCATE template_version CASCADE",
  ]) {
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/only added/);
  }
  expect(await versionsOf(codeText)).toMatchObject([{ note: "" }]);
});

test("an author's account that is gone leaves the version, and the draft, to others", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await publishWords(codeText, codeWords("Bonjour"), { author: ana, publisher: rui });
  const seen = await ask(ana, codeText, codeWords("Salut"));
  await db.account.delete({ where: { id: id(ana) } });
  expect(await readText(rui, codeText)).toMatchObject({ draft: { savedBy: null, authors: [] } });
  expect(await publish(rui, codeText, { seen })).toMatchObject({ kind: "published", version: 2 });
  const [first] = await versionsOf(codeText);
  expect(first?.parts.map(({ part }) => part)).toEqual(["published"]);
});
