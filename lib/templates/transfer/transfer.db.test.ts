import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { noFrame } from "@/lib/mail-document/frame";
import { blockKey, frameKey, type TextKey } from "@/lib/mail-document/text-key";
import { findBlockSubjects } from "@/lib/templates/block-store";
import { createBlock } from "@/lib/templates/blocks";
import { uploadImage } from "@/lib/templates/images/mail-images";
import { readText } from "@/lib/templates/read-text";
import { BLOCKS_MOST, IMAGES_MOST } from "@/lib/templates/rules/limits";
import { exportTexts } from "@/lib/templates/transfer/export-texts";
import { type ImportReading, importTexts, readImport } from "@/lib/templates/transfer/import-texts";
import { testDatabase } from "@/lib/testing/database";
import { png } from "@/lib/testing/documents";
import { makeStaff } from "@/lib/testing/staff";
import {
  codeText,
  codeWords,
  draftOf,
  forgetTexts,
  placeText,
  placeWords,
  publishWords,
  save,
  versionsOf,
} from "@/lib/testing/texts";

testDatabase();
afterEach(forgetTexts);

const bytes = (text: string) => new TextEncoder().encode(text);
const entry = (
  name: string,
  words: { subjectLine: string; previewLine: string; text: string },
) => ({
  ...{ name, subject: words.subjectLine, preview: words.previewLine, text: words.text },
});
const fileOf = (...texts: object[]) =>
  bytes(JSON.stringify({ format: "portaria-texts", version: 1, texts }));

const digestOf = (reading: ImportReading) => (reading.kind === "readable" ? reading.digest : "");

test("what is exported holds the notation and nobody's name, note or time", async () => {
  const ana = await makeStaff("marketing");
  await publishWords(codeText, { ...codeWords("Bonjour"), note: "For Maria" }, { author: ana });
  const exported = await exportTexts(ana, "all");
  if (exported.kind !== "exported") throw new Error("It is exported.");
  expect(JSON.parse(exported.json)).toEqual({
    ...{ format: "portaria-texts", version: 1 },
    texts: [entry("sign-in-code/fr", codeWords("Bonjour"))],
  });
  for (const said of [ana.session.account.name, ana.session.account.email, "Maria", "2026"]) {
    expect(exported.json).not.toContain(said);
  }
  const last = await db.auditEntry.findFirst({ orderBy: { seq: "desc" } });
  expect(last).toMatchObject({ action: "templates-exported", details: { texts: 1 } });
});

test("texts that are asked for by name are exported built in too; of nothing there is no file", async () => {
  const ana = await makeStaff("marketing");
  expect(await exportTexts(ana, "all")).toEqual({ kind: "nothing" });
  expect(await exportTexts(ana, [blockKey("hours", "fr")])).toEqual({ kind: "nothing" });
  const exported = await exportTexts(ana, [placeText, frameKey]);
  const { texts } = JSON.parse(exported.kind === "exported" ? exported.json : "{}");
  expect(texts.map(({ name }: { name: string }) => name)).toEqual([
    "frame/all",
    "place-trusted/fr",
  ]);
  expect(texts[1].text).toContain("{{facts}}");
});

test("what was exported imports as drafts that say the same, and touches nothing live", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await publishWords(codeText, codeWords("Bonjour"));
  await publishWords(placeText, placeWords("Voilà"));
  const exported = await exportTexts(ana, "all");
  const file = bytes(exported.kind === "exported" ? exported.json : "");
  await forgetTexts();
  const reading = await readImport(rui, file);
  expect(reading).toMatchObject({
    ...{ kind: "readable", plans: [{ does: "new-draft" }, { does: "new-draft" }] },
  });
  expect(await draftOf(codeText)).toBeNull();
  const typed = { file, digest: digestOf(reading), replacesDrafts: false };
  expect(await importTexts(rui, typed)).toMatchObject({
    ...{ kind: "imported", drafts: [codeText, placeText], kept: [], refused: [] },
  });
  expect(await draftOf(codeText)).toMatchObject({
    ...{ ...codeWords("Bonjour"), state: "draft" },
    authors: [{ accountId: rui.session.accountId }],
  });
  expect(await versionsOf(codeText)).toEqual([]);
  // The same again is nothing new.
  const again = await readImport(rui, file);
  expect(again).toMatchObject({ plans: [{ does: "unchanged" }, { does: "unchanged" }] });
  const nothing = { file, digest: digestOf(again), replacesDrafts: true };
  expect(await importTexts(rui, nothing)).toMatchObject({
    ...{ drafts: [], unchanged: [codeText, placeText] },
  });
});

