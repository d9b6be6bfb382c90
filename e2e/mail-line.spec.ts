import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { expect, type Person, test } from "@/e2e/fixtures";
import { confirmWith, press, send } from "@/e2e/pages/own-keys";
import { faults } from "@/e2e/support/axe";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { Inbox } from "@/e2e/support/inbox";
import { linkTo } from "@/e2e/support/mail-links";
import { mailThrough } from "@/e2e/support/mail-settings";
import { subjectOf } from "@/e2e/support/mail-subject";
import { wordsOf } from "@/e2e/support/words";
import { Visitor } from "@/e2e/visitor";
import { type Installation, startInstallation } from "@/lib/testing/installation";
import { webhookSecret } from "@/lib/testing/resend-webhook";

test.describe.configure({ mode: "default", timeout: 180_000 });

const phone = { viewport: { width: 390, height: 664 }, hasTouch: true };
// After its mail has arrived a page looks seldom.
const patience = { timeout: 60_000 };

let resend: FakeResend;
let server: Installation;

test.beforeAll(async () => {
  resend = await startFakeResend();
  server = await startInstallation("mail-line", {
    ...mailThrough(resend.url),
    RESEND_WEBHOOK_SECRET: webhookSecret,
    SUPPORT_PHONE: "+351 210 000 000",
  });
});

test.afterAll(async () => {
  await resend.close();
  await server.stop();
});

/** Resend reports something of the newest mail to an address. */
async function report(to: string, type: string, more: Record<string, unknown> = {}) {
  const { body, headers } = resend.webhook(to, type, more);
  const url = `${server.url}/api/webhooks/resend`;
  expect((await fetch(url, { method: "POST", body, headers })).status).toBe(200);
}

async function signUp(
  browser: Browser,
  { name, email, password }: Person,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: "en", ...options });
  const page = await context.newPage();
  await page.goto("/signup");
  await page.getByLabel("Full name").fill(name);
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/verify");
  await expect.poll(() => resend.mails(email).length, patience).toBe(1);
  return page;
}

const line = (page: Page) => page.locator("[data-mail-state]");

const bounce = {
  bounce: { type: "Permanent", subType: "NoEmail", message: "550 5.1.1 no such user" },
};

type Report = [string, Record<string, unknown>, state: string, words: string, step: string];

const delayed: Report = [
  "email.delivery_delayed",
  {},
  "delayed",
  "has asked us to wait since",
  "It is tried again by itself",
];
const delivered: Report = [
  "email.delivered",
  {},
  "delivered",
  "took the code at",
  "Look in spam for",
];
const refused: Report = [
  "email.bounced",
  bounce,
  "refused",
  "it knows no such mailbox",
  "Check the address letter by letter",
];
// Why it gets nothing was known before: whoever typed the address does not learn that.
const suppressed: Report = [
  "email.suppressed",
  {},
  "suppressed",
  "could not be sent",
  "with another address",
];

/** Each report, what the line says then, and the step that helps. */
const way = [delayed, delivered, refused, suppressed];

// What may come after one another while the page looks by itself: also what comes back after it arrived.
const ways = [[delayed, delivered, refused], [delayed, refused], [suppressed]];

test("the line of a mail changes as Resend reports it, without a load, and what is typed stays", async ({
  browser,
  person,
}) => {
  for (const [index, reports] of ways.entries()) {
    const one = { ...person, email: `${"abc"[index]}.${person.email}` };
    const page = await signUp(browser, one, phone);
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    await expect(line(page)).toHaveAttribute("data-mail-state", "accepted", patience);
    await expect(line(page)).toContainText("Our mail service has had the code for");
    await expect(line(page)).toContainText("no-reply@host.example");
    await page.getByLabel("Verification code").fill("12");
    expect(await faults(page), "accepted").toEqual([]);
    for (const [type, more, state, words, step] of reports) {
      await report(one.email, type, more);
      await expect(line(page)).toHaveAttribute("data-mail-state", state, patience);
      await expect(line(page)).toContainText(words);
      await expect(line(page)).toContainText(step, { ignoreCase: true });
      await expect(line(page)).not.toContainText("unwanted");
      await expect(page.getByLabel("Verification code")).toHaveValue("12");
      expect(await faults(page), state).toEqual([]);
    }
    expect(loads).toBe(0);
    await page.context().close();
  }
});

test("without scripts a reload shows each state, with its second and zone, and one next step", async ({
  browser,
  person,
}) => {
  const page = await signUp(browser, person, { ...phone, javaScriptEnabled: false });
  await expect
    .poll(async () => {
      await page.reload();
      return line(page).getAttribute("data-mail-state");
    }, patience)
    .toBe("accepted");
  for (const [type, more, state, words, step] of way) {
    await report(person.email, type, more);
    await page.reload();
    await expect(line(page)).toHaveAttribute("data-mail-state", state);
    await expect(line(page)).toContainText(words);
    await expect(line(page)).toContainText(step, { ignoreCase: true });
    await expect(page.getByLabel("Verification code")).toBeInViewport({ ratio: 1 });
    if (state === "suppressed") continue;
    const time = line(page).locator("time").first();
    expect(Date.parse((await time.getAttribute("datetime")) ?? "")).not.toBeNaN();
    await expect(time).toHaveText(/^\d\d:\d\d:\d\d,? .+/);
  }
  await page.context().close();
});

test("whoever no mail reaches hears of it on every page, until another address is confirmed", async ({
  browser,
  person,
}) => {
  const page = await signUp(browser, person, phone);
  const [mail] = resend.mails(person.email);
  const code = /^\d{6}$/m.exec(mail?.text ?? "")?.[0] ?? "";
  await page.getByLabel("Verification code").fill(code);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.waitForURL("**/account");
  const notice = page.getByRole("status").filter({ hasText: "We cannot reach you by email" });
  await expect(notice).toHaveCount(0);
  await report(person.email, "email.bounced", bounce);
  for (const path of ["/account", "/help", "/account/security/mails"]) {
    await page.goto(path);
    await expect(notice).toContainText(person.email);
    await expect(notice.getByRole("link")).toHaveAttribute("href", "/account/contact");
    expect(await faults(page), path).toEqual([]);
  }

  // The code that confirms it goes to the contact e-mail, where one an hour is tried, and is typed here.
  const visitor = new Visitor(page, wordsOf("en"), page.context(), "127.0.0.1");
  const inbox = new Inbox(person.email, resend.url);
  const further = `second.${person.email}`;
  await inbox.nextCode();
  await page.goto("/account/contact");
  await send(visitor, "contact.further.add", {
    "contact.further.address": further,
    "contact.further.password": person.password,
  });
  if (new URL(page.url()).pathname === "/account/confirm") {
    await confirmWith(visitor, await inbox.nextCode());
  }
  await page.waitForURL("**/account/contact");
  await expect(notice).toContainText(person.email);
  const asking = await new Inbox(further, resend.url).mail(subjectOf("confirm-address"));
  await page.goto(linkTo("/confirm-address", asking));
  await press(visitor, "confirmAddress.submit");
  await expect(visitor.status).toContainText(further);
  for (const path of ["/account", "/help", "/account/security/mails"]) {
    await page.goto(path);
    await expect(notice, path).toHaveCount(0);
  }
  // It is not forgotten: where addresses are changed, and on the first page, it stands on.
  for (const path of ["/account", "/account/contact"]) {
    await page.goto(path);
    await expect(visitor.status).toContainText(
      visitor.say("common.unreachable.some", { count: 1 }),
    );
    await expect(visitor.status).toContainText(person.email);
    expect(await faults(page), path).toEqual([]);
  }
  await page.context().close();
});
