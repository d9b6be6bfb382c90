import { printFault } from "../scripts/operator-error.mjs";
import { prepare } from "../scripts/prepare.mjs";

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