test("somebody's draft is kept and named, unless it is stated that it is replaced", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  await save(ana, codeText, codeWords("Bonjour"));
  const file = fileOf(entry("sign-in-code/fr", codeWords("Salut")));
  const reading = await readImport(rui, file);
  expect(reading).toMatchObject({
    plans: [{ does: "replaces-draft", of: ana.session.account.name, key: codeText }],
  });
  const digest = digestOf(reading);
  const keep = { file, digest, replacesDrafts: false };
  expect(await importTexts(rui, keep)).toMatchObject({ drafts: [], kept: [codeText] });
  expect(await draftOf(codeText)).toMatchObject(codeWords("Bonjour"));
  // Looked at with drafts kept: replacing them would be something else.
  const unseen = { file, digest, replacesDrafts: true };
  expect(await importTexts(rui, unseen)).toEqual({ kind: "outdated" });
  const seen = digestOf(await readImport(rui, file, true));
  const replace = { file, digest: seen, replacesDrafts: true };
  expect(await importTexts(rui, replace)).toMatchObject({ drafts: [codeText], kept: [] });
  expect(await draftOf(codeText)).toMatchObject({ ...codeWords("Salut"), authors: [{}, {}] });
});

test("whoever did not look imports too", async () => {
  const rui = await makeStaff("support");
  const file = fileOf(entry("sign-in-code/fr", codeWords("Salut")));
  const typed = { file, digest: "", replacesDrafts: false };
  expect(await importTexts(rui, typed)).toMatchObject({ kind: "imported", drafts: [codeText] });
});

test("where it would do something else than was shown it does nothing", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const file = fileOf(entry("sign-in-code/fr", codeWords("Salut")));
  const digest = digestOf(await readImport(rui, file));
  await save(ana, codeText, codeWords("Bonjour"));
  const typed = { file, digest, replacesDrafts: true };
  expect(await importTexts(rui, typed)).toEqual({ kind: "outdated" });
  const other = fileOf(entry("place-trusted/fr", placeWords("Salut")));
  expect(await importTexts(rui, { ...typed, file: other })).toEqual({ kind: "outdated" });
  expect(await draftOf(codeText)).toMatchObject(codeWords("Bonjour"));
  await db.session.update({ where: { id: rui.session.id }, data: { endedAt: new Date() } });
  expect(await importTexts(rui, typed)).toEqual({ kind: "signed-out" });
});

const deep = `{"format":"portaria-texts","version":1,"texts":${"[".repeat(1_000_000)}`;

test.each([
  ["nothing", new Uint8Array(0), "empty"],
  ["no text", fileOf(), "empty"],
  ["more than 4 MiB", new Uint8Array(4 * 1024 * 1024 + 1).fill(32), "too-large"],
  ["bytes that are no text", new Uint8Array([0xff, 0xfe, 0x7b]), "not-json"],
  ["no JSON", bytes("{"), "not-json"],
  ["a million brackets", bytes(deep), "too-deep"],
  ["something else", bytes("[]"), "other-format"],
  ["a word", bytes('"portaria-texts"'), "other-format"],
  ["another format", bytes('{"format":"other","version":1,"texts":[]}'), "other-format"],
  ["no version", bytes('{"format":"portaria-texts","texts":[]}'), "other-format"],
  [
    "a version of later",
    bytes('{"format":"portaria-texts","version":2,"texts":[]}'),
    "newer-format",
  ],
  [
    "a version of never",
    bytes('{"format":"portaria-texts","version":0.5,"texts":[]}'),
    "other-format",
  ],
  ["no list", bytes('{"format":"portaria-texts","version":1,"texts":{}}'), "other-format"],
  ["1001 texts", fileOf(...Array.from({ length: 1001 }, () => ({}))), "too-many"],
])("a file with %s is refused, and nothing is done", async (_, file, because) => {
  const rui = await makeStaff("support");
  expect(await readImport(rui, file)).toEqual({ kind: "refused", because });
  const typed = { file, digest: "", replacesDrafts: true };
  expect(await importTexts(rui, typed)).toEqual({ kind: "refused", because });
  expect(await db.templateDraft.count()).toBe(0);
});

const good = entry("sign-in-code/fr", codeWords("Salut"));

