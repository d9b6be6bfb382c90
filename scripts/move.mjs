import { runCommand } from "./run-command.mjs";

// npm run move: all rows into another database, which is the one from then on.
await runCommand("move-command", "runMoveCommand");
