import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { noFrame } from "@/lib/mail-document/frame";
import { blockKey, frameKey } from "@/lib/mail-document/text-key";
import { askToPublish } from "@/lib/templates/ask-to-publish";
import { createBlock, listBlocks } from "@/lib/templates/blocks";
import { discardDraft } from "@/lib/templates/discard-draft";
import { publish } from "@/lib/templates/publish";
import { readText } from "@/lib/templates/read-text";
import { listRemovable, removeBlock } from "@/lib/templates/remove-block";
import { backToBuiltIn, rollBack } from "@/lib/templates/roll-back";
import { BLOCKS_MOST } from "@/lib/templates/rules/limits";
import { saveDraft } from "@/lib/templates/save-draft";
import { testDatabase } from "@/lib/testing/database";
import { makeStaff } from "@/lib/testing/staff";
import {
  ask,
  codeText,
  codeWords,
  forgetTexts,
  formOf,
  placeText,
  placeWords,
  publishWords,
  save,
  versionsOf,
} from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

const hours = blockKey("hours", "fr");
const words = (text: string) => ({ subjectLine: "", previewLine: "", text });
const frame = (more: object) => words(JSON.stringify({ ...noFrame, ...more }));
const withBlock = (name = "hours") => ({
  ...placeWords("Bonjour"),
  text: `${placeWords("Bonjour").text}\n\n{{> ${name}}}`,
});

test("a block is made as an empty draft in the leading language, once by its name", async () => {
  const ana = await makeStaff("marketing");
  const key = blockKey("hours", "en");
  expect(await readText(ana, hours)).toBeNull();
  expect((await saveDraft(ana, hours, { ...words("x"), note: "", seen: "", base: "0" })).kind).toBe(
    "unknown",
  );
  expect(await createBlock(ana, { name: " hours " })).toEqual({ kind: "created", key });
  expect(await createBlock(ana, { name: "hours" })).toEqual({ kind: "taken" });
  for (const name of ["", "Hours", "1st", "a b", "é", "x".repeat(41), "__proto__", "a/b"]) {
    expect([name, await createBlock(ana, { name })]).toEqual([name, { kind: "invalid" }]);
  }
  expect(await readText(ana, key)).toMatchObject({ state: "draft", shown: words("") });
  expect(await readText(ana, hours)).toMatchObject({ state: "built-in", shown: words("") });
  await save(ana, hours, words("De 9 h à 18 h."));
  const [block] = await listBlocks(ana);
  expect(block).toMatchObject({ name: "hours", uses: 0 });
  expect(block?.languages.map(({ state }) => state)).toEqual([
    ...["draft", "draft", "built-in", "built-in"],
  ]);
});

test("a block is published by a second person, and mails may show it from then on", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const early = await askToPublish(ana, placeText, await formOf(ana, placeText, withBlock()));
  expect(early).toMatchObject({
    refusals: [{ of: placeText, finding: { kind: "unknown-block", what: "{{> hours}}" } }],
  });
  await createBlock(ana, { name: "hours" });
  const seen = await ask(ana, hours, words("De 9 h à 18 h."));
  expect((await publish(ana, hours, { seen })).kind).toBe("own-text");
  expect(await publish(rui, hours, { seen })).toMatchObject({ kind: "published", version: 1 });
  await publishWords(placeText, withBlock());
  expect((await listBlocks(ana))[0]?.uses).toBe(1);
  expect((await readText(ana, hours))?.isBuiltInChanged).toBe(false);
});

test("a block names no block", async () => {
  const ana = await makeStaff("marketing");
  await createBlock(ana, { name: "hours" });
  await createBlock(ana, { name: "outer" });
  await publishWords(hours, words("De 9 h à 18 h."));
  const outer = blockKey("outer", "fr");
  const refused = await askToPublish(ana, outer, await formOf(ana, outer, words("{{> hours}}")));
  const kinds =
    refused.kind === "refused" ? refused.refusals.map(({ finding }) => finding.kind) : [];
  expect(kinds).toContain("block-in-block");
});

