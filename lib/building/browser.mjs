import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../machine/operator-error.mjs";
import { sayProgress } from "../machine/progress.mjs";
import { root } from "../machine/project.mjs";
import { runTool } from "../machine/run-tool.mjs";

const ofTheSystem = [
  // Chromium without its windows, as Playwright's own is: about a third less to compute.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The path of a Chromium that runs: Playwright's own, the system's, else one it installs. Throws an
 * `OperatorError` that names what to install when it may not or cannot.
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found) return found;
  sayProgress("Fetching a browser for the end-to-end tests …");
  const cli = join(root, "node_modules", "playwright", "cli.js");
  await runTool(process.execPath, [cli, "install", "chromium"], {
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "15000" },
  });
  const fetched = await findBrowser();
  if (fetched) return fetched;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runTool("apt-get", ["update", "-qq"], { env });
    // Older releases have no package of the shell alone.
    for (const name of ["chromium-headless-shell", "chromium"]) {
      // Never at the price of a package that is there.
      const flags = ["-y", "-qq", "--no-install-recommends", "--no-remove"];
      await runTool("apt-get", ["install", ...flags, name], { env });
      const installed = await findBrowser();
      if (installed) return installed;
    }
  }
  throw new OperatorError(
    "There is no Chromium for the end-to-end tests and none could be fetched: install the package chromium (apt-get install chromium), then run npm test again.",
  );
}

async function findBrowser() {
  const { chromium } = await import("playwright-core");
  return [chromium.executablePath(), ...ofTheSystem].find(runs);
}

// A file may be there and not run: Ubuntu's chromium-browser is a stub, and libraries may be missing.
function runs(path) {
  return existsSync(path) && spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}
