import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/mail-burst.mjs [mails] [limit] [processes]: how long a burst of codes takes at a provider's limit.
await prepare();
const { measureBurst } = await import("./burst-of-codes.ts");
const [mails = 60, limit = 5, workers = 1] = process.argv.slice(2).map(Number);
try {
  await measureBurst({ mails, limit, workers });
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
