import { nodeVersionFault } from "../lib/machine/node-version.mjs";

// npm start, and npm run dev with --dev. Nothing newer than this line may be read by an old Node.
const fault = nodeVersionFault(process.versions.node);
if (fault) {
  console.error(fault);
  process.exit(1);
}
const { startCommand } = await import("./start-command.mjs");
await startCommand({ dev: process.argv.includes("--dev") });
