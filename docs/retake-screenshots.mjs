import { join } from "node:path";
import { ensureBrowser } from "../scripts/browser.mjs";
import { ensureBuilt } from "../scripts/build.mjs";
import { prepare } from "../scripts/prepare.mjs";
import { root } from "../scripts/project.mjs";
import { readSecrets } from "../scripts/secrets.mjs";

// node docs/retake-screenshots.mjs: takes README's pictures of /verify again.
const demo = "maria@example.com";
const views = [
  { name: "verify", viewport: { width: 860, height: 960 } },
  { name: "verify-phone", viewport: { width: 390, height: 960 } },
];

await prepare();
const { chromium } = await import("@playwright/test");
const { startInstallation } = await import("../lib/testing/installation.ts");
await ensureBuilt();
const server = await startInstallation("pictures", { TRUSTED_PROXIES: "127.0.0.0/8" });
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const password = readSecrets(server.dataDir).demoPasswords[demo];
  for (const { name, viewport } of views) {
    const page = await browser.newPage({
      baseURL: server.url,
      viewport,
      colorScheme: "light",
      locale: "en-GB",
      // RFC 5737: an address that belongs to nobody.
      extraHTTPHeaders: { "X-Forwarded-For": "198.51.100.36" },
    });
    await page.goto("/login");
    await page.getByLabel("Email").fill(demo);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("about 10 minutes left").waitFor();
    await page.mouse.move(0, 0);
    await page.getByLabel("Verification code").focus();
    await page.screenshot({ path: join(root, "docs", "images", `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
process.exit(0);
