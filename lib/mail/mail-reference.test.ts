import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mailReferenceOf, readMailReference, uuidRangeOf } from "@/lib/mail/mail-reference";
import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";

const uuid = fc.uuid({ version: [4] });
const swapped = (text: string, at: number) =>
  text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
const bare = (reference: string) => reference.replaceAll("-", "");

test("a mail's reference is three groups that are not misread, never with six digits in a row", () => {
  fc.assert(
    fc.property(uuid, (id) => {
      const reference = mailReferenceOf(id);
      const group = (count: number) => `[A-Z][${REFERENCE_ALPHABET}]{${count}}`;
      expect(reference).toMatch(new RegExp(`^${group(4)}-${group(4)}-${group(3)}$`));
      expect(reference).not.toMatch(/[ILO01]/);
      expect(bare(reference)).not.toMatch(/\d{6}/);
    }),
  );
});

test("an id's 60 bits of chance are all in it: the ids of one reference differ in nothing else", () => {
  fc.assert(
    fc.property(uuid, (id) => {
      const reference = mailReferenceOf(id);
      const { first, last } = uuidRangeOf(reference) ?? { first: "", last: "" };
      expect(first <= id && id <= last).toBe(true);
      expect([mailReferenceOf(first), mailReferenceOf(last)]).toEqual([reference, reference]);
      const digits = first.replaceAll("-", "");
      for (const at of [0, 7, 11, 13, 14, 15]) {
        const changed =
          digits.slice(0, at) + (digits[at] === "7" ? "5" : "7") + digits.slice(at + 1);
        expect([at, mailReferenceOf(changed)]).not.toEqual([at, reference]);
      }
    }),
  );
});

test("the first and the last id of all have the first and the last reference", () => {
  expect(mailReferenceOf("00000000-0000-4000-8000-000000000000")).toBe("AAAAA-AAAAA-AAAA");
  const last = mailReferenceOf("ffffffff-ffff-4fff-bfff-ffffffffffff");
  expect(uuidRangeOf(last)).toEqual({
    first: "ffffffff-ffff-4fff-8000-000000000000",
    last: "ffffffff-ffff-4fff-bfff-ffffffffffff",
  });
});

test("one character read wrong is no reference, nor are two that changed places", () => {
  for (let round = 0; round < 200; round += 1) {
    const characters = bare(mailReferenceOf(randomUUID()));
    for (let at = 0; at < characters.length; at += 1) {
      const wrong = [...REFERENCE_ALPHABET].filter((one) => one !== characters.charAt(at));
      for (const one of wrong) {
        const typed = characters.slice(0, at) + one + characters.slice(at + 1);
        expect([typed, readMailReference(typed)]).toEqual([typed, null]);
      }
      const typed = swapped(characters, at);
      if (typed === characters) continue;
      expect([typed, readMailReference(typed)]).toEqual([typed, null]);
    }
  }
});

test("it is read as people type it", () => {
  const reference = mailReferenceOf("5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845");
  for (const typed of [
    reference,
    ` ${reference.toLowerCase()} `,
    bare(reference),
    reference.replaceAll("-", " "),
    reference.replaceAll("-", "\u2013"),
    [...bare(reference)].join("\u200b "),
    reference.replace(/[A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  ]) {
    expect([typed, readMailReference(typed)]).toEqual([typed, reference]);
  }
});

test("what looks like another character is that one, where but one fits", () => {
  let read = 0;
  for (let round = 0; round < 500; round += 1) {
    const reference = mailReferenceOf(randomUUID());
    const typed = reference.replace(/[DQ]/, "O").replace(/[J7]/, "1");
    if (typed === reference) continue;
    const found = readMailReference(typed);
    // Two may fit; then none is guessed at.
    expect([reference, null]).toContain(found);
    if (found !== null) read += 1;
  }
  expect(read).toBeGreaterThan(200);
});

test("a text of look-alikes alone is not tried in all ways", () => {
  expect(readMailReference("O1O1O1O1O1O1O1")).toBeNull();
});

test("mails of before are found by the seven characters that they named", () => {
  const id = "5e1f3a70-9c4d-4b28-a6e1-3d0c7f92b845";
  const reference = readMailReference("npmc qmr");
  const { first, last } = uuidRangeOf(reference ?? "") ?? { first: "", last: "" };
  expect(reference).toBe("NPMC-QMR");
  expect([first.slice(0, 8), last.slice(0, 8)]).toEqual([id.slice(0, 8), id.slice(0, 8)]);
  expect(first <= id && id <= last).toBe(true);
});

test("what is no reference has no range", () => {
  const beyond = "C9999-Z9999-Z99";
  const check = [...REFERENCE_ALPHABET].find((one) => readMailReference(beyond + one)) ?? "";
  for (const text of [
    "",
    "AAAA",
    "AAAA-AAAA",
    "aaaaa-aaaaa-aaaa",
    "AAAAA-AAAAA-AAAB",
    beyond + check,
  ]) {
    expect([text, uuidRangeOf(text)]).toEqual([text, null]);
  }
  for (const typed of ["", "2AAAA-AAAAA-AAAA", "AAAA-AAI", "é".repeat(14), "A".repeat(101)]) {
    expect([typed, readMailReference(typed)]).toEqual([typed, null]);
  }
});
