import { nodeVersionFault } from "./node-version.mjs";

// npm run worker: the jobs alone, for WORKER=off.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepare } = await import("./prepare.mjs");
await prepare();
const { startWorkerAlone } = await import("../lib/server/start-worker.ts");
await startWorkerAlone();
