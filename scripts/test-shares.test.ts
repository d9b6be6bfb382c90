import { expect, test } from "vitest";
import {
  describeShares,
  failuresOfPlaywright,
  failuresOfVitest,
  filesOfPlaywright,
  filesOfVitest,
} from "@/scripts/test-shares.mjs";

test("each part has its share of the whole, and each file its share of its part, the slowest first", () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ name: `f${index}`, seconds: index }));
  const lines = describeShares([
    { name: "install", seconds: 25 },
    { name: "unit", seconds: 75, files },
  ]);
  expect(lines.slice(0, 4)).toEqual([
    " 25.0 %  install",
    " 75.0 %  unit",
    "The slowest of 12 files of unit, by the time of its tests:",
    " 16.7 %  f11",
  ]);
  expect(lines).toHaveLength(13);
});

test("a run that took no time has shares all the same", () => {
  expect(describeShares([{ name: "lint", seconds: 0, files: [] }])).toEqual(["  0.0 %  lint"]);
});

test("both tools' reports give files with seconds, of nested suites and second tries too", () => {
  expect(
    filesOfVitest({ testResults: [{ name: "a.test.ts", startTime: 500, endTime: 2_000 }] }),
  ).toEqual([{ name: "a.test.ts", seconds: 1.5 }]);
  const spec = (...durations: number[]) => ({
    tests: [{ results: durations.map((duration) => ({ duration })) }],
  });
  expect(
    filesOfPlaywright({
      suites: [{ file: "b.spec.ts", specs: [spec(1_000)], suites: [{ specs: [spec(500, 250)] }] }],
    }),
  ).toEqual([{ name: "b.spec.ts", seconds: 1.75 }]);
});

test("both tools' reports give what failed by file and name, and files that could not be read", () => {
  const results = (...status: string[]) =>
    status.map((one, index) => ({ status: one, fullName: `t${index}` }));
  const testResults = [
    { name: "a", status: "failed", assertionResults: results("passed", "failed") },
    { name: "b", status: "failed", assertionResults: [] },
    { name: "c", status: "passed", assertionResults: results("passed") },
  ];
  expect(failuresOfVitest({ testResults })).toEqual(["a › t1", "b"]);
  const specs = [
    { title: "stays", ok: true },
    { title: "breaks", ok: false },
  ];
  const suites = [{ title: "d.spec.ts", specs: [], suites: [{ title: "group", specs }] }];
  expect(failuresOfPlaywright({ suites, errors: [{ message: "no server" }] })).toEqual([
    "d.spec.ts › group › breaks",
    "outside of any test: no server",
  ]);
});

test("what failed says why in a few lines, as its last try did", () => {
  const message = `\u001b[31mError: no session\u001b[39m\n\n  expected 1\n${"at x\n".repeat(50)}`;
  const why = ["Error: no session", "  expected 1", ...Array(4).fill("at x")];
  const said = why.map((line) => `\n    ${line}`).join("");
  const failed = { status: "failed", fullName: "t", failureMessages: [message] };
  expect(
    failuresOfVitest({
      testResults: [
        { name: "a", status: "failed", assertionResults: [failed] },
        { name: "b", status: "failed", message, assertionResults: [] },
      ],
    }),
  ).toEqual([`a › t${said}`, `b${said}`]);
  const results = [{ error: { message: "Error: the first" } }, { error: { message } }];
  const specs = [{ title: "breaks", ok: false, tests: [{ results }] }];
  expect(failuresOfPlaywright({ suites: [{ title: "c", specs }] })).toEqual([`c › breaks${said}`]);
});
