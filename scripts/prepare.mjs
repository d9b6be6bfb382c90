import { ensureGenerated } from "./generate.mjs";
import { ensureInstalled } from "./install.mjs";
import { printFault } from "./operator-error.mjs";
import { readSettingsFile } from "./settings-file.mjs";
import { quitOnSignal } from "./signals.mjs";
import { registerTypeScript } from "./typescript.mjs";

/** Installs, generates and lets this process import TypeScript; ends it with 1 when it cannot. */
export async function prepare() {
  const keepOn = quitOnSignal();
  try {
    readSettingsFile();
    await ensureInstalled();
    await ensureGenerated();
    await registerTypeScript();
    keepOn();
  } catch (error) {
    printFault(error);
    process.exit(1);
  }
}
