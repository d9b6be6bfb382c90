import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import pg from "pg";
import { type Authenticator, insertApp, makeApp } from "@/e2e/support/authenticator";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { Inbox } from "@/e2e/support/inbox";
import { mailThrough } from "@/e2e/support/mail-settings";
import type { StaffRole } from "@/lib/account/roles";
import { runningDatabaseUrl } from "@/lib/data-directory/data-directory.mjs";
import { type Installation, startInstallation } from "@/lib/testing/installation";

// Published texts hold for a whole installation: these tests have one of their own, and come one by one.
test.describe.configure({ mode: "serial", timeout: 120_000 });

type Customer = { page: Page; context: BrowserContext; email: string; inbox: Inbox };
type Someone = Customer & { app: Authenticator };

let server: Installation;
let resend: FakeResend;
let mila: Someone;
let ana: Someone;
let adam: Someone;
let client: pg.Client;

const password = "a passphrase of the studio";
let addresses = 0;
const freshIp = () => `203.0.113.${++addresses}`;

async function contextOf(
  browser: Browser,
  options: { locale?: string; javaScriptEnabled?: boolean },
) {
  const { locale = "en", javaScriptEnabled = true } = options;
  return browser.newContext({
    ...{ baseURL: server.url, locale, javaScriptEnabled },
    extraHTTPHeaders: { "X-Forwarded-For": freshIp() },
  });
}

async function signUp(browser: Browser, name: string, locale = "en"): Promise<Customer> {
  const email = `${name.toLowerCase()}-${locale}@example.com`;
  const context = await contextOf(browser, { locale });
  const page = await context.newPage();
  const inbox = new Inbox(email, resend.url);
  await page.goto("/signup");
  await page.locator("[name=name]").fill(name);
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=password]").press("Enter");
  await page.waitForURL("**/verify");
  await page.locator("[name=code]").fill(await inbox.nextCode());
  await page.locator("[name=code]").press("Enter");
  await page.waitForURL("**/account");
  return { page, context, email, inbox };
}

/** Signs in where nobody knows the browser, up to the code; gives the mail it is in. */
async function askForCode(
  browser: Browser,
  someone: Pick<Someone, "email" | "inbox">,
  locale = "en",
) {
  const context = await contextOf(browser, { locale });
  const page = await context.newPage();
  await page.goto("/login");
  await page.locator("[name=email]").fill(someone.email);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=password]").press("Enter");
  await page.waitForURL("**/verify");
  return { page, context, mail: await someone.inbox.nextCodeMail() };
}

async function employ(browser: Browser, name: string, role: StaffRole, scripts = true) {
  const { email, inbox, context: first } = await signUp(browser, name);
  await first.close();
  await client.query("UPDATE account SET role = $2 WHERE email = $1", [email, role]);
  await client.query("UPDATE session SET ended_at = now() WHERE ended_at IS NULL");
  const context = await contextOf(browser, { javaScriptEnabled: scripts });
  const page = await context.newPage();
  const { id, sealedKey, app } = makeApp(server.dataDir);
  await client.query(insertApp, [id, sealedKey, email]);
  const someone = { page, context, email, inbox, app };
  await enter(someone);
  return someone;
}

async function enter({ page, app, email }: Someone): Promise<void> {
  await page.goto("/login");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await page.locator("[name=password]").press("Enter");
  await page.waitForURL("**/verify");
  await page.locator("[name=code]").fill(await app.nextCode());
  await page.locator("[name=code]").press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/verify"));
}

const field = ({ page }: Someone, name: string) => page.getByLabel(name, { exact: true });
const press = async ({ page }: Someone, name: string) => {
  await page.getByRole("button", { name, exact: true }).click();
};
const alertOf = ({ page }: Someone) => page.getByRole("main").getByRole("alert");
const statusOf = ({ page }: Someone) => page.getByRole("main").getByRole("status").first();

const plain = (kind: string, language: string) => `/templates/${kind}/plain?language=${language}`;

/** The state that the list shows of a text. */
async function stateOf({ page }: Someone, kind: string, language: string): Promise<string> {
  await page.goto("/templates");
  const link = page.locator(`main a[href="/templates/${kind}?language=${language}"]`);
  return ((await link.textContent()) ?? "").split(":").at(-1)?.trim() ?? "";
}

