import { runCommand } from "./run-command.mjs";

// npm run audit: checks the audit log, and prints what an application role may do.
await runCommand("audit-command", "runAuditCommand");
