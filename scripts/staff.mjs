import { runCommand } from "./run-command.mjs";

// npm run staff: invites to the staff, lists it and changes roles, beside the running server.
await runCommand("staff-command", "runStaffCommand");