/** Writes a text and has it published by a colleague. */
async function publish(author: Someone, second: Someone, at: string, text: string): Promise<void> {
  await author.page.goto(at);
  await field(author, "Text").fill(text);
  await press(author, "Ask to publish");
  await expect(statusOf(author)).toContainText("The draft is saved");
  await second.page.goto(at);
  await press(second, "Publish");
  await expect(statusOf(second)).toContainText("is published");
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  resend = await startFakeResend();
  server = await startInstallation("studio", {
    ...mailThrough(resend.url),
    TRUSTED_PROXIES: "127.0.0.1",
    SIGNUPS_PER_HOUR: "100",
  });
  client = new pg.Client({ connectionString: runningDatabaseUrl(server.dataDir) });
  await client.connect();
  // The author without scripts, the others with them.
  mila = await employ(browser, "Mila", "marketing", false);
  ana = await employ(browser, "Ana", "support");
  adam = await employ(browser, "Adam", "admin");
  for (const one of [mila, ana]) await enter(one);
});

test.afterAll(async () => {
  for (const one of [mila, ana, adam]) await one?.context.close();
  await client?.end();
  await server?.stop();
  await resend?.close();
});

test("a code mail is refused without its code, published by a second person, and is what a customer gets", async ({
  browser,
}) => {
  const marie = await signUp(browser, "Marie", "fr");
  const at = plain("sign-in-code", "fr");
  await mila.page.goto(at);
  const builtIn = await field(mila, "Text").inputValue();
  expect(builtIn.split("\n")).toContain("{{code}}");
  const warm = `Bonjour {{name}}, voici de quoi entrer.\n\n${builtIn}`;
  await field(mila, "Text").fill(warm.replace(/^\{\{code\}\}$/m, ""));
  await press(mila, "Ask to publish");
  await expect(alertOf(mila)).toContainText("{{code}} is missing");
  // The draft stays as it was typed, and nothing of it is live.
  await expect(field(mila, "Text")).toHaveValue(warm.replace(/^\{\{code\}\}$/m, ""));
  expect(await stateOf(mila, "sign-in-code", "fr")).toBe("Draft");
  const before = await askForCode(browser, marie, "fr");
  expect(before.mail.text).not.toContain("voici de quoi entrer");

  await mila.page.goto(at);
  await field(mila, "Text").fill(warm);
  await field(mila, "Note").fill("Warmer");
  await press(mila, "Ask to publish");
  await expect(statusOf(mila)).toContainText("The draft is saved");
  await expect(mila.page.getByRole("button", { name: "Publish", exact: true })).toHaveCount(0);
  expect(await stateOf(mila, "sign-in-code", "fr")).toBe("Waits for approval");
  await ana.inbox.mail("A text of an email of Portaria waits to be published");

  await ana.page.goto(at);
  await press(ana, "Publish");
  await expect(statusOf(ana)).toContainText("Version 1 is published");
  expect(await stateOf(ana, "sign-in-code", "fr")).toBe("Published");
  const { mail, page, context } = await askForCode(browser, marie, "fr");
  expect(mail.subject.startsWith(mail.code)).toBe(true);
  expect(mail.text.split("\n")).toContain(mail.code);
  expect(mail.text).toContain("Bonjour Marie, voici de quoi entrer.");
  expect(mail.html).toContain("Bonjour Marie, voici de quoi entrer.");
  expect(mail.html).toContain(mail.code);
  expect(mail.text.match(/(?<!\d)\d{6}(?!\d)/g)).toEqual([mail.code]);
  expect(mail.text).toMatch(/\/not-me\?token=/);
  await page.locator("[name=code]").fill(mail.code);
  await page.locator("[name=code]").press("Enter");
  await page.waitForURL("**/account");
  for (const one of [before.context, context, marie.context]) await one.close();
});

test("a test goes to oneself, marked as one, with a code that opens nothing", async () => {
  await mila.page.goto(plain("sign-in-code", "fr"));
  await field(mila, "Text").fill(`Un essai.\n\n${await field(mila, "Text").inputValue()}`);
  await press(mila, "Send a test to me");
  await expect(statusOf(mila)).toContainText(mila.email);
  await expect(field(mila, "Text")).toHaveValue(/^Un essai/);
  const find = async () =>
    (await mila.inbox.mails()).find(({ text }) => text.includes("Un essai."));
  await expect.poll(async () => (await find())?.subject).toBeTruthy();
  const mail = await find();
  expect(mail?.subject).not.toMatch(/^\d{6}/);
  // What was tried is not saved.
  await mila.page.goto(plain("sign-in-code", "fr"));
  await expect(field(mila, "Text")).not.toHaveValue(/Un essai/);
});

