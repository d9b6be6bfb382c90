import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { compareVersions } from "@/lib/templates/compare-versions";
import { listVersions } from "@/lib/templates/list-versions";
import { readText } from "@/lib/templates/read-text";
import { backToBuiltIn, rollBack } from "@/lib/templates/roll-back";
import { saveSettings } from "@/lib/templates/settings";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import {
  codeText,
  codeWords,
  forgetTexts,
  placeText,
  placeWords,
  publishWords,
  save,
  versionsOf,
} from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

/** A version's id and the newest one's, as a page shows them. */
async function shown(number: number) {
  const versions = await versionsOf(codeText);
  const version = versions.find((one) => one.number === number);
  return { version: `${version?.id}`, seen: `${versions.at(-1)?.id}` };
}

const made = async () => (await db.mail.findMany({ where: { kind: "template-made-live" } })).length;

test("one person goes back at once by a version of its own, and every other editor is mailed", async () => {
  const [ana, rui, eva] = [
    await makeStaff("marketing"),
    await makeStaff("support"),
    await makeStaff("admin"),
  ];
  await publishWords(codeText, codeWords("Un"), { author: ana, publisher: rui });
  await publishWords(codeText, codeWords("Deux"), { author: ana, publisher: rui });
  const going = await rollBack(ana, codeText, await shown(1));
  expect(going).toEqual({ kind: "rolled-back", version: 3 });
  const [first, , third] = await versionsOf(codeText);
  expect(third).toMatchObject({
    ...{ number: 3, action: "rolled-back", fromId: first?.id, document: first?.document },
  });
  expect((await readText(ana, codeText))?.shown).toEqual(codeWords("Un"));
  for (const other of [rui, eva]) {
    const { accountId } = other.session;
    const mailed = { kind: "template-made-live", accountId };
    const about = { text: "sign-in-code/fr", by: ana.session.account.email };
    expect(await db.mail.findMany({ where: mailed })).toMatchObject([{ facts: { about } }]);
  }
  const own = { kind: "template-made-live", accountId: ana.session.accountId };
  expect(await db.mail.count({ where: own })).toBe(0);
  const entry = await db.auditEntry.findFirst({ orderBy: { seq: "desc" } });
  expect(entry).toMatchObject({
    ...{ action: "template-rolled-back", details: { version: 3, to: 1 } },
  });
});

test("the built-in text is gone back to as a version without a document", async () => {
  const ana = await makeStaff("marketing");
  const builtIn = (await readText(ana, codeText))?.shown;
  expect(await backToBuiltIn(ana, codeText, { seen: "0" })).toEqual({ kind: "unchanged" });
  await publishWords(codeText, codeWords("Un"));
  const seen = (await shown(1)).seen;
  expect(await backToBuiltIn(ana, codeText, { seen: "0" })).toEqual({ kind: "outdated" });
  expect(await backToBuiltIn(ana, codeText, { seen })).toEqual({ kind: "rolled-back", version: 2 });
  const page = await readText(ana, codeText);
  expect(page).toMatchObject({
    ...{ state: "built-in", shown: builtIn, live: { action: "built-in", isBuiltIn: true } },
  });
  const again = await backToBuiltIn(ana, codeText, { seen: page?.live?.id ?? "" });
  expect(again).toEqual({ kind: "unchanged" });
  // From there a version of before is gone back to, and that one again.
  expect((await rollBack(ana, codeText, await shown(1))).kind).toBe("rolled-back");
  expect((await rollBack(ana, codeText, await shown(2))).kind).toBe("rolled-back");
  expect((await versionsOf(codeText)).map(({ action }) => action)).toEqual([
    ...["published", "built-in", "rolled-back", "rolled-back"],
  ]);
});

