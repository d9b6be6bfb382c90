import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/over-load.mjs [another checkout]: three times what the machine can serve, and health meanwhile.
await prepare();
const { measureOverLoad } = await import("./over-load.ts");
try {
  await measureOverLoad(process.argv[2]);
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