test.each([
  ["a kind that there is not", { ...good, name: "sign-in-coda/fr" }, "unknown-text"],
  ["a language that there is not", { ...good, name: "sign-in-code/de" }, "unknown-text"],
  ["the frame in a language", { ...good, name: "frame/fr" }, "unknown-text"],
  ["a test mail", { ...good, name: "template-test/fr" }, "unknown-text"],
  ["a block of no name", { ...good, name: "block:/fr" }, "unknown-text"],
  ["a prototype", { ...good, name: "__proto__" }, "unknown-text"],
  ["nothing", null, "not-a-text"],
  ["a number", 7, "not-a-text"],
  ["a field more", { ...good, html: "<b>" }, "not-a-text"],
  ["a field less", { name: good.name, text: good.text }, "not-a-text"],
  ["a text that is none", { ...good, text: 7 }, "not-a-text"],
  ["a frame that is none", { ...good, name: "frame/all", text: "{}" }, "not-a-text"],
  ["too much", { ...good, text: "x".repeat(60_001) }, "too-long"],
])("of %s nothing is made, and the rest is", async (_, bad, because) => {
  const rui = await makeStaff("support");
  const file = fileOf(bad as object, entry("place-trusted/fr", placeWords("Salut")));
  const reading = await readImport(rui, file);
  expect(reading).toMatchObject({
    plans: [
      { does: "refused", because },
      { does: "new-draft", key: placeText },
    ],
  });
  const typed = { file, digest: digestOf(reading), replacesDrafts: true };
  expect(await importTexts(rui, typed)).toMatchObject({
    ...{ drafts: [placeText], refused: [{ because }] },
  });
  expect(await db.templateDraft.count()).toBe(1);
});

test("an entry with a prototype of its own is no text, and changes nothing of ours", async () => {
  const rui = await makeStaff("support");
  const json = JSON.stringify(good).replace("{", '{"__proto__":{"polluted":true},');
  const file = bytes(`{"format":"portaria-texts","version":1,"texts":[${json}]}`);
  const plans = [{ does: "refused", because: "not-a-text" }];
  expect(await readImport(rui, file)).toMatchObject({ plans });
  expect({}).not.toHaveProperty("polluted");
});

test("a text that is named twice is taken once", async () => {
  const rui = await makeStaff("support");
  const reading = await readImport(rui, fileOf(good, good));
  expect(reading).toMatchObject({
    plans: [{ does: "new-draft" }, { does: "refused", because: "named-twice" }],
  });
});

test("a block comes with a file that names it", async () => {
  const rui = await makeStaff("support");
  const file = fileOf(
    entry("block:hours/fr", { subjectLine: "", previewLine: "", text: "De 9 h à 18 h." }),
  );
  const digest = digestOf(await readImport(rui, file));
  await importTexts(rui, { file, digest, replacesDrafts: false });
  expect((await readText(rui, blockKey("hours", "fr")))?.shown.text).toBe("De 9 h à 18 h.");
});

const blockEntry = (name: string, language = "fr") =>
  entry(`block:${name}/${language}`, { subjectLine: "", previewLine: "", text: "De 9 h à 18 h." });

test("a file brings no more blocks than there is room for, new ones counted once", async () => {
  const rui = await makeStaff("support");
  const draft = { subjectLine: "", previewLine: "", text: "", note: "", base: 0n };
  const there = Array.from({ length: BLOCKS_MOST - 1 }, (_, index) => ({
    ...{ ...draft, subject: `block:b${index}`, language: "en", state: "draft" },
    ...{ revision: crypto.randomUUID(), savedAt: new Date() },
  }));
  await db.templateDraft.createMany({ data: there });
  const file = fileOf(
    ...[blockEntry("new"), blockEntry("new", "es"), blockEntry("more"), blockEntry("b1")],
  );
  const reading = await readImport(rui, file);
  expect(reading).toMatchObject({
    plans: [
      ...[{ does: "new-draft" }, { does: "new-draft" }],
      ...[{ does: "refused", because: "too-many-blocks" }, { does: "new-draft" }],
    ],
  });
  const typed = { file, digest: digestOf(reading), replacesDrafts: false };
  expect(await importTexts(rui, typed)).toMatchObject({
    ...{ kind: "imported", refused: [{ key: blockKey("more", "fr"), because: "too-many-blocks" }] },
  });
  expect((await findBlockSubjects(db)).size).toBe(BLOCKS_MOST);
});

const hours = blockKey("hours", "fr");
const inBlock = { subjectLine: "", previewLine: "", text: "De 9 h à 18 h." };

test("mails that are chosen take their blocks along; blocks and the frame can be chosen", async () => {
  const ana = await makeStaff("marketing");
  for (const name of ["hours", "other"]) await createBlock(ana, { name });
  await publishWords(hours, inBlock);
  await publishWords(blockKey("hours", "es"), inBlock);
  await publishWords(blockKey("other", "fr"), inBlock);
  const { text } = placeWords("Voilà");
  await publishWords(placeText, { ...placeWords("Voilà"), text: `${text}\n\n{{> hours}}` });
  const namesOf = async (...keys: TextKey[]) => {
    const exported = await exportTexts(ana, keys);
    const file = JSON.parse(exported.kind === "exported" ? exported.json : "{}");
    return file.texts.map(({ name }: { name: string }) => name);
  };
  expect(await namesOf(placeText)).toEqual(["block:hours/fr", "place-trusted/fr"]);
  expect(await namesOf(hours, placeText)).toEqual(["block:hours/fr", "place-trusted/fr"]);
  expect(await namesOf(codeText, frameKey, blockKey("other", "fr"))).toEqual([
    ...["block:other/fr", "frame/all", "sign-in-code/fr"],
  ]);
});