test("what would not pass the gate today is not gone back to", async () => {
  const [ana, admin] = [await makeStaff("marketing"), await makeStaff("admin")];
  const settings = { onePersonMayPublish: false, leadingLanguage: "en" };
  await saveSettings(admin, { ...settings, allowedHosts: "shop.example" });
  const words = codeWords("Un");
  const text = `${words.text}\n\n[Visitez-nous](https://shop.example/)`;
  await publishWords(codeText, { ...words, text });
  await publishWords(codeText, codeWords("Deux"));
  await saveSettings(admin, { ...settings, allowedHosts: "" });
  const before = await made();
  expect(await rollBack(ana, codeText, await shown(1))).toMatchObject({
    ...{ kind: "refused", refusals: [{ of: codeText, finding: { kind: "host-not-allowed" } }] },
  });
  expect(await versionsOf(codeText)).toHaveLength(2);
  expect(await made()).toBe(before);
});

test("a version of another text, or of none, is not gone back to; nor is what is live", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(placeText, placeWords("Un"));
  await publishWords(codeText, codeWords("Un"));
  const [other] = await versionsOf(placeText);
  const { seen, version } = await shown(1);
  for (const wrong of [`${other?.id}`, "99", "", "-1", "1.5", "0x1", "9".repeat(40), "one"]) {
    const outcome = await rollBack(ana, codeText, { version: wrong, seen });
    expect([wrong, outcome]).toEqual([wrong, { kind: "unknown" }]);
  }
  expect(await rollBack(ana, codeText, { version, seen })).toEqual({ kind: "unchanged" });
  expect(await rollBack(ana, codeText, { version, seen: "99" })).toEqual({ kind: "outdated" });
});

test("who is signed out goes nowhere", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(codeText, codeWords("Un"));
  await publishWords(codeText, codeWords("Deux"));
  await db.session.update({ where: { id: ana.session.id }, data: { endedAt: new Date() } });
  expect(await rollBack(ana, codeText, await shown(1))).toEqual({ kind: "signed-out" });
});

test("versions are listed the newest first, with who wrote and who published them, by pages", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  expect(await listVersions(ana, codeText)).toEqual({
    ...{ versions: [], hasOlder: false, newest: "0", isBuiltInLive: true },
  });
  const by = { author: ana, publisher: rui };
  await publishWords(codeText, { ...codeWords("Un"), note: "First" }, by);
  await publishWords(codeText, codeWords("Deux"), by);
  await rollBack(ana, codeText, await shown(1));
  const listed = await listVersions(ana, codeText);
  const [author, publisher] = [ana.session.account.name, rui.session.account.name];
  expect(listed).toMatchObject({
    ...{ hasOlder: false, isBuiltInLive: false },
    versions: [
      { number: 3, action: "rolled-back", to: 1, isLive: true, publisher: author },
      { number: 2, action: "published", to: null, isLive: false, authors: [author], publisher },
      { number: 1, note: "First" },
    ],
  });
  expect(listed.newest).toBe(listed.versions[0]?.id);
  const older = await listVersions(ana, codeText, 2);
  expect(older.versions.map(({ number }) => number)).toEqual([1]);
});

test("versions, the draft and the built-in text are compared line by line", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(codeText, codeWords("Un"));
  await publishWords(codeText, { ...codeWords("Un"), text: `${codeWords("Un").text}\n\nMerci` });
  const [first, second] = (await versionsOf(codeText)).map(({ id }) => ({ version: `${id}` }));
  const states = { before: first ?? "draft", after: second ?? "draft" } as const;
  const compared = await compareVersions(ana, codeText, states);
  expect(compared?.subjectLine).toEqual([{ is: "same", line: "Un {{code}}" }]);
  expect(compared?.text.filter(({ is }) => is !== "same")).toEqual([
    { is: "added", line: "" },
    { is: "added", line: "Merci" },
  ]);
  const draft = { before: "built-in", after: "draft" } as const;
  expect(await compareVersions(ana, codeText, draft)).toBeNull();
  await save(ana, codeText, codeWords("Trois"));
  const beside = await compareVersions(ana, codeText, draft);
  expect(beside?.previewLine.at(-1)).toEqual({ is: "added", line: "Trois" });
  const other = { before: states.before, after: states.before } as const;
  expect(await compareVersions(ana, placeText, other)).toBeNull();
});
