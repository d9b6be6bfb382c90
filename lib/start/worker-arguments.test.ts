import { expect, test } from "vitest";
import { readWorkerArguments } from "@/lib/start/worker-arguments";

test.each<[string, unknown]>([
  ["", { kind: "run" }],
  ["--health", { kind: "health", pid: null }],
  ["--health --pid 17", { kind: "health", pid: 17 }],
  ["--pid=17 --health", { kind: "health", pid: 17 }],
])("%j is understood", (words, command) => {
  expect(readWorkerArguments(words.split(" ").filter((word) => word !== ""))).toEqual(command);
});

test.each([
  ["--helth", "Not all of these words are understood"],
  ["--health now", "Not all of these words are understood"],
  ["--health --pid", "Not all of these words are understood"],
  ["--health=no", "Not all of these words are understood"],
  ["run", "Not all of these words are understood"],
  ["--pid 5", "--pid is for --health alone"],
  ["--health --pid x", "--pid must be the number of a process"],
  ["--health --pid 0", "--pid must be the number of a process"],
  ["--health --pid -1", "Not all of these words are understood"],
  ["--health --pid 99999999999", "--pid must be the number of a process"],
])("%s is answered what works, in one sentence", (words, what) => {
  const works =
    "what works is npm run worker, npm run worker -- --health, or npm run worker -- --health --pid NUMBER.";
  expect(() => readWorkerArguments(words.split(" "))).toThrow(`${what}; ${works}`);
});
