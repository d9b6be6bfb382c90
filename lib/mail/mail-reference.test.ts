import fc from "fast-check";
import { expect, test } from "vitest";
import { mailReferenceOf, uuidRangeOf } from "@/lib/mail/mail-reference";
import { REFERENCE_ALPHABET } from "@/lib/secrets/reference";

const uuid = fc.uuid({ version: [4] });
const place = (reference: string) =>
  [...reference.replace("-", "")].map((character) => REFERENCE_ALPHABET.indexOf(character));
const inOrder = (a: number[], b: number[]) => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 || (a[at] ?? 0) < (b[at] ?? 0);
};

test("a mail's reference is seven characters that are not misread, and never six digits in a row", () => {
  fc.assert(
    fc.property(uuid, (id) => {
      const reference = mailReferenceOf(id);
      expect(reference).toMatch(
        new RegExp(`^[${REFERENCE_ALPHABET}]{4}-[${REFERENCE_ALPHABET}]{3}$`),
      );
      expect(reference).not.toMatch(/\d{6}/);
    }),
  );
});

test("references are in the order of their ids", () => {
  fc.assert(
    fc.property(uuid, uuid, (one, other) => {
      const [first = "", second = ""] = [one, other].sort();
      expect(inOrder(place(mailReferenceOf(first)), place(mailReferenceOf(second)))).toBe(true);
    }),
  );
});

test("an id is within the range of its reference, and the range's ends have that reference too", () => {
  fc.assert(
    fc.property(uuid, (id) => {
      const reference = mailReferenceOf(id);
      const { first, last } = uuidRangeOf(reference) ?? { first: "", last: "" };
      expect(first <= id && id <= last).toBe(true);
      expect([mailReferenceOf(first), mailReferenceOf(last)]).toEqual([reference, reference]);
    }),
  );
});

test("what lies beside a range has another reference", () => {
  const neighbour = (id: string, by: bigint) => {
    const digits = (BigInt(`0x${id.replaceAll("-", "")}`) + by).toString(16).padStart(32, "0");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  fc.assert(
    fc.property(uuid, (id) => {
      const { first, last } = uuidRangeOf(mailReferenceOf(id)) ?? { first: "", last: "" };
      fc.pre(!first.startsWith("00000000-0000") && !last.startsWith("ffffffff-ffff"));
      expect(mailReferenceOf(neighbour(first, -1n))).not.toBe(mailReferenceOf(id));
      expect(mailReferenceOf(neighbour(last, 1n))).not.toBe(mailReferenceOf(id));
    }),
  );
});

test("the first and the last id of all have the first and the last reference", () => {
  expect(mailReferenceOf("00000000-0000-4000-8000-000000000000")).toBe("AAAA-AAA");
  expect(mailReferenceOf("ffffffff-ffff-4fff-bfff-ffffffffffff")).toBe("9999-999");
  expect(uuidRangeOf("9999-999")?.last).toBe("ffffffff-ffff-ffff-ffff-ffffffffffff");
});

test("what is no reference has no range", () => {
  for (const text of ["", "AAAA", "AAAA-AAAA", "AAAI-AAA", "aaaa-aaa"]) {
    expect(uuidRangeOf(text)).toBeNull();
  }
});
