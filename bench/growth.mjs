import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/growth.mjs [accounts]: the statements of pages, sign-ins and the worker in tables of a thousand
// accounts and in large ones, by a database of its own; GROWTH_DATABASE_URL names one that is filled already.
await prepare();
const { measureGrowth } = await import("./growth-load.ts");
try {
  await measureGrowth(Number(process.argv[2] ?? 200_000));
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
