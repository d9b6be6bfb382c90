import { nodeVersionFault } from "../lib/machine/node-version.mjs";

/**
 * Runs what stands behind `npm run …` with the words that were typed, as in production: the function `name`
 * of a compiled `module`. Nothing newer than the check may be read by an old Node.
 * @param {string} module as `prepareCommand` takes it, such as "staff-command"
 * @param {string} name of what it exports, such as "runStaffCommand"
 */
export async function runCommand(module, name) {
  const fault = nodeVersionFault(process.versions.node);
  if (fault) {
    console.error(fault);
    process.exit(1);
  }
  process.env.NODE_ENV = "production";
  const { prepareCommand } = await import("../lib/building/prepare.mjs");
  const commands = await prepareCommand(module);
  await commands[name](process.argv.slice(2));
}
