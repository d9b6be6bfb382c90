import { readdirSync } from "node:fs";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { articles, partOf } from "@/lib/help/articles";
import { loadMessages, namespaces } from "@/lib/i18n/load-messages";
import { type Locale, locales } from "@/lib/i18n/locales";
import { flatten, type Tree } from "@/lib/testing/messages";

const messagesOf = async (locale: Locale) =>
  new Map(flatten((await loadMessages(locale)) as unknown as Tree));

const english = await messagesOf("en");
const argument = /(?<!(?:zero|one|two|few|many|other|=\d+) )\{(\w+)[,}]/g;
const tag = /<(\w+)>/g;

const namesIn = (message: string) =>
  [...message.matchAll(argument), ...message.matchAll(tag)].map(([, name]) => name).sort();

// Words that are written alike; whatever else is alike was forgotten.
const alike: Partial<Record<Locale, string[]>> = {
  fr: [
    ...["contact.details.regions.Europe", "templates.text.note", "templates.text.versions"],
    "templateEditor.toolbar.variable",
  ],
  es: [
    ...["common.errorPrefix", "contact.details.regions.Asia", "contact.details.regions.Australia"],
    "templateEditor.toolbar.variable",
  ],
};

describe.each(locales)("the words in %s", async (locale) => {
  const messages = await messagesOf(locale);

  it("lie in one file per namespace", () => {
    const files = readdirSync(new URL(`./messages/${locale}`, import.meta.url));
    expect(files.sort()).toEqual(namespaces.map((name) => `${name}.json`).sort());
  });

  it("have every key, and no other", () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("name the same values and tags as in English", () => {
    for (const [key, message] of messages) {
      expect(new Set(namesIn(message)), key).toEqual(new Set(namesIn(english.get(key) ?? "")));
    }
  });

  it.each([0, 1, 2, 5])("can be formatted with the number %i", async (count) => {
    const t = createTranslator({
      locale,
      messages: (await loadMessages(locale)) as unknown as Tree,
      onError: (error) => {
        throw error;
      },
    });
    for (const [key, message] of messages) {
      const values = Object.fromEntries([...message.matchAll(argument)].map((m) => [m[1], count]));
      const tags = Object.fromEntries([...message.matchAll(tag)].map((m) => [m[1], String]));
      expect(t.markup(key as never, { ...values, ...tags } as never), key).not.toMatch(/[{}<>#]/);
    }
  });

  it("are not English by oversight", () => {
    if (locale === "en") return;
    const same = [...messages].filter(([key, message]) => english.get(key) === message);
    expect(same.map(([key]) => key).sort()).toEqual((alike[locale] ?? []).sort());
  });

  it("are calm: no exclamation mark", () => {
    for (const [key, message] of messages) expect(message, key).not.toMatch(/[!¡]/);
  });

  it("type no number, as the settings may say another", () => {
    for (const [key, message] of messages) {
      expect(message.replaceAll("=0 {", ""), key).not.toMatch(/\d/);
    }
  });

  it("keep French punctuation with the word before it, whatever the width of the page", () => {
    if (locale !== "fr") return;
    for (const [key, message] of messages) expect(message, key).not.toMatch(/« | [:?;!»](?!:)/);
  });

  it("hold no straight apostrophe, which would switch placeholders off", () => {
    for (const [key, message] of messages) expect(message, key).not.toContain("'");
  });
});

describe.each(Object.entries(articles))("the article %s", (_, article) => {
  it("shows every paragraph and step that its messages hold, and no other", async () => {
    const messages = (await loadMessages("en"))[article.namespace] as unknown as Tree;
    const names = Object.keys(article.sections);
    for (const name of names) {
      const { paragraphs, steps, after, picture } = partOf(article, name);
      const keys = [...paragraphs, ...steps, ...after, ...(picture ? ["picture"] : [])];
      expect([...keys, "title"].sort(), name).toEqual(Object.keys(messages[name] as Tree).sort());
    }
    const apart =
      article.namespace === "loginCode" ? ["title", "lead", "contact"] : ["title", "lead"];
    expect([...names, ...apart].sort()).toEqual(Object.keys(messages).sort());
  });
});
