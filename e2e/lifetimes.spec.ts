import { test as base, expect } from "@/e2e/fixtures";
import { mailIsNotTaken } from "@/e2e/support/announced";
import { otherThan } from "@/e2e/support/inbox";
import { mailThrough } from "@/e2e/support/mail-settings";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";
import { type Installation, startInstallation } from "@/lib/testing/installation";

const lifetimeSeconds = 9;

let impatient: Installation | undefined;

/** Visits a server whose codes and blocks end while a test can wait for it. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  baseURL: ({}, use) => use(impatient?.url),
});

// One after another in one worker: they share that server. A worker's fixture would have Playwright run
// them after all other files, when the other workers have nothing to do any more.
test.describe.configure({ mode: "default" });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  impatient = await startInstallation("impatient", {
    ...mailThrough(),
    TRUSTED_PROXIES: "127.0.0.0/8",
    CODE_LIFETIME_MINUTES: String(lifetimeSeconds / 60),
    BLOCK_MINUTES: String(lifetimeSeconds / 60),
    ACCOUNT_CODES_PER_HOUR: "1000",
  });
  // Its codes live for seconds, and so does the use of their mails.
  impatient.mayLog(...mailIsNotTaken);
});
test.afterAll(() => impatient?.stop());

test("C5: a code that has ended says so, and to sign in again", async ({ visit, customer }) => {
  const { page, login, verify, account, main, alert, say } = await visit();
  await login.signIn(customer);
  const until = await verify.fact("validUntil").locator("time").getAttribute("datetime");
  const late = await customer.inbox.nextCode();
  await expect(main).toContainText(say("verify.countdown.ended"));
  await verify.typeCode(late);
  await expect(alert).toContainText(like(say("verify.errors.expired", { time: anything })));
  await expect(alert.getByRole("time")).toHaveAttribute("datetime", until ?? "");
  await expect(page).toHaveURL("/verify");

  await main.getByRole("link", { name: say("verify.startAgain") }).click();
  await login.fillIn(customer);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
});

test("C4: once a block has ended there is a new sign-in with three new attempts", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  const { page, login, verify, account, alert, main, say } = visitor;
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  for (const left of [2, 1]) {
    await verify.typeCode(otherThan(code));
    await verify.expectAttemptsLeft(left);
  }
  await verify.typeCode(otherThan(code));
  await expect(page).toHaveURL("/login");
  await expect(alert).toContainText(like(say("login.blocked.title", { time: anything })));
  await visitor.forgetNotices();
  await expect(async () => {
    await page.goto("/verify");
    await expect(alert).toContainText(say("verify.errors.blockOver"), { timeout: 200 });
  }).toPass();
  await main.getByRole("link", { name: say("verify.startAgain") }).click();
  await login.fillIn(customer);
  await verify.expectOpen();
  await verify.expectAttemptsLeft(3);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
});

test("S6: after twenty codes without a right one, new networks wait for a new password", async ({
  visit,
  visitPlainly,
  customer,
}) => {
  for (let sent = 0; sent < 20; sent++) {
    const answer = await (await visitPlainly()).signIn(customer);
    expect(answer.headers().location).toBe("/verify");
  }
  const { page, login, alert, say } = await visit();
  await login.signIn(customer);
  await expect(page).toHaveURL("/login");
  await expect(alert).toContainText(say("login.unusedCodes.title"));
  await customer.inbox.mail(subjectOf("someone-knows-your-password"));
  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);
});
