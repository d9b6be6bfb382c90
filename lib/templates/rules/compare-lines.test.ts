import fc from "fast-check";
import { expect, test } from "vitest";
import { compareLines } from "@/lib/templates/rules/compare-lines";

const shown = (before: string, after: string) =>
  compareLines(before, after).map(
    ({ is, line }) => `${{ same: " ", removed: "-", added: "+" }[is]}${line}`,
  );

test.each([
  ["", "", []],
  ["", "a", ["+a"]],
  ["a", "", ["-a"]],
  ["a\nb\nc", "a\nc", [" a", "-b", " c"]],
  ["a\nc", "a\nb\nc", [" a", "+b", " c"]],
  ["a\nb", "b\na", ["-a", " b", "+a"]],
  ["a\n\nb", "a\n\nB", [" a", " ", "-b", "+B"]],
  ["x\nx", "x", [" x", "-x"]],
])("%j to %j", (before, after, lines) => {
  expect(shown(before, after)).toEqual(lines);
});

const text = fc
  .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 })
  .map((lines) => lines.join("\n"));

test("without what was added it is the one before, without what was removed the one after", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = compareLines(before, after);
      const without = (gone: string) =>
        lines
          .filter(({ is }) => is !== gone)
          .map(({ line }) => line)
          .join("\n");
      expect([without("added"), without("removed")]).toEqual([before, after]);
      expect(compareLines(before, before).every(({ is }) => is === "same")).toBe(true);
    }),
  );
});

test("as few lines differ as can", () => {
  fc.assert(
    fc.property(text, fc.nat(11), (before, at) => {
      const lines = before === "" ? [] : before.split("\n");
      fc.pre(at < lines.length);
      const after = lines.filter((_, index) => index !== at).join("\n");
      fc.pre(after !== "" || lines.length === 1);
      expect(compareLines(before, after).filter(({ is }) => is !== "same")).toHaveLength(1);
    }),
  );
});

test("long texts that differ everywhere are compared as wholes", () => {
  const many = (name: string) =>
    Array.from({ length: 30_000 }, (_, at) => `${name}${at}`).join("\n");
  const lines = compareLines(many("a"), many("b"));
  expect(lines).toHaveLength(60_000);
  expect(lines[0]).toEqual({ is: "removed", line: "a0" });
});
