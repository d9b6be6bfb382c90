import type { Browser, Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { mailIsNotTaken } from "@/e2e/support/announced";
import { type Authenticator, insertApp, makeApp } from "@/e2e/support/authenticator";
import { faults } from "@/e2e/support/axe";
import { runIn } from "@/e2e/support/database-of";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { mailThrough } from "@/e2e/support/mail-settings";
import { signUpAt } from "@/e2e/support/own-installation";
import { type Installation, startInstallation } from "@/lib/testing/installation";

test.describe.configure({ mode: "serial", timeout: 300_000 });

const phone = { viewport: { width: 390, height: 664 }, hasTouch: true };
const patience = { timeout: 90_000 };
const begun = "Many of our emails do not arrive";

let resend: FakeResend;
let server: Installation;
let number = 0;

test.beforeAll(async () => {
  resend = await startFakeResend();
  server = await startInstallation("mail-outage", {
    ...mailThrough(resend.url),
    SIGNUPS_PER_HOUR: "50",
    CODE_LIFETIME_OUTAGE_MINUTES: "30",
    SUPPORT_EMAIL: "help@host.example",
  });
  server.mayLog(...mailIsNotTaken, /an outage begins/);
});

test.afterAll(async () => {
  await resend.close();
  await server.stop();
});

const domains = ["example.com", "example.net", "example.org"];

function somebody() {
  number += 1;
  const name = `person${"abcdefghijklmnopqrstuvwxyz"[number]}`;
  return {
    name: "Ines Castro",
    email: `${name}@${domains[number % domains.length]}`,
    password: `a door for ${name} alone`,
  };
}

type Person = ReturnType<typeof somebody>;

const signUp = (browser: Browser, person: Person) => signUpAt(server, browser, person);

async function typeMailedCode(page: Page, { email }: Person): Promise<void> {
  await expect.poll(() => resend.mails(email).length, patience).toBeGreaterThan(0);
  const code = /^\d{6}$/m.exec(resend.mails(email)[0]?.text ?? "")?.[0] ?? "";
  await page.getByLabel("Verification code").fill(code);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.waitForURL("**/account");
}

async function makeCustomer(browser: Browser): Promise<Person> {
  const person = somebody();
  const { page, context } = await signUp(browser, person);
  await typeMailedCode(page, person);
  await context.close();
  return person;
}

async function makeStaff(browser: Browser): Promise<Person & { app: Authenticator }> {
  const person = await makeCustomer(browser);
  await runIn(server.dataDir, "UPDATE account SET role = 'admin' WHERE email = $1", [person.email]);
  await runIn(server.dataDir, "UPDATE session SET ended_at = now() WHERE ended_at IS NULL");
  const { id, sealedKey, app } = makeApp(server.dataDir);
  await runIn(server.dataDir, insertApp, [id, sealedKey, person.email]);
  return { ...person, app };
}

async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** How long the code of a page is valid for that was asked for just now, in whole minutes. */
async function minutesLeft(page: Page): Promise<number> {
  const end = await page.getByRole("main").locator("time").first().getAttribute("datetime");
  return Math.round((Date.parse(end ?? "") - Date.now()) / 60_000);
}

test("while mail is refused for many, the way in, the desk and the codes know it, and no longer once it is over", async ({
  browser,
}) => {
  const staff = await makeStaff(browser);
  const customers: Person[] = [];
  for (let made = 0; made < 3; made++) customers.push(await makeCustomer(browser));
  await runIn(server.dataDir, "DELETE FROM trusted_place");
  const context = await browser.newContext({ baseURL: server.url, locale: "en", ...phone });
  const page = await context.newPage();
  const notice = page.locator("[data-mail-outage]");
  await page.goto("/login");
  await expect(notice).toHaveCount(0);
  await page.goto("/status");
  await expect(page.getByRole("main")).toContainText("Nothing shows that they are late.");
  const early = await signUp(browser, somebody());
  await expect(early.page.locator("[data-mail-outage]")).toHaveCount(0);
  expect(await minutesLeft(early.page)).toBe(10);

  resend.fail("500");
  for (const customer of customers) {
    const waiting = await browser.newContext({ baseURL: server.url, locale: "en" });
    const page = await waiting.newPage();
    await signIn(page, customer);
    await page.waitForURL("**/verify");
    await waiting.close();
  }
  await expect(async () => {
    await page.goto("/login");
    await expect(notice).toContainText(begun, { timeout: 1000 });
  }).toPass(patience);
  await expect(notice).toHaveAttribute("data-mail-outage", "refused");
  await expect(notice).toContainText("Emails to many people are affected");
  await expect(notice).toContainText("A code works for 30 minutes at the moment");
  await expect(notice).toContainText("an authenticator app or a passkey");
  await expect(notice.getByRole("link")).toHaveAttribute("href", "/status");
  expect(await faults(page), "/login").toEqual([]);
  // It was looked at before, and what it said is kept for ten seconds.
  await expect(async () => {
    await page.goto("/status");
    const words = "Many are refused or do not leave, since";
    await expect(page.getByRole("main")).toContainText(words, { timeout: 1000 });
  }).toPass(patience);
  expect(await faults(page), "/status").toEqual([]);
  await page.goto("/help/login-code");
  await expect(page.getByRole("main")).toContainText("is valid for 30 minutes");

  await test.step("a code of before keeps its end, and its page says nothing that is not so of it", async () => {
    const { page } = early;
    await page.reload();
    const notice = page.locator("[data-mail-outage]");
    await expect(notice).toContainText(begun);
    await expect(notice).toContainText("Wait a few minutes");
    await expect(notice).not.toContainText("30 minutes");
    await expect(notice).not.toContainText("passkey");
    expect(await minutesLeft(page)).toBeLessThanOrEqual(10);
    expect(await faults(page), "/verify").toEqual([]);
    await early.context.close();
  });
  await test.step("one that is made now lives longer", async () => {
    const { page, context } = await signUp(browser, somebody());
    expect(await minutesLeft(page)).toBe(30);
    await context.close();
  });
  await test.step("the desk says it on each page", async () => {
    const desk = await browser.newContext({ baseURL: server.url, locale: "en" });
    const page = await desk.newPage();
    await signIn(page, staff);
    await page.getByLabel("Code from your app or a recovery code").fill(await staff.app.nextCode());
    await page.getByRole("button", { name: "Verify" }).click();
    await page.waitForURL("**/account");
    for (const path of ["/support", "/support/cases", "/templates"]) {
      await page.goto(path);
      await expect(page.getByRole("alert")).toContainText(
        "Many emails with codes and links have been refused since",
      );
      expect(await faults(page), path).toEqual([]);
    }
    await desk.close();
  });

  resend.fail("none");
  await runIn(server.dataDir, "UPDATE mail SET created_at = created_at - interval '1 day'");
  const wasCalm = `UPDATE mail_outage SET calm_since = calm_since - interval '11 minutes'
    WHERE ended_at IS NULL AND calm_since > now() - interval '5 minutes'`;
  await expect(async () => {
    await runIn(server.dataDir, wasCalm);
    await page.goto("/login");
    await expect(notice).toHaveCount(0, { timeout: 1000 });
  }).toPass(patience);
  const late = await signUp(browser, somebody());
  expect(await minutesLeft(late.page)).toBe(10);
  await late.context.close();
  await context.close();
});
