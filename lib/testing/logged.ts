/** A line of level warn or error that was written while tests ran, and whether a test announced it. */
type Line = { text: string; isAnnounced: boolean };
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

/** Keeps a line to be judged when the test ends. */
export function noteLogged(text: string): void {
  lines.push({ text: text.trim(), isAnnounced: false });
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
  const unexpected = lines.filter(({ isAnnounced }) => !isAnnounced).map(({ text }) => text);
  const missing = announced.filter(({ isMet, mustCome }) => mustCome && !isMet);
  lines.length = 0;
  announced.length = 0;
  const faults = [
    ...unexpected.map((text) => `Not announced by expectLogged: ${text}`),
    ...missing.map(({ pattern }) => `Announced, and not in the log: ${pattern}`),
  ];
  if (faults.length > 0) throw new Error(`The log is not as this test says.\n${faults.join("\n")}`);
}