test("two people edit one text: nothing is saved over, and both see both", async () => {
  const at = plain("password-changed", "es");
  await mila.page.goto(at);
  await ana.page.goto(at);
  const text = await field(ana, "Text").inputValue();
  await field(ana, "Text").fill(`De Ana.\n\n${text}`);
  await press(ana, "Save draft");
  await expect(statusOf(ana)).toContainText("The draft is saved");
  await field(mila, "Text").fill(`De Mila.\n\n${text}`);
  await press(mila, "Save draft");
  await expect(alertOf(mila)).toContainText("Somebody saved over the version you began with");
  await expect(field(mila, "Text")).toHaveValue(/^De Mila\./);
  await expect(mila.page.getByRole("main")).toContainText("De Ana.");
  await press(mila, "Save draft");
  await expect(statusOf(mila)).toContainText("The draft is saved");
  await ana.page.goto(at);
  await expect(field(ana, "Text")).toHaveValue(/^De Mila\./);
  // Whoever changed anything is its author, whoever saved last.
  await press(ana, "Ask to publish");
  await expect(ana.page.getByRole("button", { name: "Publish", exact: true })).toHaveCount(0);
  await adam.page.goto(at);
  await field(adam, "Why you send it back").fill("One of the two, please");
  await press(adam, "Send back");
  await expect(statusOf(adam)).toContainText("goes back to its author");
  await mila.page.goto(at);
  await expect(mila.page.getByRole("main")).toContainText("One of the two, please");
});

test("publishing the leading language marks the others until somebody looks", async () => {
  const [en, fr] = [plain("new-browser", "en"), plain("new-browser", "fr")];
  await mila.page.goto(fr);
  await publish(mila, ana, fr, `${await field(mila, "Text").inputValue()}\n\nMerci.`);
  expect(await stateOf(mila, "new-browser", "fr")).toBe("Published");
  await mila.page.goto(en);
  await publish(mila, ana, en, `${await field(mila, "Text").inputValue()}\n\nThank you.`);
  expect(await stateOf(mila, "new-browser", "fr")).toBe("Outdated");
  await mila.page.goto(fr);
  await press(mila, "This text is still right");
  await expect(statusOf(mila)).toContainText("looked at");
  expect(await stateOf(mila, "new-browser", "fr")).toBe("Published");
});

test("one person rolls back, the others are mailed, and the built-in text comes back too", async ({
  browser,
}) => {
  const at = plain("sign-in-code", "fr");
  await mila.page.goto(at);
  const first = await field(mila, "Text").inputValue();
  await publish(mila, ana, at, first.replace("voici de quoi entrer", "entrez donc"));
  await mila.page.goto("/templates/sign-in-code/versions?language=fr");
  const one = mila.page.getByRole("listitem").filter({ hasText: /^Version 1/ });
  await one.getByRole("button", { name: "Roll back", exact: true }).click();
  await expect(statusOf(mila)).toContainText("is in use now");
  // A draft that is behind by now is in nobody's way, and is saved beyond what is live.
  await ana.page.goto(at);
  await field(ana, "Text").fill(`${await field(ana, "Text").inputValue()}\n\nÀ bientôt.`);
  await press(ana, "Save draft");
  for (const version of ["Version 2", "Version 1"]) {
    await mila.page.goto("/templates/sign-in-code/versions?language=fr");
    const again = mila.page.getByRole("listitem").filter({ hasText: new RegExp(`^${version}`) });
    await again.getByRole("button", { name: "Roll back", exact: true }).click();
    await expect(statusOf(mila)).toContainText("is in use now");
  }
  await ana.page.goto(at);
  await expect(alertOf(ana)).toContainText("A newer version is in use");
  await press(ana, "Save draft");
  await expect(statusOf(ana)).toContainText("The draft is saved");
  await expect(alertOf(ana)).toHaveCount(0);
  await mila.page.goto("/templates/sign-in-code/versions?language=fr");
  const louis = await signUp(browser, "Louis", "fr");
  const rolled = await askForCode(browser, louis, "fr");
  expect(rolled.mail.text).toContain("voici de quoi entrer");
  await press(mila, "Back to the built-in text");
  await expect(statusOf(mila)).toContainText("The built-in text is in use now");
  // Somebody's draft is in nobody's way.
  expect(await stateOf(mila, "sign-in-code", "fr")).toBe("Draft");
  const plainAgain = await askForCode(browser, louis, "fr");
  expect(plainAgain.mail.text).not.toContain("voici de quoi entrer");
  for (const { context } of [louis, rolled, plainAgain]) await context.close();
});

