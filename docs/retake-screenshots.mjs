import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { ensureBrowser } from "../lib/building/browser.mjs";
import { ensureBuilt } from "../lib/building/build.mjs";
import { prepare } from "../lib/building/prepare.mjs";
import { readSecrets } from "../lib/data-directory/secrets.mjs";
import { root } from "../lib/machine/project.mjs";

// node docs/retake-screenshots.mjs: takes README's pictures again.
const [demo, staff, marketing] = ["maria@example.com", "sofia@example.com", "mila@example.com"];
const wide = { width: 860, height: 960 };
const phone = { width: 390, height: 960 };
const screen = { width: 860, height: 700 };
const smallPhone = { width: 390, height: 700 };
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
const { codeAtStep, stepAt } = await import("../lib/factors/totp.ts");
const { keyOfText } = await import("../lib/testing/app-keys.ts");
await ensureBuilt();
const images = join(root, "docs", "images");
const logo = createServer((_, response) => {
  response.setHeader("Content-Type", "image/svg+xml");
  response.end(readFileSync(join(images, "example-logo.svg")));
});
await new Promise((resolve) => logo.listen(0, "127.0.0.1", resolve));
const behindProxy = { TRUSTED_PROXIES: "127.0.0.0/8" };
/** Who the pictures are of: the installation that is open now. */
let server = await startInstallation("front", {
  ...behindProxy,
  BRAND_NAME: "Alvor Host",
  BRAND_COLOR: "#0b7a75",
  BRAND_LOGO_URL: `http://127.0.0.1:${logo.address().port}/logo.svg`,
});
let passwords = readSecrets(server.dataDir).demoPasswords;
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
const take = (page, name) => page.screenshot({ path: join(images, `${name}.png`) });
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
/** Types what the app of a member of the staff shows, on the page that is open. */
async function typeAppCode(page, email) {
  const key = keyOfText(readSecrets(server.dataDir).demoAppKeys[email]);
  await page
    .getByLabel("Code from your app or a recovery code")
    .fill(codeAtStep(key, stepAt(new Date())));
  await page.getByRole("button", { name: "Verify", exact: true }).click();
}
/** The newest mail to an address as HTML, as a mail program gets it. */
async function htmlMailTo(email) {
  const mailbox = await open(wide);
  await mailbox.goto(`/mailbox?to=${encodeURIComponent(email)}`);
  await mailbox.getByRole("list", { name: "Mail, newest first" }).getByRole("link").first().click();
  const html = await mailbox.locator("iframe").getAttribute("srcdoc");
  await mailbox.close();
  return html ?? "";
}
/** /verify and its mail side by side, under an invented host's name, colour and logo. */
async function takeFront() {
  const verify = await signIn(screen, elsewhere);
  const code = verify.getByLabel("Verification code");
  await code.waitFor();
  const digits = await codeOf(demo);
  await verify.mouse.move(0, 0);
  await code.pressSequentially(digits.slice(0, 3));
  const mail = await open(smallPhone);
  await mail.setContent(await htmlMailTo(demo), { waitUntil: "load" });
  const shots = await Promise.all([verify.screenshot(), mail.screenshot()]);
  const [left, right] = shots.map((shot) => `data:image/png;base64,${shot.toString("base64")}`);
  const both = await open({ width: 1340, height: 780 });
  await both.setContent(`
    <style>
      body { margin: 0; height: 100vh; display: flex; gap: 28px; align-items: center;
             justify-content: center; background: #dfe5ea }
      img { display: block; border-radius: 12px; box-shadow: 0 10px 30px rgb(20 40 60 / 22%) }
      img + img { border: 8px solid #1d2630; border-radius: 30px }
    </style>
    <img src="${left}"><img src="${right}">`);
  await both.waitForFunction(() => [...document.images].every((image) => image.complete));
  await take(both, "front");
  for (const page of [verify, mail, both]) await page.close();
}
try {
  await takeFront();
  await server.stop();
  server = await startInstallation("pictures", behindProxy);
  passwords = readSecrets(server.dataDir).demoPasswords;

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
  await typeAppCode(support, staff);
  await support.getByRole("button", { name: "Sign out" }).waitFor();
  await support.goto(`/support?q=${encodeURIComponent(demo)}`);
  await support.getByRole("table").getByRole("link").first().click();
  await support.getByRole("heading", { name: "Right now" }).waitFor();
  await take(support, "support-customer");
  await support.goto("/support/cases");
  await support.getByRole("table").getByRole("link").first().click();
  await support.getByRole("heading", { name: "Documents sent" }).waitFor();
  await take(support, "case");

  // What Mila has published of the French code's mail, in the visual editor with the preview beside it.
  const studio = await signIn({ width: 1280, height: 1240 }, desk, marketing);
  await typeAppCode(studio, marketing);
  await studio.getByRole("button", { name: "Sign out" }).waitFor();
  await studio.goto("/templates/sign-in-code?language=fr");
  await studio.getByRole("toolbar").waitFor();
  const tab = studio.getByRole("link", { name: "Visual editor" });
  await tab.evaluate((link) => link.scrollIntoView({ block: "start" }));
  await studio.waitForLoadState("networkidle");
  await take(studio, "studio");

  const lost = await signIn(phone, elsewhere);
  await lost.getByRole("link", { name: "I no longer have access to this mailbox" }).click();
  await lost.getByRole("button", { name: "Start the request" }).click();
  await lost.getByLabel("New email address").fill("maria@new.example");
  await lost.mouse.move(0, 0);
  await take(lost, "recover-phone");
} finally {
  await browser.close();
  await server.stop();
  logo.close();
}
process.exit(0);
