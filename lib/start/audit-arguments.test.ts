import { expect, test } from "vitest";
import { readAuditArguments } from "@/lib/start/audit-arguments";

const read = (words: string) => readAuditArguments(words.split(" ").filter((word) => word !== ""));

const hash = "0123456789abcdef".repeat(4);

test("verify takes a head or none", () => {
  expect(read("verify")).toEqual({ kind: "verify", expected: null });
  const expected = { seq: 42n, hash };
  expect(read(`verify --expect 42:${hash}`)).toEqual({ kind: "verify", expected });
  expect(read(`--expect=42:${hash.toUpperCase()} verify`)).toEqual({ kind: "verify", expected });
});

test("role-sql takes the name of one role", () => {
  expect(read("role-sql portaria_app")).toEqual({ kind: "role-sql", role: "portaria_app" });
});

test.each([
  ["", "It is not said what to do"],
  ["check", "The first word is not a thing to do"],
  ["verify all", '"verify" takes no further words'],
  ["verify --expect", "Not all of these words are understood"],
  ["verify --expect=", "--expect must be a head"],
  ["verify --expect 42", "--expect must be a head"],
  [`verify --expect 0:${hash}`, "--expect must be a head"],
  [`verify --expect 42:${hash}0`, "--expect must be a head"],
  [`verify --expect 1:${hash} --expect 2:${hash}`, "--expect must be given once"],
  ["verify --force", "Not all of these words are understood"],
  ["role-sql", '"role-sql" takes the name of one role'],
  ["role-sql one two", '"role-sql" takes the name of one role'],
  ["role-sql public", "ROLE must be"],
  ['role-sql a";', "ROLE must be"],
  [`role-sql app --expect 1:${hash}`, '"role-sql" takes no --expect'],
])("wrong words are refused in one sentence with what works: %s", (words, why) => {
  let sentence = "nothing was refused";
  try {
    read(words);
  } catch (error) {
    sentence = error instanceof Error ? `${error.name}: ${error.message}` : "";
  }
  expect(sentence).toContain("OperatorError: ");
  expect(sentence).toContain(why);
  expect(sentence).toContain(
    "what works is npm run audit -- verify, or npm run audit -- verify --expect NUMBER:HASH, or npm run audit -- role-sql ROLE.",
  );
  expect(sentence).not.toContain("\n");
});
