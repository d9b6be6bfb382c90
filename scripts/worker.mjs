import { nodeVersionFault } from "./node-version.mjs";

// npm run worker: the jobs alone, for WORKER=off.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepareCommand } = await import("./prepare.mjs");
const { startWorkerAlone } = await prepareCommand("start-worker");
await startWorkerAlone();
