import { describe, expect, test } from "vitest";
import { rankParts, type SearchedPart } from "@/lib/help/rules/rank-parts";
import { wordsOf } from "@/lib/help/rules/words-of";

const part = (article: string, title: string, ...sentences: string[]): SearchedPart => ({
  article: wordsOf(article),
  title: wordsOf(title),
  sentences: sentences.map(wordsOf),
  phrasings: [],
});

const parts = [
  part("Codes", "The code has not come", "The code takes a minute.", "The spam folder holds it."),
  part("Codes", "The block", "The block ends after an hour.", "The reference is shown."),
  part("Passwords", "The new password", "The code is asked for all the same.", "The block stays."),
  part("Passwords", "The old one", "The one you know."),
];

const found = (typed: string, most = 10, among = parts) => {
  const ranking = rankParts(among, wordsOf(typed), most);
  if (ranking.kind === "none") return ranking.kind;
  return { kind: ranking.kind, parts: ranking.parts.map((one) => one.part) };
};

test("parts that hold every word are shown, those with it in their title first", () => {
  expect(found("block")).toEqual({ kind: "all", parts: [1, 2] });
  expect(found("code")).toEqual({ kind: "all", parts: [0, 1, 2] });
  expect(found("block code")).toEqual({ kind: "all", parts: [1, 2] });
});

test("the words may stand anywhere in a part", () => {
  expect(found("spam code minute")).toEqual({ kind: "all", parts: [0] });
});

test("where no part holds every word, those that hold some are shown, rare words first", () => {
  expect(found("spam reference")).toEqual({ kind: "some", parts: [1, 0] });
  expect(found("the zebra reference")).toEqual({ kind: "some", parts: [1] });
});

test("a word that nearly every part holds is no reason to show one", () => {
  expect(found("the zebra")).toBe("none");
});

test("nothing typed and nothing known find nothing", () => {
  expect(found("")).toBe("none");
  expect(found("zebra")).toBe("none");
  expect(rankParts([], ["code"], 10)).toEqual({ kind: "none" });
});

test("the sentence shown is the one that holds most of what was typed", () => {
  const ranking = rankParts(parts, wordsOf("reference"), 10);
  expect(ranking).toEqual({ kind: "all", parts: [{ part: 1, sentence: 1 }] });
});

test("no more than asked for are shown", () => {
  expect(found("code", 2)).toEqual({ kind: "all", parts: [0, 1] });
});

describe("with what people type who look for a part", () => {
  const asked = (one: SearchedPart, ...phrasings: string[]) => ({
    ...one,
    phrasings: phrasings.map(wordsOf),
  });
  const foundAsked = (typed: string) =>
    found(typed, 10, [
      asked(part("Codes", "A code I did not ask for", "Do not receive it.", "The code is his.")),
      asked(part("Codes", "It has not come", "Wait a little."), "code not received", "no code"),
      asked(part("Passwords", "You have forgotten it", "Ask for a link."), "reset password"),
    ]);

  test("words that the part itself lacks find it", () => {
    expect(foundAsked("reset")).toEqual({ kind: "all", parts: [2] });
  });

  test("the part that is asked for in just these words comes before one that holds them too", () => {
    expect(foundAsked("not receive code")).toEqual({ kind: "all", parts: [1, 0] });
    expect(foundAsked("code ask")).toEqual({ kind: "all", parts: [0] });
  });

  test("a part that is asked for in nearly these words is shown beside one that holds all", () => {
    expect(foundAsked("do not receive code")).toEqual({ kind: "all", parts: [1, 0] });
  });
});

test("a word that no part holds is taken for the one it is a typing error of", () => {
  expect(found("refernce")).toEqual(found("reference"));
  expect(found("psasword")).toEqual(found("password"));
  expect(found("abcdefgh")).toBe("none");
});
