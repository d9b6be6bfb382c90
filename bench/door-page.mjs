import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/door-page.mjs: the JavaScript that each page of the way in ships.
await prepare();
const { weighDoorPages } = await import("./door-page-weight.ts");
try {
  await weighDoorPages();
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
