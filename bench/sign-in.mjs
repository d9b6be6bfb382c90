import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/sign-in.mjs [rounds]: what a sign-in costs beside its password's hash.
await prepare();
const { measureSignIns } = await import("./sign-in-costs.ts");
try {
  await measureSignIns(Number(process.argv[2] ?? 200));
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
