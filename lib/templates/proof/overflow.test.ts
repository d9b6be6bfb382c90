import { expect, test } from "vitest";
import { overflowOf } from "@/lib/templates/proof/overflow";
import { troublesOf } from "@/lib/templates/proof/proof-mail";

const paragraph = (words: string) => `<html><body><p>${words}</p></body></html>`;
const long = "x".repeat(33);

test("a word of more than 32 characters overflows, and the longest is said", () => {
  expect(overflowOf(paragraph("x".repeat(32)))).toBeNull();
  expect(overflowOf(paragraph(`Go to ${long} or ${long}y`))).toEqual({
    ...{ word: `${long}y`, characters: 34 },
  });
});

test("a heading of the first size holds less", () => {
  const word = "x".repeat(19);
  expect(overflowOf(`<h1>${word}</h1>`)).toEqual({ word, characters: 19 });
  expect(overflowOf(`<h1>${word.slice(1)}</h1><h2>${word}</h2>`)).toBeNull();
});

test("marks within a word do not end it, and neither do comments", () => {
  const half = "x".repeat(20);
  expect(overflowOf(paragraph(`<strong>${half}</strong><!-- -->${half}`))?.characters).toBe(40);
});

test.each([
  ["blanks and hyphens", "ab ab-".repeat(20)],
  ["zero-width spaces", "abcdef\u200b".repeat(20)],
  ["Chinese", "王".repeat(60)],
  ["Thai", "มารีอา".repeat(20)],
  ["marks above letters", "a\u0301\u0302".repeat(20)],
])("%s are no long word", (_, words) => {
  expect(overflowOf(paragraph(words))).toBeNull();
});

test("what stands in the table of facts, the preview line or the style sheet does not overflow", () => {
  const fact = `<td style="overflow-wrap:anywhere;color:#123">${long}</td>`;
  const preview = `<div style="display:none;overflow:hidden">${long}<div>\u00a0\u200c</div></div>`;
  expect(overflowOf(`<style>${long}</style>${preview}<table><tr>${fact}</tr></table>`)).toBeNull();
  expect(overflowOf(`<table><tr><td>${long}</td></tr></table>`)).not.toBeNull();
});

const fine = { subject: "x".repeat(78), html: paragraph("ok"), text: "ok" };

test("a mail is said to be missing something, long in its subject, wide and heavy", () => {
  expect(troublesOf(fine, [])).toEqual([]);
  const html = paragraph(`${long} ${"x ".repeat(51_200)}`);
  expect(troublesOf({ ...fine, subject: `${fine.subject}x`, html }, ["until"])).toEqual([
    { kind: "missing", names: ["until"] },
    { kind: "long-subject", characters: 79 },
    { kind: "overflow", word: long, characters: 33 },
    { kind: "heavy", kilobytes: 101 },
  ]);
});
