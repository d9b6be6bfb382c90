import { join } from "node:path";
import { ensureBrowser } from "../scripts/browser.mjs";
import { ensureBuilt } from "../scripts/build.mjs";
import { prepare } from "../scripts/prepare.mjs";
import { root } from "../scripts/project.mjs";
import { readSecrets } from "../scripts/secrets.mjs";

// node docs/retake-screenshots.mjs: takes README's pictures again.
const demo = "maria@example.com";
const wide = { width: 860, height: 960 };
const phone = { width: 390, height: 960 };
// RFC 5737: addresses that belong to nobody. The second is Maria's home (prisma/seed.ts).
const [elsewhere, home] = ["198.51.100.36", "203.0.113.24"];

await prepare();
const { chromium } = await import("@playwright/test");
const { startInstallation } = await import("../lib/testing/installation.ts");
await ensureBuilt();
const server = await startInstallation("pictures", { TRUSTED_PROXIES: "127.0.0.0/8" });
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const open = (viewport, headers = {}) =>
  browser.newPage({
    baseURL: server.url,
    viewport,
    colorScheme: "light",
    locale: "en-GB",
    extraHTTPHeaders: headers,
  });
const take = (page, name) => page.screenshot({ path: join(root, "docs", "images", `${name}.png`) });
const password = readSecrets(server.dataDir).demoPasswords[demo];
async function signIn(viewport, ip) {
  const page = await open(viewport, { "X-Forwarded-For": ip });
  await page.goto("/login");
  await page.getByLabel("Email").fill(demo);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  return page;
}
/** Where a mail's link leads, by the mail's subject. */
async function linkIn(subject, path) {
  const mailbox = await open(wide);
  await mailbox.goto("/mailbox");
  await mailbox.getByRole("link", { name: subject }).first().click();
  const text = await mailbox.getByRole("main").innerText();
  await mailbox.close();
  return new RegExp(`\\${path}\\?token=[\\w-]+`).exec(text)?.[0] ?? path;
}
try {
  for (const [name, viewport] of [
    ["verify", wide],
    ["verify-phone", phone],
  ]) {
    const page = await signIn(viewport, elsewhere);
    await page.getByText("about 10 minutes left").waitFor();
    await page.mouse.move(0, 0);
    await page.getByLabel("Verification code").focus();
    await take(page, name);
    await page.close();
  }
  const page = await signIn(wide, home);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.goto("/account/security");
  await take(page, "security");
  const notMe = await open(phone);
  await notMe.goto(await linkIn("A new browser signed in", "/not-me"));
  await take(notMe, "not-me-phone");
} finally {
  await browser.close();
  await server.stop();
}
process.exit(0);
