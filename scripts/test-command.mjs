import { ensureGenerated } from "../lib/building/generate.mjs";
import { ensureInstalled } from "../lib/building/install.mjs";
import {
  makeTestDirectory,
  removeTestDirectory,
} from "../lib/embedded-database/test-directory.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";
import { interruptTools } from "../lib/machine/run-tool.mjs";
import { withoutSettings } from "../lib/machine/settings-names.mjs";
import { describeShares } from "./test-shares.mjs";

/** Runs the parts asked for, all by default, and ends with `N passed, N failed`. */
export async function testCommand([wanted, ...rest]) {
  const stopping = stopOnSignal();
  let environment;
  let parts = [];
  const total = { passed: 0, failed: 0 };
  const shares = [];
  const failures = [];
  const sinceLast = stopWatch();
  try {
    environment = testEnvironment();
    await ensureInstalled();
    await ensureGenerated();
    const { testParts } = await import("./test-parts.mjs");
    parts = testParts.filter(({ name }) => wanted === undefined || name === wanted);
    if (parts.length === 0)
      throw new Error(`No part ${wanted}: ${testParts.map(({ name }) => name).join(", ")}.`);
  } catch (error) {
    printFault(error);
    total.failed++;
  }
  shares.push({ name: "what is missing is installed and generated", seconds: sinceLast() });
  for (const part of parts) {
    if (stopping.asked) break;
    console.log(`\n== ${part.name}: ${part.title}`);
    const counted = await runPart(part, { environment, args: rest }, stopping);
    const { passed, failed, files } = counted;
    console.log(`== ${part.name}: ${passed} passed, ${failed} failed`);
    total.passed += passed;
    total.failed += failed;
    shares.push({ name: part.name, seconds: sinceLast(), files });
    if (failed > 0) failures.push(...(counted.failures ?? [part.title]));
  }
  if (environment) await removeTestDirectory(environment.TMPDIR);
  if (stopping.asked) process.exit(130);
  // Nothing newer than the check of Node may be read before it has passed.
  if (shares.length > 1)
    console.log(`\nWhere the time went:\n${describeShares(shares).join("\n")}`);
  if (failures.length > 0) console.log(`\nWhat failed:\n${failures.join("\n")}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}

// A part that crashed or ran nothing has shown nothing: it counts as failed.
async function runPart(part, options, stopping) {
  try {
    const counted = await part.run(options);
    return counted.passed + counted.failed > 0 ? counted : { passed: 0, failed: 1 };
  } catch (error) {
    if (!stopping.asked) printFault(error);
    return { passed: 0, failed: 1 };
  }
}

/** Seconds since it was asked before. */
function stopWatch() {
  let last = performance.now();
  return () => {
    const before = last;
    last = performance.now();
    return (last - before) / 1000;
  };
}

function testEnvironment() {
  const temporary = makeTestDirectory("portaria-test-");
  return { ...withoutSettings(process.env), TMPDIR: temporary, NEXT_TELEMETRY_DISABLED: "1" };
}

// The part that runs is signalled once, however often we are (npm repeats a Ctrl-C); then we clean
// up.
function stopOnSignal() {
  const state = { asked: false };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => {
      if (state.asked) return;
      state.asked = true;
      interruptTools();
    });
  return state;
}