async function upload(staff: StaffMember, name: string, bytes: Uint8Array): Promise<string> {
  const uploaded = await uploadImage(staff, { name, bytes });
  if (uploaded.kind === "refused" || uploaded.kind === "signed-out") throw new Error(name);
  return uploaded.image.id;
}

test("pictures are the ones of the same content after an import, in texts and in the frame", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const [logo, photo] = [png(30, 10), png(20, 10)];
  const [logoThere, photoThere] = [
    await upload(ana, "Logo.png", logo),
    await upload(ana, "Photo.png", photo),
  ];
  // The id in words is no picture.
  const wordsWith = (id: string) => ({
    ...placeWords("Bonjour"),
    text: `# Bonjour\n\n![Un mot](image:${id})\n\nVoir ${photoThere}.\n\n{{facts}}`,
  });
  await publishWords(placeText, wordsWith(photoThere));
  const frame = { ...noFrame, logo: logoThere, legal: { fr: `Image ${logoThere}` } };
  const asTyped = (value: object) => ({ ...inBlock, text: JSON.stringify(value, null, 2) });
  await publishWords(frameKey, asTyped(frame));
  const exported = await exportTexts(ana, "all");
  const json = exported.kind === "exported" ? exported.json : "";
  const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");
  const pictures = [
    { id: logoThere, name: "Logo.png", sha256: sha256(logo) },
    { id: photoThere, name: "Photo.png", sha256: sha256(photo) },
  ];
  const named: { id: string }[] = JSON.parse(json).pictures;
  expect(named).toHaveLength(2);
  expect(named).toEqual(expect.arrayContaining(pictures));
  await forgetTexts();

  // Another installation: one picture is here by another id, the other is not.
  const logoHere = await upload(rui, "logo-2.png", logo);
  const file = bytes(json);
  const reading = await readImport(rui, file);
  const left = { because: "picture-missing", pictures: ["Photo.png"], key: placeText };
  expect(reading).toMatchObject({
    plans: [
      { key: frameKey, does: "new-draft" },
      { ...left, does: "refused" },
    ],
  });
  const typed = { file, digest: digestOf(reading), replacesDrafts: false };
  expect(await importTexts(rui, typed)).toMatchObject({ drafts: [frameKey], refused: [left] });
  expect(await draftOf(frameKey)).toMatchObject(asTyped({ ...frame, logo: logoHere }));
  expect(await draftOf(placeText)).toBeNull();

  const photoHere = await upload(rui, "photo-2.png", photo);
  expect(await importTexts(rui, typed)).toEqual({ kind: "outdated" });
  const again = { ...typed, digest: digestOf(await readImport(rui, file)) };
  expect(await importTexts(rui, again)).toMatchObject({
    ...{ drafts: [placeText], unchanged: [frameKey], refused: [] },
  });
  expect(await draftOf(placeText)).toMatchObject(wordsWith(photoHere));
});

test("a file of before pictures were named is taken as it is", async () => {
  const rui = await makeStaff("support");
  const text = "# Bonjour\n\n![Un mot](image:abcdefgh)\n\n{{facts}}";
  const file = fileOf(entry("place-trusted/fr", { ...placeWords("Bonjour"), text }));
  const typed = { file, digest: "", replacesDrafts: false };
  expect(await importTexts(rui, typed)).toMatchObject({ drafts: [placeText], refused: [] });
  expect((await draftOf(placeText))?.text).toBe(text);
});

const picture = { id: "abcdefgh", name: "a.png", sha256: "0".repeat(64) };

test.each([
  ["no list", {}],
  ["an id that is none", [{ ...picture, id: "../a" }]],
  ["a digest that is none", [{ ...picture, sha256: "0" }]],
  ["a name without end", [{ ...picture, name: "x".repeat(101) }]],
  ["a field more", [{ ...picture, bytes: "" }]],
  ["more pictures than there can be", Array.from({ length: IMAGES_MOST + 1 }, () => picture)],
])("a file whose pictures are %s is none of ours", async (_, pictures) => {
  const rui = await makeStaff("support");
  const json = { format: "portaria-texts", version: 1, texts: [good], pictures };
  const because = "other-format";
  expect(await readImport(rui, bytes(JSON.stringify(json)))).toEqual({ kind: "refused", because });
});
