import { expect, test } from "vitest";
import { explainFailure } from "@/lib/embedded-database/explain-failure.mjs";

test.each([
  ["initdb: error: could not write to file: No space left on device", /disk is full/],
  ["PANIC:  could not locate a valid checkpoint record at 0/1B81048", /damaged/],
  ["FATAL:  data directory has wrong ownership", /start as its owner/],
  ["FATAL:  database files are incompatible with server", /another version/],
])("%s is reported as a cause and what to do", (output, sentence) => {
  expect(explainFailure(output)).toMatch(sentence);
});

test("an unknown failure is reported in PostgreSQL's own words, its last complaint", () => {
  expect(explainFailure("LOG:  starting\nFATAL:  odd thing\nLOG:  shut down\n")).toBe(
    "FATAL:  odd thing.",
  );
});
