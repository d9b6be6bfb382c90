import { nodeVersionFault } from "./node-version.mjs";

// npm run staff: invites to the staff, lists it and changes roles, beside the running server.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { prepare } = await import("./prepare.mjs");
await prepare();
const { runStaffCommand } = await import("../lib/server/staff-command.ts");
await runStaffCommand(process.argv.slice(2));