test("what is exported is imported as drafts, and touches nothing live", async () => {
  await adam.page.goto("/templates/transfer");
  const [download] = await Promise.all([adam.page.waitForEvent("download"), press(adam, "Export")]);
  const path = await download.path();
  const { readFileSync, writeFileSync } = await import("node:fs");
  const file = readFileSync(path, "utf8");
  expect(JSON.parse(file)).toMatchObject({ texts: expect.any(Array) });
  expect(file).not.toContain("@example.com");
  const changed = `${path}.json`;
  writeFileSync(changed, file.replaceAll("Thank you.", "Thanks a lot."));
  await adam.page.goto("/templates/transfer");
  await field(adam, "File").setInputFiles(changed);
  await press(adam, "See what it would do");
  await expect(statusOf(adam)).toContainText("New drafts");
  expect(await stateOf(adam, "new-browser", "en")).toBe("Published");
  await adam.page.goto("/templates/transfer");
  await field(adam, "File").setInputFiles(changed);
  await press(adam, "Import");
  await expect(statusOf(adam)).toContainText("1 draft was made");
  expect(await stateOf(adam, "new-browser", "en")).toBe("Draft");
  await adam.page.goto(plain("new-browser", "en"));
  await expect(field(adam, "Text")).toHaveValue(/Thanks a lot\./);
  await adam.page.goto("/templates/transfer");
  await field(adam, "File").setInputFiles({
    ...{ name: "x.json", mimeType: "application/json" },
    buffer: Buffer.from('{"format":"something else"}'),
  });
  await press(adam, "Import");
  await expect(alertOf(adam)).toContainText("was not exported here");
});

test("an admin sets hosts, and that one person is enough", async () => {
  const at = plain("password-changed", "pt");
  const link = "\n\n[O nosso estado](https://status.host.example/)";
  await mila.page.goto(at);
  const text = (await field(mila, "Text").inputValue()) + link;
  await field(mila, "Text").fill(text);
  await press(mila, "Ask to publish");
  await expect(alertOf(mila)).toContainText("status.host.example");
  await adam.page.goto("/templates/settings");
  await field(adam, "Allowed hosts").fill("status.host.example");
  await field(adam, "One person may publish").check();
  await press(adam, "Save");
  await expect(statusOf(adam)).toContainText("The settings are saved");
  await mila.page.goto(at);
  await press(mila, "Ask to publish");
  await expect(statusOf(mila)).toContainText("The draft is saved");
  await press(mila, "Publish");
  await expect(statusOf(mila)).toContainText("Version 1 is published");
  await mila.page.goto("/templates/settings");
  await expect(mila.page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
});

test("a text that is broken in the database: the built-in one goes out, and editors are alarmed", async ({
  browser,
}) => {
  const at = plain("sign-in-code", "pt");
  await mila.page.goto(at);
  const text = await field(mila, "Text").inputValue();
  await field(mila, "Text").fill(`Olá {{name}}.\n\n${text}`);
  await press(mila, "Ask to publish");
  await press(mila, "Publish");
  await expect(statusOf(mila)).toContainText("is published");
  await client.query("ALTER TABLE template_version DISABLE TRIGGER USER");
  await client.query(
    `UPDATE template_version SET document = '{"pieces": "gone"}' WHERE subject = 'sign-in-code' AND language = 'pt'`,
  );
  await client.query("ALTER TABLE template_version ENABLE TRIGGER USER");
  server.mayLog(/could not be (made|filled|sent|read|used)/i, /built-in/);
  const ines = await signUp(browser, "Ines", "pt");
  const { mail, context } = await askForCode(browser, ines, "pt");
  expect(mail.text).not.toContain("Olá Ines");
  expect(mail.text.split("\n")).toContain(mail.code);
  await adam.page.goto("/templates");
  await expect(alertOf(adam)).toContainText("the built-in text went out", { ignoreCase: true });
  await adam.page.goto("/support");
  await expect(alertOf(adam)).toContainText("the built-in text went out", { ignoreCase: true });
  for (const one of [ines.context, context]) await one.close();
});

test("customers and strangers find nothing there", async ({ browser }) => {
  const eva = await signUp(browser, "Eva");
  for (const path of ["/templates", plain("sign-in-code", "en"), "/templates/settings"]) {
    expect((await eva.page.goto(path))?.status()).toBe(404);
  }
  const stranger = await contextOf(browser, {});
  const page = await stranger.newPage();
  await page.goto("/templates");
  await page.waitForURL((url) => url.pathname === "/login");
  expect(new URL(page.url()).searchParams.get("callbackUrl")).toBe("/templates");
  for (const one of [eva.context, stranger]) await one.close();
});
