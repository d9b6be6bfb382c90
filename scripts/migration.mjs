import { printFault } from "../lib/machine/operator-error.mjs";
import { registerTypeScript } from "../lib/machine/typescript.mjs";

// npm run migration -- <name>: writes the next migration from the changes in schema.prisma.
try {
  await registerTypeScript();
  const { writeMigration } = await import("../prisma/new-migration.ts");
  const path = await writeMigration(process.argv[2] ?? "", new Date());
  console.log(path ? `Written: ${path}` : "The migrations already lead to schema.prisma.");
  process.exit(0);
} catch (error) {
  printFault(error);
  process.exit(1);
}
