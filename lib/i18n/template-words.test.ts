import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadMessages, type PageMessages } from "@/lib/i18n/load-messages";
import { type Locale, locales } from "@/lib/i18n/locales";
import { variablesOf } from "@/lib/mail/edited/variables";
import { mailKinds } from "@/lib/mail/kinds";
import { panelNames } from "@/lib/mail-document/document";
import { helpSections } from "@/lib/templates/help-sections";
import { notationRows } from "@/lib/templates/notation-rows";
import type { Tree } from "@/lib/testing/messages";

const findings = new URL("../templates/rules/finding.ts", import.meta.url);

const wordsOf = async <Name extends keyof PageMessages>(locale: Locale, name: Name) =>
  (await loadMessages(locale))[name];
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const twice = (names: string[]) =>
  names.filter((name, index) => names.slice(0, index).some((one) => isAlike(one, name)));
const isAlike = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

// Kinds of the studio's own mails.
const ofStudio = ["template-test", "template-fell-back", "template-made-live", "template-waits"];

test.each(locales)("in %s each kind of mail has a name of its own", async (locale) => {
  const words = await wordsOf(locale, "templateKinds");
  for (const kind of mailKinds) {
    expect(words[kind], kind).toEqual({ name: expect.any(String), when: expect.any(String) });
  }
  expect(sorted(Object.keys(words))).toEqual(sorted([...mailKinds, ...ofStudio]));
  expect(twice(Object.values(words).map(({ name }) => name))).toEqual([]);
});

test.each(locales)("in %s it is a sentence when a mail goes out", async (locale) => {
  for (const [kind, { name, when }] of Object.entries(await wordsOf(locale, "templateKinds"))) {
    expect(when, kind).toMatch(/^\p{Lu}.*\.$/u);
    expect(name, kind).not.toMatch(/\.$/);
  }
});

test.each(locales)("in %s each variable of each kind has its words, no other", async (locale) => {
  const words = await wordsOf(locale, "templateVariables");
  const all = mailKinds.flatMap((kind) => variablesOf(kind).map(({ name }) => name));
  expect(sorted(Object.keys(words))).toEqual(sorted([...all, ...panelNames]));
  expect(twice(Object.values(words).map(({ label }) => label))).toEqual([]);
});

test.each(locales)("in %s each finding of the gate has its sentence, no other", async (locale) => {
  const source = readFileSync(findings, "utf8");
  const [, union = ""] = /export type FindingKind =([^;]+);/.exec(source) ?? [];
  const [, parts = ""] = /part: ([^;]+);/.exec(source) ?? [];
  const namesIn = (text: string) => [...text.matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? "");
  const words = await wordsOf(locale, "templateFindings");
  expect(sorted(Object.keys(words.kind))).toEqual(sorted(namesIn(union)));
  expect(sorted(Object.keys(words.where))).toEqual(sorted([...namesIn(parts), "line"]));
});

test("the help for editors shows every paragraph and step of its words, and no other", async () => {
  const { title, lead, onThisPage, notation, ...sections } = await wordsOf("en", "templateHelp");
  expect(Object.keys(sections)).toEqual(Object.keys(helpSections));
  for (const [name, section] of Object.entries(helpSections)) {
    const { paragraphs, steps = [], after = [] } = section as Record<string, readonly string[]>;
    const words: Tree = sections[name as keyof typeof sections];
    expect([...(paragraphs ?? []), ...steps, ...after, "title"].sort(), name).toEqual(
      Object.keys(words).sort(),
    );
  }
});

test("the help for editors explains every row of the notation", async () => {
  const { example, row } = (await wordsOf("en", "templateHelp")).notation;
  expect(Object.keys(notationRows(example, "https://example.com"))).toEqual(Object.keys(row));
});
