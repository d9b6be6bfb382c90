import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Customer, expect, test } from "@/e2e/fixtures";
import { otherThan } from "@/e2e/support/inbox";
import { subjectOf } from "@/e2e/support/mail-subject";
import type { Visitor } from "@/e2e/visitor";

const fresh = "an entirely new passphrase";
const field = ({ page, say }: Visitor, key: string) => page.getByLabel(say(key), { exact: true });
const press = ({ page, say }: Visitor, key: string) =>
  page.getByRole("button", { name: say(key), exact: true }).click();

/** Whose password the form is about, which password managers read. */
const userName = ({ page }: Visitor) =>
  page.locator('form:has(input[type="password"]) input[autocomplete="username"]');

async function askForLink(visitor: Visitor, email: string): Promise<void> {
  await visitor.forgetNotices();
  await visitor.page.goto("/forgot-password");
  await field(visitor, "password.forgot.email").fill(email);
  await press(visitor, "password.forgot.submit");
  await expect(visitor.status).toContainText(visitor.say("password.forgot.asked", { email }));
}

/** The newest link that was mailed; it is distinguished from the ones before by their number. */
async function linkOf(customer: Customer, number = 1): Promise<string> {
  const subject = subjectOf("password-reset");
  await expect.poll(() => customer.inbox.count(subject)).toBe(number);
  const mails = (await customer.inbox.mails()).filter((mail) => mail.subject === subject);
  const link = /\/reset-password\?token=\S+/.exec(mails.at(-1)?.text ?? "")?.[0];
  return link ?? "no link";
}

async function setPassword(visitor: Visitor, link: string, password = fresh): Promise<void> {
  await visitor.page.goto(link);
  await field(visitor, "password.reset.newPassword").fill(password);
  await press(visitor, "password.reset.submit");
}

test("forgotten: the link works once, ends every session, and keeps the rules of places", async ({
  visit,
  customer,
}) => {
  const elsewhere = await visit({ ip: customer.home });
  await elsewhere.login.signIn(customer);
  await elsewhere.account.expectSignedIn(customer);
  const visitor = await visit();
  const { page, login, verify, account, alert, status, say } = visitor;
  await askForLink(visitor, customer.email);
  const link = await linkOf(customer);

  await page.goto(link);
  await expect(userName(visitor)).toHaveValue(customer.email);
  await setPassword(visitor, link, "password1");
  await expect(alert).toContainText(say("signup.errors.passwordCommon"));
  await setPassword(visitor, link);
  await expect(page).toHaveURL("/login");
  await expect(status).toContainText(say("password.notices.reset"));
  await page.goto(link);
  await expect(alert).toContainText(say("password.reset.dead.title"));

  await elsewhere.page.goto("/account");
  await expect(elsewhere.page).toHaveURL(/\/login\?callbackUrl=/);
  await login.signIn(customer);
  await expect(alert).toContainText(say("login.errors.wrongCredentials"));
  await login.signIn({ ...customer, password: fresh });
  await verify.expectOpen();
  await elsewhere.login.signIn({ ...customer, password: fresh });
  await elsewhere.account.expectSignedIn(customer);
  await customer.inbox.mail(subjectOf("password-changed"));
  const log = readFileSync(process.env.E2E_HOST_LOG ?? "", "utf8");
  expect(log).not.toContain(new URLSearchParams(link.split("?")[1]).get("token"));
  await expect(account.signOut).toHaveCount(0);
});

test("using the newest link kills the older ones", async ({ visit, customer }) => {
  const visitor = await visit();
  await askForLink(visitor, customer.email);
  const older = await linkOf(customer);
  await askForLink(await visit(), customer.email);
  const newest = await linkOf(customer, 2);
  await setPassword(visitor, newest);
  await visitor.page.goto(older);
  await expect(visitor.alert).toContainText(visitor.say("password.reset.dead.title"));
});

test("the answer is the same for an address without an account", async ({ visit, person }) => {
  await askForLink(await visit(), person.email);
  expect(await person.inbox.mails()).toEqual([]);
});

test("a reset does not lift a block, and a block does not stop a reset", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  const { login, verify, alert } = visitor;
  await login.signIn(customer);
  const wrong = otherThan(await customer.inbox.nextCode());
  for (let attempt = 0; attempt < 3; attempt += 1) await verify.typeCode(wrong);
  const end = await alert.getByRole("time").first().getAttribute("datetime");
  await askForLink(visitor, customer.email);
  await setPassword(visitor, await linkOf(customer));
  await login.signIn({ ...customer, password: fresh });
  await expect(alert.getByRole("time").first()).toHaveAttribute("datetime", end ?? "");
});

test("a pending sign-in elsewhere is over, and says why", async ({ visit, customer }) => {
  // Without scripts: they would bring the page up to date before the code is typed.
  const pending = await visit({ javaScriptEnabled: false });
  await pending.login.signIn(customer);
  const code = await customer.inbox.nextCode();
  const visitor = await visit();
  await askForLink(visitor, customer.email);
  await setPassword(visitor, await linkOf(customer));
  await pending.verify.typeCode(code);
  await expect(pending.alert).toContainText(pending.say("verify.errors.passwordChanged"));
});

test("changed by its owner: the other sessions end, this one stays", async ({
  visit,
  customer,
}) => {
  const other = await visit({ ip: customer.home });
  await other.login.signIn(customer);
  const visitor = await visit({ ip: customer.home });
  const { page, login, alert, status, say } = visitor;
  await page.goto("/account/password");
  await expect(page).toHaveURL("/login?callbackUrl=%2Faccount%2Fpassword");
  await login.fillIn(customer);
  await expect(page).toHaveURL("/account/password");
  await expect(userName(visitor)).toHaveValue(customer.email);

  const change = async (current: string) => {
    await field(visitor, "password.change.currentPassword").fill(current);
    await field(visitor, "password.change.newPassword").fill(fresh);
    await press(visitor, "password.change.submit");
  };
  await expect(field(visitor, "password.change.elsewhere")).toBeChecked();
  await change("not the password");
  await expect(alert).toContainText(say("password.change.errors.currentWrong"));
  await change(customer.password);
  await expect(status).toContainText(say("password.notices.changedElsewhere"));
  await other.page.goto("/account");
  await expect(other.page).toHaveURL(/\/login\?callbackUrl=/);
  await page.goto("/account");
  await expect(page).toHaveURL("/account");
});

test("axe finds nothing on the pages of a new password", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home });
  await askForLink(visitor, customer.email);
  const link = await linkOf(customer);
  await visitor.login.signIn(customer);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  for (const path of ["/forgot-password", link, `${link}x`, "/account/password", "/account"]) {
    await visitor.page.goto(path);
    const { violations } = await new AxeBuilder({ page: visitor.page }).withTags(tags).analyze();
    expect.soft(violations, path).toEqual([]);
  }
});
