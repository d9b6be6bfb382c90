import { expect, test } from "@/e2e/fixtures";
import { decide, openCase, story } from "@/e2e/pages/case-pages";
import { formOf, openArea, press, send } from "@/e2e/pages/own-keys";
import { addFirstApp, answerFactor, beginApp, turnOn } from "@/e2e/pages/two-step-pages";
import { ageFactors, endCooling, giveApp } from "@/e2e/support/host-database";
import { Inbox } from "@/e2e/support/inbox";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

const PATH = "/account/security/two-step";
const fresh = "an entirely new passphrase";
const why = "The passport has the same name and birthday.";

test("app and codes lost: from the sign-in to a case, two of the staff, the cooling time, and in with a mailed code", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  // What is due is looked for every minute.
  test.setTimeout(240_000);
  const owner = await visit({ ip: customer.home });
  await openArea(owner, customer, PATH);
  await addFirstApp(owner, customer);

  const visitor = await visit({ javaScriptEnabled: false });
  const { page, main, status, say } = visitor;
  await visitor.login.signIn(customer);
  await expect(page).toHaveURL("/verify");
  await page.getByRole("link", { name: say("verify.factor.lost") }).click();
  await expect(page).toHaveURL("/recover?lost=second-factor");
  await expect(main.getByLabel(say("recover.start.lost.second-factor"))).toBeChecked();
  await press(visitor, "recover.start.submit");
  await expect(main).toContainText(say("recover.draft.factorsTitle"));
  await expect(formOf(visitor, "recover.address.submit")).toHaveCount(0);
  await send(visitor, "recover.story.submit", { "recover.story.label": story });
  await press(visitor, "recover.draft.send.submit");
  await expect(page).toHaveURL(/\/recover\/status\?token=/);
  await expect(status).toContainText(say("recover.notices.sent-factors"));
  await expect(main).toContainText(say("recover.status.lostWhat.second-factor"));
  const reference = await main
    .getByText(/^[A-Z2-9]{4}-[A-Z2-9]{3}$/)
    .first()
    .innerText();
  const opened = await customer.inbox.mail(subjectOf("factors-case-opened"));
  expect(opened.text).toContain(reference);
  await owner.page.goto(linkTo("/recover/object", opened));
  await expect(owner.main).toContainText(owner.say("recover.object.factorsLead"));

  const sent = { applicant: visitor, inbox: new Inbox(customer.email), reference };
  for (const _ of [1, 2]) {
    const { visitor: staff } = await visitAsStaff("support");
    await openCase(staff, sent);
    await expect(staff.main).toContainText(staff.say("supportCases.case.factors.title"));
    await decide(staff, "approve", why);
  }
  await customer.inbox.mail(subjectOf("factors-case-will-end"));
  await endCooling(customer.email, "whole");
  const inbox = customer.inbox;
  await expect.poll(() => inbox.count(subjectOf("factors-reset")), { timeout: 150_000 }).toBe(1);
  await page.reload();
  await expect(main).toContainText(say("recover.status.factors.done"));
  await owner.page.goto("/account");
  await expect(owner.page).toHaveURL(/\/login\?callbackUrl=/);
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
});

test("“that was not me” about the first second step announces its end, and who signs in with it keeps it, at a known place too", async ({
  visit,
  customer,
}) => {
  const owner = await visit({ ip: customer.home, javaScriptEnabled: false });
  const { page, main, status, alert, say } = owner;
  await openArea(owner, customer, PATH);
  const app = await addFirstApp(owner, customer);
  await page.goto(linkTo("/not-me", await customer.inbox.mail(subjectOf("factor-added"))));
  await expect(main).toContainText(say("notMe.will.factor.first", { endHours: 24, name: "Phone" }));
  await press(owner, "notMe.submit");
  await expect(main).toContainText(like(say("notMe.done.factorEnds", { time: anything })));
  await customer.inbox.mail(subjectOf("factors-end-asked"));
  const reset = await customer.inbox.mail(subjectOf("password-reset"));
  await page.goto(linkTo("/reset-password", reset));
  await send(owner, "password.reset.submit", { "password.reset.newPassword": fresh });
  await owner.moveTo("198.51.100.201");
  await owner.login.signIn({ ...customer, password: fresh });
  await answerFactor(owner, "verify.submit", await app.nextCode());
  await owner.account.expectSignedIn(customer);
  await expect(alert).toContainText(like(say("account.factorsEnd.what", { time: anything })));
  // The place is known from now on, and asks for nothing the next time.
  await page.getByRole("button", { name: say("common.signedIn.signOut"), exact: true }).click();
  await owner.login.signIn({ ...customer, password: fresh });
  await owner.account.expectSignedIn(customer);
  await page.goto("/account/contact");
  const other = `other-${customer.email}`;
  await send(owner, "contact.email.submit", {
    "contact.email.email": other,
    "contact.email.password": fresh,
  });
  await expect(page).toHaveURL("/account");
  await expect(alert.first()).toContainText(say("account.factorsEnd.frozen"));
  await send(owner, "account.factorsEnd.keep", { "twoStep.password": "not the password" });
  await expect(alert.first()).toContainText(say("widening.errors.passwordWrong"));
  await send(owner, "account.factorsEnd.keep", { "twoStep.password": fresh });
  await expect(page).toHaveURL("/account/confirm");
  await expect(main).toContainText(say("widening.wish.keepFactors"));
  await expect(page.getByRole("link", { name: say("verify.factor.lost") })).toHaveAttribute(
    "href",
    "/recover?lost=second-factor",
  );
  await send(owner, "widening.submit", { "verify.factor.field": await app.nextCode() });
  await expect(page).toHaveURL("/account");
  await expect(status).toContainText(say("account.factorsEnd.kept"));
  await expect(alert).toHaveCount(0);
  await customer.inbox.mail(subjectOf("factors-kept"));
});

