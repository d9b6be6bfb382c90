import { expect, test } from "vitest";
import { terminalLine } from "@/lib/log/terminal-line";

const line = (fields: object) =>
  `${JSON.stringify({ time: "2026-11-22T14:03:09.001Z", msg: "It happened", ...fields })}\n`;

test.each(["trace", "debug", "info"])("%s says nothing at a terminal", (level) => {
  expect(terminalLine(line({ level }))).toBeNull();
});

test.each([
  ["warn", "Mind"],
  ["error", "Fault"],
  ["fatal", "Fault"],
])("%s is a sentence with its time", (level, mark) => {
  expect(terminalLine(line({ level }))).toBe(`  14:03:09 ${mark}: It happened\n`);
});

test("what it is about and the cause stand with it; what is for programs does not", () => {
  const err = { type: "Error", message: "No server\nat all", stack: ["at x"] };
  const fields = { level: "error", requestId: "r", method: "GET", path: "/login", status: 503 };
  expect(terminalLine(line({ ...fields, err }))).toBe(
    "  14:03:09 Fault: It happened (path /login, method GET, status 503)\n           No server\n",
  );
});

test("what is no line of the log is shown as it is", () => {
  expect(terminalLine("x\n")).toBe("x\n");
});
