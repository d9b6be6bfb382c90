import { nodeVersionFault } from "./node-version.mjs";

// npm run staff: invites to the staff, lists it and changes roles, beside the running server.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepareCommand } = await import("./prepare.mjs");
const { runStaffCommand } = await prepareCommand("staff-command");
await runStaffCommand(process.argv.slice(2));