test("“that was not me” with the password and another app removes the app that the mail is about", async ({
  visit,
  customer,
}) => {
  const owner = await visit({ ip: customer.home });
  const { page, main, alert, say } = owner;
  await openArea(owner, customer, PATH);
  const app = await addFirstApp(owner, customer);
  const other = await beginApp(owner);
  const { password } = customer;
  await turnOn(owner, { name: "Tablet", code: await other.nextCode(), password });
  await expect(page).toHaveURL(PATH);
  const mails = () => customer.inbox.count(subjectOf("factor-added"));
  await expect.poll(mails).toBe(2);
  const mail = (await customer.inbox.mails()).filter(({ text }) => text.includes("Tablet")).at(-1);
  if (mail === undefined) throw new Error("No mail names the second app.");
  await page.goto(linkTo("/not-me", mail));
  // Added in one session with the very first, it would go with that.
  await expect(main).toContainText(
    say("notMe.will.factor.first", { endHours: 24, name: "Tablet" }),
  );
  await send(owner, "notMe.submit", { "notMe.remove.password": password });
  await expect(alert).toContainText(say("notMe.errors.answerMissing"));
  await send(owner, "notMe.submit", {
    "notMe.remove.password": password,
    "verify.factor.field": await other.nextCode(),
  });
  await expect(alert).toContainText(say("notMe.errors.answerWrong"));
  await expect(main.getByLabel(say("notMe.remove.password"), { exact: true })).toHaveValue("");
  await send(owner, "notMe.submit", {
    "notMe.remove.password": password,
    "verify.factor.field": await app.nextCode(),
  });
  await expect(main).toContainText(say("notMe.done.factorRemoved"));
  await customer.inbox.mail(subjectOf("factor-removed"));
});

test("another contact e-mail is asked for with the second step, where the session has not shown it", async ({
  visit,
  customer,
}) => {
  const owner = await visit({ ip: customer.home });
  await openArea(owner, customer, PATH);
  const app = await addFirstApp(owner, customer);
  const visitor = await visit({ ip: customer.home, javaScriptEnabled: false });
  const { page, main, status, say } = visitor;
  await openArea(visitor, customer, "/account/contact");
  const address = `other-${customer.email}`;
  await send(visitor, "contact.email.submit", {
    "contact.email.email": address,
    "contact.email.password": customer.password,
  });
  await expect(page).toHaveURL("/account/confirm");
  await expect(main).toContainText(say("widening.wish.changeEmail", { address }));
  expect(await customer.inbox.count(subjectOf("confirm-old-email"))).toBe(0);
  await send(visitor, "widening.submit", { "verify.factor.field": await app.nextCode() });
  await expect(page).toHaveURL("/account/contact");
  await expect(status).toContainText(address);
  await customer.inbox.mail(subjectOf("confirm-old-email"));
});

test("after 90 days a sign-in by app is asked once whether all still works, and goes on either way", async ({
  visit,
  customer,
}) => {
  const app = await giveApp(customer.email);
  await ageFactors(customer.email, 91);
  const visitor = await visit({ javaScriptEnabled: false });
  const { page, main } = visitor;
  await visitor.login.open("/account/contact");
  await visitor.login.fillIn(customer);
  await answerFactor(visitor, "verify.submit", await app.nextCode());
  await expect(page).toHaveURL(/\/two-step\/check-up\?callbackUrl=/);
  await expect(main).toContainText("Phone");
  await press(visitor, "twoStep.checkUp.later");
  await expect(page).toHaveURL("/account/contact");
  const again = await visit();
  await again.login.signIn(customer);
  await answerFactor(again, "verify.submit", await app.nextCode());
  await again.account.expectSignedIn(customer);
});
