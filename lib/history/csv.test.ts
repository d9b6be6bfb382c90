import { expect, test } from "vitest";
import { csvOf } from "@/lib/history/csv";

const lines = (cells: (string | null)[]) => csvOf([cells]).slice(1);

test("a cell with a comma, a quote or a line break is quoted", () => {
  expect(lines(["a,b", 'say "yes"', "two\nlines", null, "plain"])).toBe(
    '"a,b","say ""yes""","two\nlines",,plain\r\n',
  );
});

test("no cell becomes a formula", () => {
  expect(lines(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])).toBe(
    `'=1+1,'+1,'-1,'@SUM(A1),'\t=1,"'=HYPERLINK(""x"")"\r\n`,
  );
});

test("it begins with a byte order mark, and each row ends with CR and LF", () => {
  expect(csvOf([["a"], ["b"]])).toBe("\ufeffa\r\nb\r\n");
});
