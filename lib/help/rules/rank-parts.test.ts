import { expect, test } from "vitest";
import { rankParts, type SearchedPart } from "@/lib/help/rules/rank-parts";
import { wordsOf } from "@/lib/help/rules/words-of";

const part = (article: string, title: string, ...sentences: string[]): SearchedPart => ({
  article: wordsOf(article),
  title: wordsOf(title),
  sentences: sentences.map(wordsOf),
});

const parts = [
  part("Codes", "The code has not come", "The code takes a minute.", "The spam folder holds it."),
  part("Codes", "The block", "The block ends after an hour.", "The reference is shown."),
  part("Passwords", "The new password", "The code is asked for all the same.", "The block stays."),
  part("Passwords", "The old one", "The one you know."),
];

const found = (typed: string, most = 10) => {
  const ranking = rankParts(parts, wordsOf(typed), most);
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
