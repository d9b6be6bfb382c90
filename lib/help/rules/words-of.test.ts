import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isNearly, meansWord, wordsOf } from "@/lib/help/rules/words-of";

test("words are compared without case, accents and marks around them", () => {
  expect(wordsOf("L’adresse « Été », CONTRASEÑA: não-chegou?  Ａ１")).toEqual([
    "l",
    "adresse",
    "ete",
    "contrasena",
    "nao",
    "chegou",
    "a1",
  ]);
});

test("what is written in one word or two is one", () => {
  expect(wordsOf("E-mail, e‑mails, Wi-Fi, didn't, can’t")).toEqual(
    wordsOf("email emails wifi didnt cant"),
  );
  expect(wordsOf("n’arrive pas, d'un, re-mail")).toHaveLength(7);
});

test("nothing but marks holds no words", () => {
  expect(wordsOf(" …<>'\"%_\\ \u0301\u200b ")).toEqual([]);
});

describe("a typed word means", () => {
  it.each([
    ["block", "blocked"],
    ["blocked", "block"],
    ["blocking", "blocked"],
    ["codes", "code"],
    ["olvidada", "olvidado"],
    ["esqueci", "esqueceu"],
    ["ip", "ip"],
    ["100", "100"],
  ])("%s: %s", (typed, word) => {
    expect(meansWord(typed, word)).toBe(true);
  });

  it.each([
    ["locked", "blocked"],
    ["passwordless", "password"],
    ["notice", "not"],
    ["codexyz", "code"],
    ["contact", "contract"],
    ["1", "100"],
    ["100", "1"],
  ])("%s, and not %s", (typed, word) => {
    expect(meansWord(typed, word)).toBe(false);
  });
});

describe("a typing error", () => {
  it.each([
    ["pasword", "password"],
    ["passwword", "password"],
    ["passwird", "password"],
    ["passwrod", "password"],
    ["passwor", "password"],
  ])("%s is nearly %s", (typed, word) => {
    expect(isNearly(typed, word)).toBe(true);
  });

  it.each([
    ["locked", "blocked"],
    ["psswrd", "password"],
    ["cod", "code"],
    ["10000", "1000"],
    ["phone", "place"],
  ])("%s is not nearly %s", (typed, word) => {
    expect(isNearly(typed, word)).toBe(false);
  });
});

test("each word of any text means itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      for (const word of wordsOf(text)) expect(meansWord(word, word)).toBe(true);
    }),
  );
});
