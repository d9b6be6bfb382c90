import { expect, test } from "@/e2e/fixtures";
import { ageLastMail } from "@/e2e/support/host-database";
import { anything, like } from "@/e2e/support/words";

test("R3: too early says from when, at /verify, and mails nothing", async ({ visit, customer }) => {
  const { page, login, verify, account, alert, status, say } = await visit();
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  const before = Date.now();
  await expect(verify.resend).toBeEnabled();
  await verify.resend.click();
  await expect(status).toContainText(like(say("verify.errors.tooEarly", { time: anything })));
  // It is no error, and the code can be typed at once.
  await expect(alert).toHaveCount(0);
  await expect(verify.code).toBeFocused();
  await expect(page).toHaveURL("/verify");
  const from = Date.parse((await status.getByRole("time").getAttribute("datetime")) ?? "");
  expect(from - before).toBeGreaterThan(0);
  expect(from - before).toBeLessThanOrEqual(30_000);
  await expect(status.getByRole("time")).toHaveText(/^\d\d:\d\d:\d\d (UTC|\D+)$/);
  await verify.expectAttemptsLeft(3);
  await verify.typeCode(code);
  await account.expectSignedIn(customer);
  expect(await customer.inbox.codesUnread()).toBe(0);
});

test("R4 and R2: the same code three times more, its end does not move, then no more", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  const { page, login, verify, account, alert, status, say } = visitor;
  const end = () => verify.fact("validUntil").locator("time").getAttribute("datetime");
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  await verify.expectOpen();
  const until = await end();
  for (let again = 1; again <= 3; again++) {
    await visitor.forgetNotices();
    await page.goto("/verify");
    await ageLastMail(customer.email, 30);
    await verify.resend.click();
    await expect(status).toContainText(
      like(say("verify.sentAgain", { maskedEmail: anything, time: anything })),
    );
    expect(await customer.inbox.nextCode()).toBe(code);
    expect(await end()).toBe(until);
  }
  await ageLastMail(customer.email, 30);
  await verify.resend.click();
  await expect(alert).toContainText(like(say("verify.errors.tooOften", { time: anything })));
  await expect(alert.getByRole("time")).toHaveAttribute("datetime", until ?? "");
  await verify.typeCode(code);
  await account.expectSignedIn(customer);
  expect(await customer.inbox.codesUnread()).toBe(0);
});
