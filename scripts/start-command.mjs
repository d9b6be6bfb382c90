import { setFlagsFromString } from "node:v8";
import { ensureBuilt, isBuilt } from "../lib/building/build.mjs";
import { compileScripts, entryPoints, isCompiled, loadCompiled } from "../lib/building/compile.mjs";
import { isInstalled } from "../lib/building/install.mjs";
import { keepNextFromEnvFiles } from "../lib/building/next-env-files.mjs";
import { ensureCode, ensureTools } from "../lib/building/prepare.mjs";
import { prepareDataDirectory } from "../lib/data-directory/data-directory.mjs";
import { readSecrets } from "../lib/data-directory/secrets.mjs";
import { printFault } from "../lib/machine/operator-error.mjs";
import { checkPort } from "../lib/machine/port.mjs";
import { developmentScripts, root } from "../lib/machine/project.mjs";
import { readSettingsFile } from "../lib/machine/settings-file.mjs";
import { quitOnSignal, stopWhenInputEnds } from "../lib/machine/signals.mjs";
import { registerTypeScript } from "../lib/machine/typescript.mjs";

// Under load a sixth less memory than V8 takes by itself, and no more of the processor than runs differ
// (docs/engineering.md, "What a server's memory is").
const HEAP_GROWING_PERCENT = 120;

/** Does everything between a fresh clone and a server that runs; ends the process when it cannot. */
export async function startCommand({ dev }) {
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // By itself V8 lets the heap become up to four times what lives before it collects all of it.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const keepOn = quitOnSignal();
  if (process.argv.includes("--until-stdin-ends")) stopWhenInputEnds();
  try {
    readSettingsFile();
    // Installing takes its time: what can be known without it is reported first.
    if (!isInstalled(root, { toRun: !dev && isCompiled() })) await checkGivenPort();
    const load = dev ? await loadSources() : await loadCode();
    const { readEnvironment } = await load("env");
    const settings = readEnvironment(process.env);
    await checkPort(settings.host, settings.port);
    // Before the build, which takes its time.
    if (!settings.databaseUrl) readSecrets(prepareDataDirectory(settings.dataDir));
    keepNextFromEnvFiles();
    if (dev) delete process.env.PORTARIA_DIST;
    else {
      if (!isBuilt()) await ensureTools();
      process.env.PORTARIA_DIST = await ensureBuilt();
    }
    const { start } = await load("start");
    keepOn();
    await start({ dev });
  } catch (error) {
    printFault(error);
    process.exit(1);
  }
}

// A server that only runs loads what was compiled: it needs neither tools nor sources of TypeScript.
async function loadCode() {
  await ensureCode();
  return loadCompiled;
}

async function loadSources() {
  await ensureTools();
  await registerTypeScript();
  await compileScripts(developmentScripts);
  return (name) => import(`../${entryPoints()[name]}`);
}

// A value that is no port is left to the check of all settings, which says so.
async function checkGivenPort() {
  const given = process.env.PORT?.trim() || "3000";
  const port = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (port < 1 || port > 65535) return;
  await checkPort(process.env.HOST?.trim() || "127.0.0.1", port);
}
