import { format } from "node:util";
import { symbols } from "pino";
import { afterAll, afterEach } from "vitest";
import { log } from "@/lib/log/log";
import { forgetLateLines, judgeLogged, noteLogged } from "@/lib/testing/logged";

// It is a fault of an earlier file in this process, and of no test of this one.
for (const late of forgetLateLines()) process.stderr.write(`${late}\n`);

// Vitest's set-up of every file: what the product logs would drown what the tests say. What it warns of
// or fails with is kept instead, and fails the test that did not announce it.
log.level = "warn";
const keep = (line: string) => {
  // A test of the log itself may have it write more.
  if (/^\{"level":"(warn|error|fatal)"/.test(line)) noteLogged(line);
};
Object.assign(log, { [symbols.streamSym]: { write: keep } });
console.warn = (...said: unknown[]) => noteLogged(`console.warn ${format(...said)}`);
console.error = (...said: unknown[]) => noteLogged(`console.error ${format(...said)}`);

afterEach(judgeLogged);
// What comes behind the last test: registered first, this runs last.
afterAll(judgeLogged);
