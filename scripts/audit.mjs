import { nodeVersionFault } from "./node-version.mjs";

// npm run audit: checks the audit log, and prints what an application role may do.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepareCommand } = await import("./prepare.mjs");
const { runAuditCommand } = await prepareCommand("audit-command");
await runAuditCommand(process.argv.slice(2));
