import { nodeVersionFault } from "../lib/machine/node-version.mjs";

// npm run worker: the jobs alone, for WORKER=off; with --health how the workers of this machine do.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const words = process.argv.slice(2);
if (words.includes("--health")) {
  // Asked every few seconds, and in the middle of an upgrade: it only looks.
  const { isReadyToRun } = await import("../lib/building/prepare.mjs");
  if (!isReadyToRun()) {
    console.error("These sources are not installed and built yet: npm run worker does that.");
    process.exit(1);
  }
}
const { prepareCommand } = await import("../lib/building/prepare.mjs");
const { runWorkerCommand } = await prepareCommand("start-worker");
await runWorkerCommand(words);
