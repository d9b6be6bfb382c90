import { nodeVersionFault } from "./node-version.mjs";

// npm run move: all rows into another database, which is the one from then on.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepareCommand } = await import("./prepare.mjs");
const { runMoveCommand } = await prepareCommand("move-command");
await runMoveCommand(process.argv.slice(2));
