import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "../lib/building/browser.mjs";
import { ensureBuilt } from "../lib/building/build.mjs";
import { prepare } from "../lib/building/prepare.mjs";
import { root } from "../lib/machine/project.mjs";

// node docs/retake-help-pictures.mjs: takes the pictures of the help's articles again, in every language.
const phone = { width: 390, height: 900 };
const scale = 2;
// RFC 5737: addresses that belong to nobody.
const [home, hotel, elsewhere] = ["203.0.113.24", "198.51.100.36", "198.51.100.99"];
const password = "the harbour at low tide";
/** Whose pages the pictures show, by language. */
const people = {
  en: { name: "Emma Hart", email: "emma@example.com", browser: "en-GB" },
  fr: { name: "Lucie Moreau", email: "lucie@example.com", browser: "fr-FR" },
  pt: { name: "Rita Nunes", email: "rita@example.com", browser: "pt-PT" },
  es: { name: "Pablo Vidal", email: "pablo@example.com", browser: "es-ES" },
};

await prepare();
const { chromium } = await import("@playwright/test");
const { startInstallation } = await import("../lib/testing/installation.ts");
const { codeAtStep, stepAt } = await import("../lib/factors/totp.ts");
const { keyOfText } = await import("../lib/testing/app-keys.ts");
await ensureBuilt();
const server = await startInstallation("help", { TRUSTED_PROXIES: "127.0.0.0/8" });
// Browsers keep no passkeys for addresses.
const baseURL = server.url.replace("127.0.0.1", "localhost");
const browser = await chromium.launch({
  executablePath: await ensureBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
const sizes = {};

/** The words of some pages in a language. */
const wordsOf = (language, ...pages) =>
  Object.fromEntries(
    pages.map((name) => {
      const file = join(root, "lib", "i18n", "messages", language, `${name}.json`);
      return [name, JSON.parse(readFileSync(file, "utf8"))];
    }),
  );

/** A browser of somebody, at an address. */
const open = (person, ip) =>
  browser.newPage({
    baseURL,
    viewport: phone,
    deviceScaleFactor: scale,
    colorScheme: "light",
    locale: person.browser,
    timezoneId: "UTC",
    extraHTTPHeaders: ip === null ? {} : { "X-Forwarded-For": ip },
  });
/** The code in the newest mail to somebody. */
async function codeOf(person) {
  const mailbox = await open(people.en, null);
  const mails = mailbox.getByRole("main").getByRole("list").first().getByRole("link");
  let code = null;
  for (let look = 0; code === null && look < 40; look += 1) {
    await mailbox.goto(`/mailbox?to=${encodeURIComponent(person.email)}`);
    const [newest = ""] = await mails.allInnerTexts();
    code = /\b\d{6}\b/.exec(newest)?.[0] ?? null;
  }
  await mailbox.close();
  return code ?? "";
}
/** Takes what stands from one part of a page to the end of another, as wide as the page. */
async function take(language, name, page, from, to = from) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement?.blur());
  const [first, last] = [await from.boundingBox(), await to.boundingBox()];
  const [above, below] = [20, 9];
  const y = Math.max(0, first.y - above);
  const height = Math.round(last.y + last.height + below - y);
  const clip = { x: 0, y, width: phone.width, height };
  const folder = join(root, "public", "help-pictures", language);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), clip, fullPage: true });
  sizes[language] = { ...sizes[language], [name]: [phone.width, height] };
}

async function takeAll(language, person) {
  const say = wordsOf(language, "login", "signup", "verify", "letIn", "twoStep");
  const submit = (page, name) => page.getByRole("button", { name, exact: true }).click();
  const signInAt = async (ip) => {
    const page = await open(person, ip);
    await page.goto("/login");
    await page.getByLabel(say.login.email, { exact: true }).fill(person.email);
    await page.getByLabel(say.login.password, { exact: true }).fill(password);
    await submit(page, say.login.submit);
    await page.waitForURL("**/verify");
    return page;
  };

  const page = await open(person, home);
  await page.goto("/signup");
  await page.getByLabel(say.signup.name, { exact: true }).fill(person.name);
  await page.getByLabel(say.signup.email, { exact: true }).fill(person.email);
  await page.getByLabel(say.signup.password, { exact: true }).fill(password);
  await submit(page, say.signup.submit);
  await page.getByLabel(say.verify.code, { exact: true }).fill(await codeOf(person));
  await submit(page, say.verify.submit);
  await page.waitForURL("**/account");

  const waiting = await signInAt(hotel);
  await page.goto("/account/let-in");
  await take(
    language,
    "let-in",
    page,
    page.getByRole("heading", { level: 1 }),
    page.getByRole("button", { name: say.letIn.submit, exact: true }),
  );
  await waiting.close();

  await page.goto("/account/security/two-step");
  await submit(page, say.twoStep.apps.add);
  const key = page.getByLabel(say.twoStep.add.key, { exact: true });
  await take(language, "app", page, page.getByRole("heading", { level: 1 }), key);
  const codeNow = codeAtStep(keyOfText(await key.innerText()), stepAt(new Date()));
  await page.getByLabel(say.twoStep.add.name, { exact: true }).fill("Phone");
  await page.getByLabel(say.twoStep.add.code, { exact: true }).fill(codeNow);
  await page.getByLabel(say.twoStep.password, { exact: true }).fill(password);
  await submit(page, say.twoStep.add.submit);
  await page.waitForURL("**/two-step**");
  await take(language, "passkey", page, page.locator("section#passkeys"));
  await submit(page, say.twoStep.codes.make);
  const kept = page.getByText(say.twoStep.shown.save, { exact: true });
  await take(language, "codes", page, page.getByRole("heading", { level: 1 }), kept);

  const verify = await signInAt(elsewhere);
  const answer = verify.getByRole("button", { name: say.verify.submit, exact: true });
  await take(language, "verify", verify, verify.getByRole("heading", { level: 1 }), answer);
  await verify.close();
  await page.close();
}

try {
  for (const [language, person] of Object.entries(people)) await takeAll(language, person);
  const written = JSON.stringify(sizes, null, 2);
  writeFileSync(join(root, "lib", "help", "picture-sizes.json"), `${written}\n`);
} finally {
  await browser.close();
  await server.stop();
}
process.exit(0);
