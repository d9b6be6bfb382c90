import { expect, test } from "@/e2e/fixtures";
import { press, send } from "@/e2e/pages/own-keys";
import { act, fact, openCustomer, sendAct } from "@/e2e/pages/support-pages";
import { markAddress } from "@/e2e/support/host-database";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

const fresh = "an entirely new passphrase";

test("each act asks for a reason, and keeps what was typed", async ({ visitAsStaff, customer }) => {
  const { visitor: desk } = await visitAsStaff("support");
  const { page, main, alert, say } = desk;
  await openCustomer(desk, customer.email);
  await main.getByText(say("acts.hotline-pass.summary"), { exact: true }).click();
  await send(desk, "acts.hotline-pass.submit", {
    "acts.hotline-pass.reference": "K7",
    "support.acts.reason": "oh",
  });
  const example = "K7QM-2PX";
  await expect(alert).toContainText(say("support.errors.referenceMalformed", { example }));
  await expect(alert).toContainText(say("support.errors.checkMissing"));
  await expect(alert).toContainText(say("support.errors.reasonTooShort", { minReason: 5 }));
  const field = (label: string) =>
    main
      .locator("form")
      .filter({ has: page.getByLabel(say("contact.phone.pin"), { exact: true }) })
      .getByLabel(say(label), { exact: true });
  await expect(field("support.acts.reason")).toHaveValue("oh");
  await expect(field("acts.hotline-pass.reference")).toHaveValue("K7");
});

test("a password is switched off, and the customer gets back in by the link support has sent", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const owner = await visit({ ip: customer.home });
  await owner.login.signIn(customer);
  await owner.account.expectSignedIn(customer);
  const { visitor: desk } = await visitAsStaff("support");
  await openCustomer(desk, customer.email);
  await act(desk, "password-switched-off");
  await expect(desk.status).toContainText(desk.say("acts.password-switched-off.done.switched-off"));
  await customer.inbox.mail(subjectOf("password-switched-off"));

  await owner.page.goto("/account");
  await expect(owner.page).toHaveURL(/\/login\?callbackUrl=/);
  await owner.login.signIn(customer);
  const off = like(owner.say("login.passwordOff.whatSupport", { time: anything }));
  await expect(owner.alert).toContainText(off);

  await act(desk, "reset-by-support");
  await expect(desk.status).toContainText(desk.say("acts.reset-by-support.done.reset-sent"));
  await customer.inbox.mail(subjectOf("reset-by-support"));
  const reset = await customer.inbox.mail(subjectOf("password-reset"));
  await expect(desk.main).not.toContainText(linkTo("/reset-password", reset));
  await owner.page.goto(linkTo("/reset-password", reset));
  await send(owner, "password.reset.submit", { "password.reset.newPassword": fresh });
  await owner.login.signIn({ ...customer, password: fresh });
  await owner.account.expectSignedIn(customer);
});

test("ending all sessions and forgetting a place puts whoever is in out", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const owner = await visit({ ip: customer.home });
  await owner.login.signIn(customer);
  await owner.account.expectSignedIn(customer);
  const { visitor: desk } = await visitAsStaff("admin");
  await openCustomer(desk, customer.home);
  await act(desk, "sessions-ended-by-support");
  await expect(desk.status).toContainText(desk.say("acts.sessions-ended-by-support.done.ended"));
  await owner.page.goto("/account");
  await expect(owner.page).toHaveURL(/\/login\?callbackUrl=/);
  const places = desk.say("support.customer.record.places", { count: 1 });
  await desk.main.getByText(places, { exact: true }).click();
  await act(desk, "place-forgotten-by-support");
  const done = desk.say("acts.place-forgotten-by-support.done.forgotten", {
    network: customer.home,
  });
  await expect(desk.status).toContainText(done);
  await owner.login.signIn(customer);
  await owner.verify.expectOpen();
});

test("an address that mail came back from is lifted with a reason, and its customer reads no more of it", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const owner = await visit({ ip: customer.home });
  await owner.login.signIn(customer);
  await owner.account.expectSignedIn(customer);
  await markAddress(customer.email);
  await owner.page.goto("/account");
  await expect(owner.status).toContainText(owner.say("common.unreachable.title"));
  const { visitor: desk } = await visitAsStaff("support");
  await openCustomer(desk, customer.email);
  await expect(desk.main).toContainText(
    desk.say("support.customer.marks.said", { words: "5.1.1 no such user" }),
  );
  await act(desk, "mark-lifted");
  await expect(desk.status).toContainText(desk.say("acts.mark-lifted.done.lifted"));
  await owner.page.goto("/account");
  await expect(owner.status).toHaveCount(0);
  await owner.page.goto("/account/activity");
  await expect(owner.main).toContainText(owner.say("acts.mark-lifted.activity"));
});

test("hotline pass: a caller without their mailbox reads out reference and PIN, and is let in once", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);
  const pin = await fact(atHome, atHome.say("contact.phone.pin")).innerText();

  const { visitor: desk } = await visitAsStaff("support");
  const path = await openCustomer(desk, customer.email);
  await expect(desk.main).toContainText(desk.say("support.customer.now.none"));
  const caller = await visit();
  await caller.login.signIn(customer);
  await caller.verify.expectOpen();
  const reference = await caller.verify.readReference();
  // The page of support brings itself up to date, and does not say what the caller has to read out.
  await expect(desk.main).toContainText(caller.ip);
  await expect(desk.main).not.toContainText(reference);

  const fields = {
    "acts.hotline-pass.reference": reference,
    "contact.phone.pin": "WRXNGP",
  };
  await act(desk, "hotline-pass", fields);
  await expect(desk.alert).toContainText(desk.say("support.refused.wrong-pin"));
  await sendAct(desk, "hotline-pass", { ...fields, "contact.phone.pin": pin.toLowerCase() });
  const granted = like(desk.say("support.done.pass-granted", { time: anything }));
  await expect(desk.status).toContainText(granted);
  const mail = await customer.inbox.mail(subjectOf("hotline-pass"));
  expect(mail.text).toContain(caller.ip);

  await caller.page.goto("/verify");
  await press(caller, "verify.pass.continue");
  await caller.account.expectSignedIn(customer);
  await atHome.page.goto("/account");
  await expect(fact(atHome, atHome.say("contact.phone.pin"))).not.toHaveText(pin);
  await desk.page.goto(path);
  await expect(desk.main).toContainText(desk.say("acts.hotline-pass.activity"));

  // It trusted nothing: the same network is asked for a code again.
  const again = await visit({ ip: caller.ip });
  await again.login.signIn(customer);
  await again.verify.expectOpen();
});

test("nobody acts on themselves, and support not on an administrator", async ({
  visitAsStaff,
  makeStaff,
}) => {
  const { staff, visitor: desk } = await visitAsStaff("support");
  const { main, say } = desk;
  await openCustomer(desk, staff.email);
  await expect(main).toContainText(say("support.acts.mayNot.oneself"));
  await expect(main.locator("textarea")).toHaveCount(0);
  await openCustomer(desk, (await makeStaff("admin")).email);
  await expect(main).toContainText(say("support.acts.mayNot.admins-only"));
});