test("a block that would break a published mail which shows it is refused, and the mail named", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await createBlock(ana, { name: "hours" });
  const facts = words("{{facts}}");
  await publishWords(hours, facts, { author: ana, publisher: rui });
  // What the mail needs stands in its block alone.
  await publishWords(placeText, { ...placeWords("Bonjour"), text: "# Bonjour\n\n{{> hours}}" });
  const broken = await askToPublish(ana, hours, await formOf(ana, hours, words("Rien.")));
  expect(broken).toMatchObject({
    ...{ kind: "refused", refusals: [{ of: placeText, finding: { kind: "required-missing" } }] },
  });
  // In another language it is another block.
  expect((await ask(ana, blockKey("hours", "es"), words("Nada."))).length).toBe(36);
});

test("a block that a live text shows is not taken away; another is, and can be gone back to", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await createBlock(ana, { name: "hours" });
  expect(await removeBlock(ana, hours, { seen: "0" })).toEqual({ kind: "unknown" });
  await publishWords(hours, words("De 9 h à 18 h."));
  const [version] = await versionsOf(hours);
  const seen = `${version?.id}`;
  await publishWords(placeText, withBlock());
  expect(await removeBlock(rui, hours, { seen })).toEqual({ kind: "in-use", by: [placeText] });
  const place = await readText(ana, placeText);
  await backToBuiltIn(ana, placeText, { seen: place?.live?.id ?? "" });
  expect(await removeBlock(rui, hours, { seen: "99" })).toEqual({ kind: "outdated" });
  expect(await removeBlock(rui, hours, { seen })).toEqual({ kind: "removed" });
  expect(await removeBlock(rui, placeText, { seen })).toEqual({ kind: "unknown" });
  // A mail that shows it cannot be gone back to before the block is.
  const [first, newest] = await versionsOf(placeText);
  const back = { version: `${first?.id}`, seen: `${newest?.id}` };
  expect(await rollBack(ana, placeText, back)).toMatchObject({
    refusals: [{ finding: { kind: "unknown-block" } }],
  });
  const gone = (await versionsOf(hours)).at(-1);
  expect(gone).toMatchObject({ number: 2, document: null });
  const restore = { version: seen, seen: `${gone?.id}` };
  expect(await rollBack(ana, hours, restore)).toEqual({ kind: "rolled-back", version: 3 });
  // Whoever takes a block away does so by its own way, which asks for what shows it.
  const again = { version: `${gone?.id}`, seen: `${(await versionsOf(hours)).at(-1)?.id}` };
  expect(await rollBack(ana, hours, again)).toEqual({ kind: "unknown" });
  expect(await backToBuiltIn(ana, hours, { seen: again.seen })).toEqual({ kind: "unknown" });
  expect((await rollBack(ana, placeText, back)).kind).toBe("rolled-back");
});

test("who else edits texts is mailed of a block that is taken away", async () => {
  const [ana, rui, eva] = [
    await makeStaff("marketing"),
    await makeStaff("support"),
    await makeStaff("admin"),
  ];
  await createBlock(ana, { name: "hours" });
  await publishWords(hours, words("De 9 h à 18 h."), { author: ana, publisher: rui });
  const [version] = await versionsOf(hours);
  await removeBlock(rui, hours, { seen: `${version?.id}` });
  const mailed = (accountId: string) =>
    db.mail.findMany({ where: { kind: "template-made-live", accountId } });
  const about = { text: "block:hours/fr", by: rui.session.account.email };
  for (const { session } of [ana, eva]) {
    expect(await mailed(session.accountId)).toMatchObject([{ facts: { about } }]);
  }
  expect(await mailed(rui.session.accountId)).toEqual([]);
});

test("what can be taken away is listed with the texts that show it, drafts alone too", async () => {
  const ana = await makeStaff("marketing");
  await createBlock(ana, { name: "hours" });
  await publishWords(hours, words("De 9 h à 18 h."));
  await save(ana, hours, words("De 9 h à 19 h."));
  await publishWords(placeText, withBlock());
  const english = blockKey("hours", "en");
  const seen = (await readText(ana, english))?.revision ?? "";
  const live = `${(await versionsOf(hours))[0]?.id}`;
  expect(await listRemovable(ana)).toEqual([
    { key: english, is: "draft", seen, uses: [] },
    { key: hours, is: "live", seen: live, uses: [placeText] },
  ]);
  const other = "5f0c2f9e-0000-4000-8000-000000000000";
  expect(await removeBlock(ana, english, { seen: other })).toEqual({ kind: "outdated" });
  expect(await removeBlock(ana, english, { seen })).toEqual({ kind: "draft-removed" });
  expect(await removeBlock(ana, english, { seen })).toEqual({ kind: "unknown" });
  expect((await listRemovable(ana)).map(({ key }) => key)).toEqual([hours]);
});

