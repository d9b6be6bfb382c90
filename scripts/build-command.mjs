import { nodeVersionFault } from "../lib/machine/node-version.mjs";

// npm run build: all that npm start does before it starts, for images and for hosts without a registry.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
const { printFault } = await import("../lib/machine/operator-error.mjs");
const { quitOnSignal } = await import("../lib/machine/signals.mjs");
quitOnSignal();
try {
  const { ensureCode, ensureTools } = await import("../lib/building/prepare.mjs");
  const { ensureBuilt, isBuilt } = await import("../lib/building/build.mjs");
  const { findBinaries } = await import("../lib/embedded-database/binaries.mjs");
  await ensureCode();
  if (!isBuilt()) await ensureTools();
  // Where npm held install scripts back, PostgreSQL's links are made now: a start may not write here.
  try {
    findBinaries();
  } catch {}
  console.log(`Built: ${await ensureBuilt()}`);
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
