import { printFault } from "../machine/operator-error.mjs";
import { root } from "../machine/project.mjs";
import { readSettingsFile } from "../machine/settings-file.mjs";
import { quitOnSignal } from "../machine/signals.mjs";
import { registerTypeScript } from "../machine/typescript.mjs";
import { ensureCompiled, isCompiled, loadCompiled } from "./compile.mjs";
import { ensureGenerated } from "./generate.mjs";
import { ensureInstalled, isInstalled } from "./install.mjs";

/** Installs, generates and lets this process import TypeScript; ends it with 1 when it cannot. */
export function prepare() {
  return orQuit(async () => {
    await ensureTools();
    await registerTypeScript();
  });
}

/**
 * The module of a command, such as "staff-command" (`entryPoints` in compile.mjs), as it was compiled;
 * installs and compiles what is missing, and ends this process with 1 when it cannot.
 */
export function prepareCommand(name) {
  return orQuit(async () => {
    await ensureCode();
    return loadCompiled(name);
  });
}

/** Whether the compiled code is there, and the packages that it runs with. */
export function isReadyToRun() {
  return isCompiled() && isInstalled(root, { toRun: true });
}

/** Makes the compiled code runnable. Where it is, nothing is written and nothing asked of a registry. */
export async function ensureCode() {
  if (isReadyToRun()) return;
  await ensureTools();
  await ensureCompiled();
}

/** Installs and generates what building needs. */
export async function ensureTools() {
  await ensureInstalled();
  await ensureGenerated();
}

async function orQuit(work) {
  const keepOn = quitOnSignal();
  try {
    readSettingsFile();
    const result = await work();
    keepOn();
    return result;
  } catch (error) {
    printFault(error);
    process.exit(1);
  }
}
