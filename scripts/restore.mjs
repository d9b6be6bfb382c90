import { nodeVersionFault } from "./node-version.mjs";

// npm run restore: a backup into an empty database.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepare } = await import("./prepare.mjs");
await prepare();
const { runRestoreCommand } = await import("../lib/backup/restore-command.ts");
await runRestoreCommand(process.argv.slice(2));
