import { nodeVersionFault } from "../lib/machine/node-version.mjs";

// npm test; npm test -- unit (or lint, types, e2e) runs one part and hands it what follows.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
const { testCommand } = await import("./test-command.mjs");
await testCommand(process.argv.slice(2));
