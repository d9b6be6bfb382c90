import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureBrowser } from "../lib/building/browser.mjs";
import { ensureBuilt } from "../lib/building/build.mjs";
import { ensureCompiled } from "../lib/building/compile.mjs";
import { root } from "../lib/machine/project.mjs";
import { runTool } from "../lib/machine/run-tool.mjs";
import {
  failuresOfPlaywright,
  failuresOfVitest,
  filesOfPlaywright,
  filesOfVitest,
} from "./test-shares.mjs";

const bin = (...path) => join(root, "node_modules", ...path);

/**
 * What `npm test` runs, in this order; `run` gives how many tests passed and how many failed, and of parts of
 * many files how long each took and which tests failed.
 */
export const testParts = [
  {
    name: "lint",
    title: "formatting and lint (biome)",
    run: ({ environment }) =>
      asOne(environment, bin("@biomejs", "biome", "bin", "biome"), ["ci", "."]),
  },
  {
    name: "types",
    title: "types (tsc)",
    run: ({ environment }) =>
      asOne(environment, bin("typescript", "bin", "tsc"), ["--noEmit", "--incremental", "false"]),
  },
  { name: "unit", title: "unit and integration, on a real PostgreSQL (vitest)", run: runVitest },
  {
    name: "e2e",
    title: "end to end, production build and real Chromium (playwright)",
    run: runPlaywright,
  },
];

async function asOne(env, script, args) {
  const { code } = await runTool(process.execPath, [script, ...args], { env, show: true });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runVitest({ environment, args }) {
  // Of tests that start a command at once the first would compile it, and the others wait and say so.
  await ensureCompiled();
  const report = join(environment.TMPDIR, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const command = [bin("vitest", "vitest.mjs"), "run", ...reporters, ...args];
  const { code } = await runTool(process.execPath, command, { env: environment, show: true });
  const results = JSON.parse(readFileSync(report, "utf8"));
  const { numPassedTests } = results;
  const failures = failuresOfVitest(results).map((failure) => failure.replace(`${root}/`, ""));
  const files = filesOfVitest(results).map(({ name, ...rest }) => ({
    ...rest,
    name: relative(root, name),
  }));
  return { ...atLeastOne(code, numPassedTests, failures.length), files, failures };
}

async function runPlaywright({ environment, args }) {
  const browser = await ensureBrowser();
  await ensureCompiled();
  await ensureBuilt();
  const report = join(environment.TMPDIR, "playwright.json");
  const env = {
    ...environment,
    PORTARIA_CHROMIUM: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const command = [bin("@playwright", "test", "cli.js"), "test", "--reporter=list,json", ...args];
  const { code } = await runTool(process.execPath, command, { env, show: true });
  const results = JSON.parse(readFileSync(report, "utf8"));
  const { stats, errors } = results;
  const counts = atLeastOne(code, stats.expected + stats.flaky, stats.unexpected + errors.length);
  return { ...counts, files: filesOfPlaywright(results), failures: failuresOfPlaywright(results) };
}

// What went wrong outside any test shows in the exit code alone.
function atLeastOne(code, passed, failed) {
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}
