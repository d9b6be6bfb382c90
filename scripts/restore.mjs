import { nodeVersionFault } from "./node-version.mjs";

// npm run restore: a backup into an empty database.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepareCommand } = await import("./prepare.mjs");
const { runRestoreCommand } = await prepareCommand("restore-command");
await runRestoreCommand(process.argv.slice(2));
