import { expect, test } from "@/e2e/fixtures";
import { countSessions } from "@/e2e/support/host-database";
import { otherThan } from "@/e2e/support/inbox";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

test("C1: without a pending sign-in a code is not judged", async ({ visit, customer }) => {
  const { page, context, login, verify, alert, say } = await visit();
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  await verify.expectOpen();
  await context.clearCookies();
  await verify.typeCode(code);
  await expect(page).toHaveURL("/login");
  await expect(alert).toContainText(say("login.notices.noPending"));
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login\?/);
});

test("C1: /verify without a pending sign-in leads to /login, which says why", async ({ visit }) => {
  const { page, alert, say } = await visit();
  await page.goto("/verify");
  await expect(page).toHaveURL("/login");
  await expect(alert).toContainText(say("login.notices.noPending"));
});

test("C2: a code that was used opens nothing a second time", async ({ visit, customer }) => {
  const { page, context, login, verify, account, alert, say } = await visit();
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  await verify.expectOpen();
  const pending = await context.cookies();
  await verify.typeCode(code);
  await account.expectSignedIn(customer);
  await context.clearCookies();
  await context.addCookies(pending);
  await page.goto("/verify");
  await expect(alert).toContainText(say("verify.errors.used"));
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login\?/);
});

test("C2: a second tab with the same code comes in by the door the first one opened", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  await visitor.login.signIn(customer);
  const code = await customer.inbox.nextCode();
  await visitor.verify.expectOpen();
  const second = await visitor.openTab();
  await second.page.goto("/verify");
  await visitor.verify.typeCode(code);
  await visitor.account.expectSignedIn(customer);
  await second.verify.typeCode(code);
  await second.account.expectSignedIn(customer);
  expect(await countSessions(customer.email)).toBe(2);
});

test("C3: a newer sign-in of the same browser replaces the one before", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  const { login, verify, alert, say, account } = visitor;
  await login.signIn(customer);
  const first = await customer.inbox.nextCode();
  await verify.expectOpen();
  const tab = await visitor.openTab();
  await tab.login.signIn(customer);
  await tab.verify.expectOpen();
  const second = await customer.inbox.nextCode();

  await verify.typeCode(first);
  await expect(visitor.page).toHaveURL("/verify");
  await expect(alert).toContainText(say("verify.errors.superseded"));
  await verify.expectAttemptsLeft(3);
  await verify.typeCode(second);
  await account.expectSignedIn(customer);
});

test("C6: a code typed at another network is not judged and trusts nothing", async ({
  visit,
  customer,
  addresses,
}) => {
  const visitor = await visit();
  const { login, verify, account, alert, status, say } = visitor;
  const asked = visitor.ip;
  await login.signIn(customer);
  const first = await customer.inbox.nextCode();
  await verify.expectOpen();

  await visitor.moveTo(addresses.ip());
  await verify.typeCode(first);
  await expect(alert).toContainText(
    say("verify.errors.networkChanged", { ip: asked, newIp: visitor.ip }),
  );
  await expect(alert.getByRole("button")).toHaveCount(1);
  await verify.expectAttemptsLeft(3);

  await verify.sendForThisNetwork.click();
  await expect(status).toContainText(like(say("verify.newCodeSent", { maskedEmail: anything })));
  await expect(verify.fact("ip")).toHaveText(visitor.ip);
  const second = await customer.inbox.nextCode();
  expect(second).not.toBe(first);
  await verify.typeCode(second);
  await account.expectSignedIn(customer);

  const atTheFirst = await visit({ ip: asked });
  await atTheFirst.login.signIn(customer);
  await atTheFirst.verify.expectOpen();
});

test("C7: what is not six digits is a form error and costs no attempt", async ({
  visit,
  customer,
}) => {
  const { page, login, verify, alert, say } = await visit();
  await login.signIn(customer);
  await verify.expectOpen();
  await verify.typeCode("");
  await expect(alert).toContainText(say("verify.errors.codeMissing"));
  for (const typed of ["12345", "1234567", "12345a", "١٢٣٤٥٦"]) {
    await verify.typeCode(typed);
    await expect(alert).toContainText(say("verify.errors.codeNotSixDigits"));
    // What was typed is gone once the answer is there.
    await expect(verify.code).toHaveValue("");
    await expect(verify.code).toHaveAccessibleDescription(
      like(say("verify.errors.codeNotSixDigits")),
    );
  }
  await page.goto("/verify");
  await verify.expectAttemptsLeft(3);
});

test("C9 and C10: each wrong code says how many are left, the third one blocks", async ({
  visit,
  customer,
}) => {
  const { page, login, verify, alert, say } = await visit();
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  await verify.expectOpen();
  for (const left of [2, 1]) {
    await verify.typeCode(otherThan(code));
    await expect(alert).toContainText(
      like(say("verify.errors.codeWrong", { left, blockDuration: anything })),
    );
    await expect(verify.code).toHaveAttribute("aria-invalid", "true");
    await verify.expectAttemptsLeft(left);
  }
  const before = Date.now();
  await verify.typeCode(otherThan(code));
  await expect(page).toHaveURL("/login");
  await expect(alert).toContainText(like(say("login.blocked.title", { time: anything })));
  const until = await alert.getByRole("time").first().getAttribute("datetime");
  const minutes = (Date.parse(until ?? "") - before) / 60_000;
  expect(minutes).toBeGreaterThanOrEqual(60);
  expect(minutes).toBeLessThan(61);
  const reference = /[A-Z0-9]{4}-[A-Z0-9]{3}/.exec((await alert.textContent()) ?? "")?.[0];
  expect(reference).toBeDefined();
  const mail = await customer.inbox.mail(subjectOf("sign-in-blocked"));
  expect(mail.text).toContain(reference);

  await test.step("C4: the right code comes too late, and going back explains it", async () => {
    await page.goto("/verify");
    await expect(alert).toContainText(reference ?? "");
    await expect(verify.code).toHaveCount(0);
  });
});

test("the code of another browser does not count here", async ({ visit, customer }) => {
  const [first, second] = [await visit(), await visit()];
  await first.login.signIn(customer);
  const code = await customer.inbox.nextCode();
  await first.verify.expectOpen();
  await second.login.signIn(customer);
  await second.verify.expectOpen();
  await second.verify.typeCode(code);
  await expect(second.alert).toContainText(
    like(second.say("verify.errors.codeWrong", { left: 2, blockDuration: anything })),
  );
  await first.verify.typeCode(code);
  await first.account.expectSignedIn(customer);
});

test("signing in again does not give the attempts back", async ({ visit, customer }) => {
  const { login, verify, page } = await visit();
  for (const left of [2, 1]) {
    await login.signIn(customer);
    await verify.expectOpen();
    await verify.typeCode(otherThan(await customer.inbox.nextCode()));
    await verify.expectAttemptsLeft(left);
  }
  await login.signIn(customer);
  await verify.expectAttemptsLeft(1);
  await verify.typeCode(otherThan(await customer.inbox.nextCode()));
  await expect(page).toHaveURL("/login");
});
