import { runCommand } from "./run-command.mjs";

// npm run staff: invites to the staff, lists it, changes roles and takes lost factors away, beside the running server.
await runCommand("staff-command", "runStaffCommand");
