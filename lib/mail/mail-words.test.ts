import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/load-messages";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";
import { mailCopy } from "@/lib/mail/mail-copy";
import { fillWords } from "@/lib/mail/mail-words";

const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? "").sort();

const withoutTiming = (names: string[]) => names.filter((name) => name !== "until");

test("every language has the English copy's keys, in all sections", () => {
  for (const locale of locales) {
    for (const section of ["shared", ...mailKinds] as const) {
      expect([locale, Object.keys(mailCopy[locale][section])]).toEqual([
        locale,
        Object.keys(mailCopy.en[section]),
      ]);
    }
  }
});

test("a translation names the English placeholders, each time but a repeated one", () => {
  for (const locale of locales) {
    for (const section of ["shared", ...mailKinds] as const) {
      const english: Record<string, string> = mailCopy.en[section];
      for (const [key, text] of Object.entries(mailCopy[locale][section])) {
        const names = `${locale} ${section} ${key}`;
        const same = withoutTiming(placeholders(english[key] ?? ""));
        expect([names, withoutTiming(placeholders(text))]).toEqual([names, same]);
      }
    }
  }
});

test("copy has plain placeholders alone: it is filled once for all mails, with marks", () => {
  for (const locale of locales) {
    for (const section of ["shared", ...mailKinds] as const) {
      for (const text of Object.values(mailCopy[locale][section])) {
        expect(text.replace(/\{\w+\}/g, "")).not.toMatch(/[{}<>#]/);
      }
    }
  }
});

test("words that stand among the facts have no placeholder, since nobody fills it there", () => {
  for (const locale of locales) {
    const labels = Object.entries(mailCopy[locale].shared).filter(([name]) =>
      /Label$|^(?:role|tie|detail)[A-Z]|^(?:unknown|bySupport|byCommand|localNetwork|phoneNone)$/.test(
        name,
      ),
    );
    expect(labels.length).toBeGreaterThan(30);
    for (const [, text] of labels) expect(placeholders(text)).toEqual([]);
  }
});

test("no language leaves a sentence in English", () => {
  for (const locale of locales.filter((each) => each !== "en")) {
    for (const section of ["shared", ...mailKinds] as const) {
      const english = Object.values(mailCopy.en[section]);
      // A value alone, such as {wait}, has its sentence elsewhere.
      const sentences = Object.values(mailCopy[locale][section]).filter(
        (text) => !/^\{\w+\}$/.test(text),
      );
      const same = sentences.filter((text) => english.includes(text));
      expect([locale, section, same]).toEqual([locale, section, []]);
    }
  }
});

test("French copy keeps its punctuation with the word before it", () => {
  for (const texts of Object.values(mailCopy.fr)) {
    for (const text of Object.values(texts)) expect(text).not.toMatch(/« | [:?;!»]/);
  }
});

test("copy has no exclamation mark, and no straight apostrophe, which would quote a placeholder", () => {
  for (const locale of locales) {
    for (const section of ["shared", ...mailKinds] as const) {
      for (const text of Object.values(mailCopy[locale][section])) {
        expect(text).not.toMatch(/[!¡']/);
      }
    }
  }
});

test("a mail quotes the page to sign in by the words it has", async () => {
  const plain = (text: string) => text.replace(/\s/g, " ");
  for (const locale of locales) {
    const { forgotPassword } = (await loadMessages(locale)).login;
    const text = mailCopy[locale]["case-done"].whatNext;
    const [, quoted = ""] = /[“«]\s*(.+?)\s*[”»]/.exec(text) ?? [];
    expect([locale, plain(quoted)]).toEqual([locale, plain(forgotPassword)]);
  }
});

test("a placeholder that nobody fills is an error, not a mail with braces in it", () => {
  expect(() => fillWords("en", "sign-in-code", { brand: "Portaria" })).toThrow();
});

test("an apostrophe in front of a placeholder does not hide it", () => {
  const words = fillWords("fr", "sign-in-blocked", { brand: "B", until: "14:32", reference: "R" });
  expect(words.whatHappened).toContain("14:32");
});
