import { expect, test } from "vitest";
import { answerTo } from "@/lib/start/audit-command";

const hash = "0123456789abcdef".repeat(4);

test("of a whole log the number of entries and, on a line of its own, the head is said", () => {
  const lines = answerTo({ kind: "intact", head: { seq: 42n, hash } }).split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain("whole: 42 entries.");
  expect(lines[1]).toBe(`42:${hash}`);
  expect(answerTo({ kind: "intact", head: { seq: 1n, hash } })).toContain("1 entry.");
});

test("an empty log has no head to keep", () => {
  const empty = { seq: 0n, hash: "0".repeat(64) };
  expect(answerTo({ kind: "intact", head: empty })).toBe("The audit log is empty.");
});

const expected = { seq: 7n, hash };

test.each([
  [{ kind: "missing", seq: 5n }, "broken: entry 5 is missing"],
  [{ kind: "out-of-place", seq: 0n }, "broken: there is an entry 0"],
  [{ kind: "changed", seq: 5n }, "broken: entry 5 was changed"],
  [{ kind: "does-not-follow", seq: 5n }, "broken: entry 5 does not follow the one before it"],
  [{ kind: "rewritten", seq: 5n }, "written anew: entry 5"],
  [
    { kind: "cut-off", expected, last: { seq: 3n, hash } },
    "the head that was kept is entry 7, and the log ends with entry 3",
  ],
] as const)("anything else fails, and says which entry and why: %o", (verdict, words) => {
  expect(() => answerTo(verdict)).toThrow(words);
});
