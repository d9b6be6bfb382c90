import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../docs/decisions/", import.meta.url));
const read = (file: string) => readFileSync(folder + file, "utf8");
const files = readdirSync(folder).filter((file) => file !== "README.md");
const records = Object.fromEntries(files.map((file) => [file, read(file)]));

const link = String.raw`\[(\d{4})\]\((\d{4}-[a-z0-9-]+\.md)\)`;
const status = new RegExp(
  `^(?:accepted(?:, amended by ${link}(?:, ${link})*)?|superseded by ${link})$`,
);
const head = /^# (\d{4}): (.+)\n\nDate: (\d{4}-\d\d-\d\d)\n\nStatus: (.+)\n\n## Context\n\n/;

/** What is wrong with a record, as one sentence; undefined when it will do. */
function faultOf(file: string, text: string, all: readonly string[]): string | undefined {
  const [, number, , date, said = ""] = head.exec(text) ?? [];
  if (number === undefined) return "does not begin with number, title, date, status and context";
  if (!file.startsWith(`${number}-`)) return "has another number than its file";
  if (Number.isNaN(Date.parse(`${date}`))) return "has no date";
  if (!status.test(said)) return "has a status of another form";
  for (const [, shown, target = ""] of said.matchAll(new RegExp(link, "g"))) {
    if (!all.includes(target) || !target.startsWith(`${shown}-`)) return "points to no record";
    if (target <= file) return "is changed by a record that came before it";
  }
  const parts = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  const usual = ["Context", "Decision", "Consequences"].join();
  return parts.join() === usual
    ? undefined
    : "has other parts than context, decision, consequences";
}

test("a record begins with its date and status, and its status points to records that are there", () => {
  const faults = Object.entries(records).map(([file, text]) => [file, faultOf(file, text, files)]);
  expect(faults.filter(([, fault]) => fault !== undefined)).toEqual([]);
});

test("each number is used once", () => {
  const numbers = files.map((file) => file.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("the index lists every record with its date, title and status, in their order", () => {
  const rows = Object.entries(records).map(([file, text]) => {
    const [, number, title, date, said] = head.exec(text) ?? [];
    return `| [${number}](${file}) | ${title} | ${date} | ${said} |`;
  });
  const listed = read("README.md")
    .split("\n")
    .filter((line) => line.startsWith("| ["));
  expect(listed).toEqual(rows);
});

const good =
  "# 0002: T\n\nDate: 2026-11-22\n\nStatus: accepted\n\n## Context\n\nx\n\n## Decision\n\nx\n\n## Consequences\n\nx\n";
const others = ["0001-a.md", "0002-b.md", "0003-c.md"];

test.each([
  ["a good one", good, undefined],
  ["an amended one", good.replace("accepted", "accepted, amended by [0003](0003-c.md)"), undefined],
  ["a superseded one", good.replace("accepted", "superseded by [0003](0003-c.md)"), undefined],
  ["no date", good.replace("Date: 2026-11-22\n\n", ""), "does not begin"],
  ["no status", good.replace("Status: accepted\n\n", ""), "does not begin"],
  ["another number", good.replace("0002", "0003"), "another number"],
  ["a date that is none", good.replace("11-22", "13-45"), "no date"],
  ["a word of its own", good.replace("accepted", "perhaps"), "another form"],
  ["no such record", good.replace("accepted", "superseded by [0004](0004-d.md)"), "no record"],
  ["another's file", good.replace("accepted", "superseded by [0003](0001-a.md)"), "no record"],
  ["an older one", good.replace("accepted", "superseded by [0001](0001-a.md)"), "before it"],
  ["a part left out", good.replace("## Decision\n\nx\n\n", ""), "other parts"],
])("the head of a record: %s", (_, text, fault) => {
  const found = faultOf("0002-b.md", text, others);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});
