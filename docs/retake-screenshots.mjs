import { join } from "node:path";
import { ensureBrowser } from "../lib/building/browser.mjs";
import { ensureBuilt } from "../lib/building/build.mjs";
import { prepare } from "../lib/building/prepare.mjs";
import { readSecrets } from "../lib/data-directory/secrets.mjs";
import { root } from "../lib/machine/project.mjs";

// node docs/retake-screenshots.mjs: takes README's pictures again.
const [demo, staff] = ["maria@example.com", "sofia@example.com"];
const wide = { width: 860, height: 960 };
const phone = { width: 390, height: 960 };
// RFC 5737: addresses that belong to nobody. The second is Maria's home (prisma/seed.ts).
const [elsewhere, home, hotel, desk] = [
  "198.51.100.36",
  "203.0.113.24",
  "198.51.100.99",
  "198.51.100.5",
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
const open = (viewport, headers = {}) =>
  browser.newPage({
    baseURL: server.url,
    viewport,
    colorScheme: "light",
    locale: "en-GB",
    extraHTTPHeaders: headers,
  });
const take = (page, name) => page.screenshot({ path: join(root, "docs", "images", `${name}.png`) });
const passwords = readSecrets(server.dataDir).demoPasswords;
async function signIn(viewport, ip, email = demo) {
  const page = await open(viewport, { "X-Forwarded-For": ip });
  await page.goto("/login");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(passwords[email]);
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
/** The code in the newest mail to an address. */
async function codeOf(email) {
  const mailbox = await open(wide);
  const mails = mailbox.getByRole("list", { name: "Mail, newest first" }).getByRole("link");
  let code = null;
  for (let look = 0; code === null && look < 40; look += 1) {
    await mailbox.goto(`/mailbox?to=${encodeURIComponent(email)}`);
    const [newest = ""] = await mails.allInnerTexts();
    code = /^\d{6}(?= )/.exec(newest)?.[0] ?? null;
  }
  await mailbox.close();
  return code ?? "";
}
/** Types a code on the page that is open. */
async function typeCode(page, code) {
  await page.getByLabel("Verification code").fill(code);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
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

  // Three wrong codes in a hotel: the card that Maria and support both see.
  const blocked = await signIn(phone, hotel);
  for (let attempt = 0; attempt < 3; attempt += 1) await typeCode(blocked, "000000");
  await blocked.getByText("Signing in is blocked until").first().waitFor();
  await take(blocked, "blocked-phone");
  const support = await signIn({ width: 1120, height: 1000 }, desk, staff);
  await support.getByLabel("Verification code").waitFor();
  await typeCode(support, await codeOf(staff));
  await support.getByRole("button", { name: "Sign out" }).waitFor();
  await support.goto(`/support?q=${encodeURIComponent(demo)}`);
  await support.getByRole("table").getByRole("link").first().click();
  await support.getByRole("heading", { name: "Blocks" }).waitFor();
  await take(support, "support-customer");
  await support.goto("/support/cases");
  await support.getByRole("table").getByRole("link").first().click();
  await support.getByRole("heading", { name: "Documents sent" }).waitFor();
  await take(support, "case");

  const lost = await signIn(phone, elsewhere);
  await lost.getByRole("link", { name: "I no longer have access to this mailbox" }).click();
  await lost.getByRole("button", { name: "Start the request" }).click();
  await lost.getByLabel("New email address").fill("maria@new.example");
  await lost.mouse.move(0, 0);
  await take(lost, "recover-phone");
} finally {
  await browser.close();
  await server.stop();
}
process.exit(0);
