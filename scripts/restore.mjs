import { runCommand } from "./run-command.mjs";

// npm run restore: a backup into an empty database.
await runCommand("restore-command", "runRestoreCommand");
