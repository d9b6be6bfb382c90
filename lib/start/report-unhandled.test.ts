import { test } from "vitest";
import { reportUnhandled } from "@/lib/start/report-unhandled";
import { expectLogged } from "@/lib/testing/logged";

test.each([
  ["a lost connection", new Error("Connection terminated unexpectedly"), /"warn".*cut short/],
  ["a mistake of ours", new TypeError("x is not a function"), /"error".*Unhandled rejection/],
])("%s that nobody waited for is one line", (_, error, line) => {
  expectLogged(line);
  reportUnhandled(error);
});