test("blocks that are gone leave room for others", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await createBlock(ana, { name: "hours" });
  await publishWords(hours, words("De 9 h à 18 h."));
  const english = blockKey("hours", "en");
  await removeBlock(ana, english, { seen: (await readText(ana, english))?.revision ?? "" });
  const draft = { subjectLine: "", previewLine: "", text: "", note: "", base: 0n };
  const rest = Array.from({ length: BLOCKS_MOST - 1 }, (_, index) => ({
    ...{ ...draft, subject: `block:b${index}`, language: "en", state: "draft" },
    ...{ revision: crypto.randomUUID(), savedAt: new Date() },
  }));
  await db.templateDraft.createMany({ data: rest });
  expect(await createBlock(ana, { name: "more" })).toEqual({ kind: "too-many" });
  const [version] = await versionsOf(hours);
  await removeBlock(rui, hours, { seen: `${version?.id}` });
  expect((await createBlock(ana, { name: "more" })).kind).toBe("created");
  expect(await createBlock(ana, { name: "still" })).toEqual({ kind: "too-many" });
});

test("a block that nobody published is gone with its draft", async () => {
  const ana = await makeStaff("marketing");
  await createBlock(ana, { name: "hours" });
  const key = blockKey("hours", "en");
  const page = await readText(ana, key);
  await discardDraft(ana, key, { seen: page?.revision ?? "" });
  expect(await listBlocks(ana)).toEqual([]);
  expect(await readText(ana, key)).toBeNull();
  expect((await createBlock(ana, { name: "hours" })).kind).toBe("created");
});

test("what is set once for all mails needs a second person and the gate, like any text", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  expect(await readText(ana, frameKey)).toMatchObject({ leading: null, outdated: null });
  const good = frame({ light: "#1f5fbf", dark: "#8ab4f8", footer: { fr: "Parce que." } });
  const seen = await ask(ana, frameKey, good);
  expect((await publish(ana, frameKey, { seen })).kind).toBe("own-text");
  expect((await publish(rui, frameKey, { seen })).kind).toBe("published");
  const [version] = await versionsOf(frameKey);
  expect(version?.document).toMatchObject({ light: "#1f5fbf", footer: { fr: "Parce que." } });
  const back = await backToBuiltIn(ana, frameKey, { seen: `${version?.id}` });
  expect(back).toEqual({ kind: "rolled-back", version: 2 });
});

test.each([
  ["not JSON", words("{"), "not-a-document"],
  ["something else", words("[]"), "not-a-document"],
  ["a style", frame({ css: "x" }), "not-a-document"],
  ["its prototype", words(`{"__proto__": {}}`), "not-a-document"],
  ["a colour that nobody can read", frame({ light: "#ffff00" }), "poor-contrast"],
  ["one in the dark", frame({ dark: "#000080" }), "poor-contrast"],
  ["a picture that is not there", frame({ logo: "abcdefgh" }), "unknown-image"],
  ["hidden letters", frame({ footer: { fr: "a\u202eb" } }), "hidden-characters"],
  ["a sender of two lines", frame({ senderName: "Ana\nBcc: x" }), "line-break"],
])("a frame with %s is refused", async (_, typed, kind) => {
  const ana = await makeStaff("marketing");
  const refused = await askToPublish(ana, frameKey, await formOf(ana, frameKey, typed));
  const kinds =
    refused.kind === "refused" ? refused.refusals.map(({ finding }) => finding.kind) : [];
  expect(kinds).toContain(kind);
  expect(await db.templateVersion.count()).toBe(0);
});

test("a number like a code in the legal lines is warned of", async () => {
  const ana = await makeStaff("marketing");
  const typed = frame({ legal: { fr: "RCS 123456", en: "No. 1234567" } });
  const asked = await askToPublish(ana, frameKey, await formOf(ana, frameKey, typed));
  expect(asked).toMatchObject({
    ...{ kind: "asked", warnings: [{ of: frameKey, finding: { kind: "six-digits" } }] },
  });
});

test("the frame is judged around every published mail", async () => {
  await publishWords(codeText, codeWords("Bonjour"));
  const published = await publishWords(frameKey, frame({ footer: { fr: "Parce que." } }));
  expect(published).toBe(1);
});
