import { expect, test } from "@/e2e/fixtures";
import { press } from "@/e2e/pages/own-keys";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

const fresh = "an entirely new passphrase";

test("that was not me: the thief is out and stays out, the owner gets back in with a new password", async ({
  visit,
  customer,
}) => {
  const owner = await visit({ ip: customer.home });
  await owner.login.signIn(customer);
  await owner.account.expectSignedIn(customer);
  const thief = await visit();
  await thief.login.signIn(customer);
  await thief.verify.typeCode(await customer.inbox.nextCode());
  await thief.account.expectSignedIn(customer);

  const mail = await customer.inbox.mail(subjectOf("place-trusted"));
  const { page, main, alert, status, say } = owner;
  await page.goto(linkTo("/not-me", mail));
  await expect(main).toContainText(say("notMe.lead"));
  await expect(main).toContainText(thief.ip);
  await page.reload();
  await thief.page.goto("/account");
  await thief.account.expectSignedIn(customer);
  await press(owner, "notMe.submit");
  await expect(status).toContainText(say("notMe.done.what"));

  await thief.page.goto("/account");
  await expect(thief.page).toHaveURL(/\/login\?callbackUrl=/);
  await thief.login.signIn(customer);
  await expect(thief.alert).toContainText(say("login.passwordOff.title"));
  await owner.login.signIn(customer);
  await expect(alert).toContainText(say("login.passwordOff.title"));
  await owner.login.signIn({ ...customer, password: "wrong anyway" });
  await expect(alert).toContainText(say("login.errors.wrongCredentials"));

  const reset = await customer.inbox.mail(subjectOf("password-reset"));
  await page.goto(linkTo("/reset-password", reset));
  await main.getByLabel(say("password.reset.newPassword"), { exact: true }).fill(fresh);
  await press(owner, "password.reset.submit");
  await owner.login.signIn({ ...customer, password: fresh });
  await owner.account.expectSignedIn(customer);
  await page.goto("/account/activity");
  await expect(main).toContainText(say("activity.kind.account-secured"));
  await page.goto("/account/security");
  await expect(main).not.toContainText(say("places.because.code", { date: "" }).slice(0, 20));

  await thief.login.signIn({ ...customer, password: fresh });
  await expect(thief.alert).toContainText(like(say("login.blocked.title", { time: anything })));
  await expect(thief.alert).toContainText(say("login.blocked.whyNotMe"));

  await page.goto(linkTo("/not-me", mail));
  await owner.forgetNotices();
  await page.reload();
  await expect(alert).toContainText(say("notMe.over.used"));
});

test("a changed contact e-mail is undone from the old mailbox, without signing in and without scripts", async ({
  visit,
  customer,
}) => {
  const thief = await visit({ ip: customer.home });
  await thief.login.signIn(customer);
  await thief.account.expectSignedIn(customer);
  const theirs = `thief-${customer.email}`;
  await thief.page.goto("/account/contact");
  const form = thief.main.locator("form").first();
  await form.getByLabel(thief.say("contact.email.email"), { exact: true }).fill(theirs);
  await form
    .getByLabel(thief.say("contact.email.password"), { exact: true })
    .fill(customer.password);
  await form.getByRole("button").click();
  const { Inbox } = await import("@/e2e/support/inbox");
  const requests = [
    await customer.inbox.mail(subjectOf("confirm-old-email")),
    await new Inbox(theirs).mail(subjectOf("confirm-new-email")),
  ];
  for (const mail of requests) {
    await thief.page.goto(linkTo("/confirm-address", mail));
    await press(thief, "confirmAddress.submit");
  }
  const mail = await customer.inbox.mail(subjectOf("email-changed"));
  const owner = await visit({ javaScriptEnabled: false });
  await owner.page.goto(linkTo("/not-me", mail));
  await expect(owner.main).toContainText(owner.say("notMe.will.undo.email-change"));
  await press(owner, "notMe.submit");
  await expect(owner.status).toContainText(owner.say("notMe.done.what"));
  await customer.inbox.mail(subjectOf("password-reset"));
  await owner.login.signIn(customer);
  await expect(owner.alert).toContainText(owner.say("login.passwordOff.title"));
  await thief.page.goto("/account");
  await expect(thief.page).toHaveURL(/\/login\?callbackUrl=/);
});

for (const token of ["", "x", "A".repeat(64), "%00", "é".repeat(64)]) {
  test(`a link with the token "${token.slice(0, 9)}" says what to do, and does nothing`, async ({
    visit,
  }) => {
    const { page, alert, main, say } = await visit();
    const answer = await page.goto(`/not-me?token=${token}`);
    if (token === "%00") {
      expect(answer?.status()).toBe(400);
      return;
    }
    await expect(alert).toContainText(say("notMe.over.dead"));
    await page.goto(`/confirm-address?token=${token}`);
    await expect(main).toContainText(say("confirmAddress.over.dead.title"));
  });
}
