import { ensureGenerated } from "../lib/building/generate.mjs";
import { ensureInstalled } from "../lib/building/install.mjs";
import {
  makeTestDirectory,
  removeTestDirectory,
} from "../lib/embedded-database/test-directory.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";
import { interruptTools } from "../lib/machine/run-tool.mjs";
import { withoutSettings } from "../lib/machine/settings-names.mjs";

/** Runs the parts asked for, all by default, and ends with `N passed, N failed`. */
export async function testCommand([wanted, ...rest]) {
  const stopping = stopOnSignal();
  let environment;
  let parts = [];
  const total = { passed: 0, failed: 0 };
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
  for (const part of parts) {
    if (stopping.asked) break;
    console.log(`\n== ${part.name}: ${part.title}`);
    const { passed, failed } = await runPart(part, { environment, args: rest }, stopping);
    console.log(`== ${part.name}: ${passed} passed, ${failed} failed`);
    total.passed += passed;
    total.failed += failed;
  }
  if (environment) await removeTestDirectory(environment.TMPDIR);
  if (stopping.asked) process.exit(130);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}

// A part that crashed or ran nothing has shown nothing: it counts as failed.
async function runPart(part, options, stopping) {
  try {
    const { passed, failed } = await part.run(options);
    return passed + failed > 0 ? { passed, failed } : { passed: 0, failed: 1 };
  } catch (error) {
    if (!stopping.asked) printFault(error);
    return { passed: 0, failed: 1 };
  }
}

function testEnvironment() {
  const temporary = makeTestDirectory("portaria-test-");
  return { ...withoutSettings(process.env), TMPDIR: temporary, NEXT_TELEMETRY_DISABLED: "1" };
}

// The part that runs is told once, however often we are (npm repeats a Ctrl-C); then we clean up.
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
