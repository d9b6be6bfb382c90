import { nodeVersionFault } from "./node-version.mjs";

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
  const { isInstalled } = await import("./install.mjs");
  const { root } = await import("./project.mjs");
  if (!isInstalled(root)) {
    console.error("The packages of these sources are not installed yet: npm run worker does that.");
    process.exit(1);
  }
}
const { prepare } = await import("./prepare.mjs");
await prepare();
const { runWorkerCommand } = await import("../lib/server/start-worker.ts");
await runWorkerCommand(words);
