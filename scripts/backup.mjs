import { nodeVersionFault } from "./node-version.mjs";

// npm run backup: all rows and the secrets in one file, also while a server runs.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepareCommand } = await import("./prepare.mjs");
const { runBackupCommand } = await prepareCommand("backup-command");
await runBackupCommand(process.argv.slice(2));
