import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/crowded-places.mjs [accounts]: one customer with a hundred places, and everybody else.
await prepare();
const { measureCrowdedPlaces } = await import("./crowded-places-load.ts");
try {
  await measureCrowdedPlaces(Number(process.argv[2] ?? 200_000));
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
