import { expect, test } from "vitest";
import { csvOf } from "@/lib/i18n/csv";

const lines = (cells: (string | null)[]) => csvOf([cells], "en").slice(1);

test("a cell with a comma, a semicolon, a quote, a tab or a line break is quoted", () => {
  expect(lines(["a,b", "a;b", 'say "yes"', "a\tb", "two\nlines", null, "plain"])).toBe(
    '"a,b","a;b","say ""yes""","a\tb","two\nlines",,plain\r\n',
  );
});

test.each([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "\tplain",
  " =1+1",
  "\u00a0=1",
  "\u200b=1",
  "\ufeff=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
  "﹦1",
  "\u22121",
  "|calc",
  '=HYPERLINK("x")',
  "=1;2",
])("%j becomes no formula, in no language", (cell) => {
  for (const locale of ["en", "fr", "pt", "es"] as const) {
    expect(csvOf([[cell]], locale).slice(1)).toMatch(/^"?'/);
  }
});

test("what only holds such a character further in stays as it is", () => {
  expect(lines(["1=1", "a+b", "2026-11-28", "ana@example.com", "100 %"])).toBe(
    "1=1,a+b,2026-11-28,ana@example.com,100 %\r\n",
  );
});

test.each([
  ["en", "a,b,"],
  ["fr", "a;b;"],
  ["pt", "a;b;"],
  ["es", "a;b;"],
] as const)("in %s cells are parted as its spreadsheets expect: %s", (locale, row) => {
  expect(csvOf([["a", "b", null]], locale)).toBe(`\ufeff${row}\r\n`);
});

test("it begins with a byte order mark, once, and each row ends with CR and LF", () => {
  expect(csvOf([["a"], ["b"]], "en")).toBe("\ufeffa\r\nb\r\n");
  expect(csvOf([["c"]], "fr", "more")).toBe("c\r\n");
});
