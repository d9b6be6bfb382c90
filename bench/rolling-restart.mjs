import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/rolling-restart.mjs: what nginx answers while two processes behind it are restarted.
await prepare();
const { measureRollingRestarts } = await import("./rolling-restarts.ts");
try {
  await measureRollingRestarts();
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
