import { nodeVersionFault } from "../lib/machine/node-version.mjs";

// npm run bench: floor and product in turn; what follows names another thing to measure.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
const { prepare } = await import("../lib/building/prepare.mjs");
await prepare();
const { runBench } = await import("../bench/run-bench.ts");
await runBench(process.argv.slice(2));
