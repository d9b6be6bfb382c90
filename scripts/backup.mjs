import { runCommand } from "./run-command.mjs";

// npm run backup: all rows and the secrets in one file, also while a server runs.
await runCommand("backup-command", "runBackupCommand");
