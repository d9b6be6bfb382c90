import { prepare } from "../lib/building/prepare.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";

// node bench/mail-fill.mjs [rounds]: what a mail costs rendered by its template, and what filled.
await prepare();
const { measureMails } = await import("./mail-fill.ts");
try {
  await measureMails(Number(process.argv[2] ?? 100));
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
