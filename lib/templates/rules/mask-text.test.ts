import fc from "fast-check";
import { expect, test } from "vitest";
import { maskText } from "@/lib/templates/rules/mask-text";

const written: Record<string, string> = {
  Latin: "Maria João Wolfeschlegel",
  Greek: "Μαρία Παπαδοπούλου",
  Cyrillic: "Мария Иванова",
  Arabic: "مريم الأندلسي",
  Hebrew: "מרים כהן",
  Han: "王小明陳大文",
  Hiragana: "さくらはなこ",
  Katakana: "サクラハナコ",
  Hangul: "김민준이서연",
  Devanagari: "मारिया शर्मा",
  Thai: "มารีอาสมิธ",
};

test.each(Object.entries(written))("%s stays %s's, letter by letter", (script, text) => {
  const masked = maskText(text);
  const isOf = new RegExp(`^\\p{Script=${script}}$`, "u");
  expect(masked).not.toBe(text);
  const [before, after] = [[...text], [...masked]];
  expect(after).toHaveLength(before.length);
  for (const [index, character] of before.entries()) {
    if (/\p{L}/u.test(character)) expect(after[index]).toMatch(isOf);
    else expect(after[index]).toBe(character);
  }
});

const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Lt}/u, /\p{Lm}/u, /\p{Lo}/u, /\p{Nd}/u];
const kindOf = (character: string) => kinds.findIndex((kind) => kind.test(character));

test("whatever is written, its length, cases, blanks and marks stay, and no word of it", () => {
  const alphabets = Object.values(written).map((text) => fc.constantFrom(...text));
  const character = fc.oneof(
    fc.string({ unit: "binary", maxLength: 1 }),
    fc.constantFrom(..."abcxyzABCXYZ0123456789 @.-:"),
    ...alphabets,
  );
  fc.assert(
    fc.property(fc.array(character, { maxLength: 60 }), (characters) => {
      const text = characters.join("");
      const masked = maskText(text);
      expect(masked).toHaveLength(text.length);
      const after = [...masked];
      for (const [index, one] of [...text].entries()) {
        if (after[index] === "•" || after.length !== [...text].length) continue;
        expect(kindOf(after[index] ?? "")).toBe(kindOf(one));
        if (kindOf(one) === -1) expect(after[index]).toBe(one);
      }
      const low = masked.toLowerCase();
      for (const word of text.match(/[\p{L}\p{Nd}]{4,}/gu) ?? []) {
        expect(low).not.toContain(word.toLowerCase());
      }
      expect(masked).not.toMatch(/\p{Nd}{6}/u);
    }),
    { numRuns: 2000 },
  );
});

test("what is masked does not depend on what it said", () => {
  expect(maskText("Maria Silva")).toBe(maskText("Jorge Costa"));
  expect(maskText("203.0.113.42")).toBe(maskText("198.7.100.31"));
});

test("an address stays one, and six digits in it are no code", () => {
  expect(maskText("maria.silva@example.com")).toMatch(/^[a-z]{5}\.[a-z]{5}@[a-z]{7}\.[a-z]{3}$/);
  expect(maskText("2001:db8::1")).toMatch(/^\d{4}:[a-z]{2}\d::\d$/);
  expect(maskText("123456@example.com")).toMatch(/^\d\d••\d\d@/);
  expect(maskText("12345678901234")).toMatch(/^\d\d••\d{4}••\d{4}$/);
});

test("a word that the fixed order would give by chance is written in another", () => {
  const given = maskText("aaaa");
  expect(maskText(given)).not.toBe(given);
});
