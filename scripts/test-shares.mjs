import { stripVTControlCharacters } from "node:util";

/**
 * A file of tests and how long its tests took, one after the other.
 * @typedef {{ name: string, seconds: number }} Timed
 */

const shown = 10;
const shownLines = 6;
const shownWidth = 300;

/**
 * Says where the time of a run went: each part's share of the whole, and of each part its slowest files with
 * their share of all its tests' time.
 * @param {(Timed & { files?: Timed[] })[]} parts
 * @returns {string[]} lines
 */
export function describeShares(parts) {
  const all = total(parts);
  const lines = parts.map((part) => `${share(part.seconds, all)}  ${part.name}`);
  for (const { name, files = [] } of parts) {
    if (files.length < 2) continue;
    const slowest = files.toSorted((one, other) => other.seconds - one.seconds).slice(0, shown);
    lines.push(`The slowest of ${files.length} files of ${name}, by the time of its tests:`);
    for (const file of slowest) lines.push(`${share(file.seconds, total(files))}  ${file.name}`);
  }
  return lines;
}

/**
 * The files of a report of Vitest's JSON reporter.
 * @param {{ testResults: { name: string, startTime: number, endTime: number }[] }} report
 * @returns {Timed[]}
 */
export function filesOfVitest({ testResults }) {
  return testResults.map(({ name, startTime, endTime }) => ({
    name,
    seconds: (endTime - startTime) / 1000,
  }));
}

/**
 * The files of a report of Playwright's JSON reporter, second tries included.
 * @returns {Timed[]}
 */
export function filesOfPlaywright({ suites }) {
  return suites.map((suite) => ({ name: suite.file, seconds: secondsOf(suite) }));
}

function secondsOf({ specs = [], suites = [] }) {
  const tries = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results));
  const own = tries.reduce((sum, { duration }) => sum + duration / 1000, 0);
  return suites.reduce((sum, suite) => sum + secondsOf(suite), own);
}

/**
 * The tests that failed in a report of Vitest's JSON reporter, and the files that could not be read.
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} report
 * @returns {string[]} file › test: why
 */
export function failuresOfVitest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length > 0)
      return failed.map(
        ({ fullName, failureMessages }) => `${name} › ${fullName}${reason(failureMessages?.[0])}`,
      );
    return status === "failed" ? [`${name}${reason(message)}`] : [];
  });
}

/**
 * The tests that failed in a report of Playwright's JSON reporter.
 * @param {{ suites: object[], errors?: { message: string }[] }} report
 * @returns {string[]} file › test: why
 */
export function failuresOfPlaywright({ suites, errors = [] }) {
  const outside = errors.map(({ message }) => `outside of any test: ${message}`);
  return [...suites.flatMap((suite) => failedIn(suite, [])), ...outside];
}

function failedIn({ title, specs = [], suites = [] }, above) {
  const path = [...above, title];
  const own = specs
    .filter(({ ok }) => !ok)
    .map((spec) => `${[...path, spec.title].join(" › ")}${reason(lastError(spec))}`);
  return [...own, ...suites.flatMap((suite) => failedIn(suite, path))];
}

const lastError = ({ tests = [] }) =>
  tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? [])).at(-1);

/** The first lines of an error: the stack and the colours are above, where the test ran. */
function reason(message) {
  if (!message) return "";
  const lines = stripVTControlCharacters(message).split("\n").filter(Boolean);
  return lines
    .slice(0, shownLines)
    .map((line) => `\n    ${line.slice(0, shownWidth)}`)
    .join("");
}

const total = (timed) => timed.reduce((sum, { seconds }) => sum + seconds, 0);

function share(seconds, all) {
  return `${((100 * seconds) / (all || 1)).toFixed(1).padStart(5)} %`;
}
