import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBenchArguments } from "@/bench/arguments";
import { root } from "@/lib/machine/project.mjs";

const journeys = { kind: "journeys", rounds: 3, seconds: 3, write: false, database: null };
const database = "postgresql://user:word@127.0.0.1:5432/postgres";

test.each([
  { words: [], read: journeys },
  { words: ["--quick"], read: { ...journeys, rounds: 1, seconds: 1 } },
  { words: ["--rounds", "5", "--seconds=8"], read: { ...journeys, rounds: 5, seconds: 8 } },
  { words: ["--write", "--rounds", "1"], read: { ...journeys, rounds: 1, write: true } },
  { words: ["--database", database], read: { ...journeys, database } },
  {
    words: ["--quick", "--database", database],
    read: { ...journeys, rounds: 1, seconds: 1, database },
  },
  { words: ["statements"], read: { kind: "statements" } },
  { words: ["mail"], read: { kind: "mail", tries: 30, notices: 10_000 } },
  { words: ["mail", "10", "50"], read: { kind: "mail", tries: 10, notices: 50 } },
  { words: ["mail-burst", "30"], read: { kind: "mail-burst", mails: 30, limit: 5, workers: 1 } },
  { words: ["crowded-places"], read: { kind: "crowded-places", accounts: 200_000 } },
  { words: ["rolling-restart", "12", "s"], read: { kind: "rolling-restart", only: "12 s" } },
  { words: ["running-packages"], read: { kind: "running-packages" } },
  { words: ["growth", "9"], read: { kind: "growth", accounts: 9 } },
  { words: ["mail-fill"], read: { kind: "mail-fill", rounds: 100 } },
  { words: ["over-load"], read: { kind: "over-load", other: null } },
  { words: ["over-load", "../before"], read: { kind: "over-load", other: "../before" } },
])("npm run bench -- $words is understood", ({ words, read }) => {
  expect(readBenchArguments(words)).toEqual(read);
});

test.each([
  { words: ["journey"], says: "The first word is not a thing to measure" },
  { words: ["--quik"], says: "Not all of these words are understood" },
  { words: ["--rounds"], says: "Not all of these words are understood" },
  { words: ["--rounds", "0"], says: "--rounds must be a whole number from 1 to 10,000,000" },
  { words: ["--rounds", "two"], says: "--rounds must be a whole number from 1 to 10,000,000" },
  { words: ["--seconds", "1.5"], says: "--seconds must be a whole number from 1 to 10,000,000" },
  { words: ["--quick", "--rounds", "3"], says: "--quick is one round of one second" },
  { words: ["--quick", "--write"], says: "--quick is too short for figures" },
  { words: ["--database", "portaria"], says: "--database must be the address of a PostgreSQL" },
  { words: ["--database", "mysql://a:b@c/d"], says: "--database must be the address" },
  { words: ["--database", `${database}?sslmode=require`], says: "--database must be the address" },
  { words: ["mail", "many"], says: '"many" must be a whole number from 1 to 10,000,000' },
  { words: ["mail-burst", "1", "2", "3", "4"], says: "There are more words than are understood" },
  { words: ["crowded-places", "-5"], says: '"-5" must be a whole number' },
  { words: ["running-packages", "all"], says: "There are more words than are understood" },
])("npm run bench -- $words is refused with what works", ({ words, says }) => {
  const read = () => readBenchArguments(words);
  expect(read).toThrow(says);
  expect(read).toThrow(/; what works is npm run bench, or /);
});

test("README names everything that can be measured, and has the marks between which figures go", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const named = [...usageOf("nothing").matchAll(/npm run bench -- ([a-z-]+)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !name.startsWith("-"));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !readme.includes(`\`npm run bench -- ${name}\``))).toEqual([]);
  expect(readme).toMatch(
    /<!-- npm run bench -- --write -->\n[\s\S]*<!-- end of what npm run bench writes -->/,
  );
});

function usageOf(word: string): string {
  try {
    readBenchArguments([word]);
    return "";
  } catch (error) {
    return String(error);
  }
}
