import { expect } from "vitest";

/** A line of level warn or error that was written while the tests of `file` ran; and whether one announced it. */
type Line = { text: string; file: string; isAnnounced: boolean };
type Announced = { pattern: RegExp; isMet: boolean; mustCome: boolean };

const lines: Line[] = [];
const announced: Announced[] = [];

/**
 * Announces what this test has the product write into the log as a warning or an error (`log`, or
 * `console`), before or after it is written. Whatever else is written there fails the test.
 *
 * @param patterns of the lines as they are written, JSON; each must come at least once
 */
export function expectLogged(...patterns: RegExp[]): void {
  announced.push(...patterns.map((pattern) => ({ pattern, isMet: false, mustCome: true })));
}

/** The same of lines that come or do not, as where two things happen at one moment. */
export function mayBeLogged(...patterns: RegExp[]): void {
  announced.push(...patterns.map((pattern) => ({ pattern, isMet: false, mustCome: false })));
}

const fileNow = () => expect.getState().testPath ?? "no test file";

/** Keeps a line to be judged when the test ends. */
export function noteLogged(text: string, file = fileNow()): void {
  lines.push({ text: text.trim(), file, isAnnounced: false });
}

/**
 * Empties what came after the last judgement of an earlier file in this process: no test of the next
 * one wrote it. Called before a file's tests.
 *
 * @returns what to say of it, a line for each, with the file it came in
 */
export function forgetLateLines(): string[] {
  announced.length = 0;
  return lines.splice(0).map(({ text, file }) => `Logged after the last test of ${file}: ${text}`);
}

/**
 * Judges what was written since the last time.
 *
 * @throws Error with the lines that no test announced, and what was announced and did not come
 */
export function judgeLogged(): void {
  for (const one of announced) {
    for (const line of lines.filter(({ text }) => one.pattern.test(text))) {
      line.isAnnounced = true;
      one.isMet = true;
    }
  }
  const unexpected = lines.filter(({ isAnnounced }) => !isAnnounced);
  const missing = announced.filter(({ isMet, mustCome }) => mustCome && !isMet);
  lines.length = 0;
  announced.length = 0;
  const faults = [
    ...unexpected.map(({ text, file }) => `Not announced by expectLogged: ${text} (in ${file})`),
    ...missing.map(({ pattern }) => `Announced, and not in the log: ${pattern}`),
  ];
  if (faults.length > 0) throw new Error(`The log is not as this test says.\n${faults.join("\n")}`);
}
