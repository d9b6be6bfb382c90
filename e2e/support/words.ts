import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createTranslator } from "use-intl/core";
import type { Locale } from "@/lib/i18n/locales";

type Values = Record<string, string | number>;

/** Says a sentence of the pages, such as `say("verify.errors.used")`, without its tags. */
export type Say = (key: string, values?: Values) => string;

const gap = "\u{e000}";

const plain = (words: string) => words;
const tags = {
  // How far off a moment is when a page is written, no test knows beforehand.
  fromNow: gap,
  clock: plain,
  ref: plain,
  address: plain,
  activity: plain,
  sessions: plain,
};

const read = (directory: string, locale: Locale, namespace: string) =>
  JSON.parse(readFileSync(join(directory, locale, `${namespace}.json`), "utf8"));

/** The words of the pages in one language, out of the same files the pages take them from. */
export function wordsOf(locale: Locale): Say {
  const directory = join(import.meta.dirname, "..", "..", "lib", "i18n", "messages");
  return (key, values = {}) => {
    const [namespace = "", ...path] = key.split(".");
    const messages = read(directory, locale, namespace) as Record<string, string>;
    const translate = createTranslator({
      locale,
      messages,
      onError: (error) => {
        throw error;
      },
    });
    return translate.markup(path.join("."), { ...tags, ...values });
  };
}

/** Stands for a value that the test does not know beforehand, such as a clock time. */
export const anything = gap;

/** A sentence as a pattern, in which `anything` is anything but nothing. */
export function like(sentence: string): RegExp {
  const parts = sentence.split(gap).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".+?"));
}
