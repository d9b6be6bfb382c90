import { nodeVersionFault } from "./node-version.mjs";

// npm run build: all that npm start does before it starts, for images and for hosts without a registry.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
const { printFault } = await import("./operator-error.mjs");
const { quitOnSignal } = await import("./signals.mjs");
quitOnSignal();
try {
  const { ensureCode, ensureTools } = await import("./prepare.mjs");
  const { ensureBuilt, isBuilt } = await import("./build.mjs");
  const { findBinaries } = await import("./postgres/binaries.mjs");
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
