import { expect, test } from "@/e2e/fixtures";
import { confirmWith, entry, happened, openArea, press, send, unfold } from "@/e2e/pages/own-keys";
import { Inbox } from "@/e2e/support/inbox";
import { linksOf, linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import type { Visitor } from "@/e2e/visitor";

const askForEmail = (visitor: Visitor, email: string, password: string) =>
  send(visitor, "contact.email.submit", {
    "contact.email.email": email,
    "contact.email.password": password,
  });

test("the contact e-mail changes once both mailboxes pressed a button, and not before", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, login, account, main, status, alert, say } = visitor;
  await login.signIn(customer);
  await account.expectSignedIn(customer);
  const address = `new-${customer.email}`;
  const inbox = new Inbox(address);
  await page.goto("/account/contact");
  const first = page.getByRole("main").locator("form").first();
  await expect(first.getByRole("textbox")).toHaveCount(2);
  await expect(first.getByRole("button")).toHaveCount(1);
  await askForEmail(visitor, address, "not the password");
  await expect(alert).toContainText(say("widening.errors.passwordWrong"));
  await askForEmail(visitor, address, customer.password);
  await expect(status).toContainText(
    say("contact.done.email-change-asked", { address, hours: 24 }),
  );
  await expect(main.getByText(say("contact.change.missing"))).toHaveCount(2);

  const toOld = await customer.inbox.mail(subjectOf("confirm-old-email"));
  const toNew = await inbox.mail(subjectOf("confirm-new-email"));
  const reader = await visit();
  await reader.page.goto(linksOf(toNew)[0] ?? "");
  await expect(reader.main).toContainText(say("confirmAddress.new.title"));
  await reader.page.reload();
  await page.reload();
  await expect(main.getByText(say("contact.change.missing"))).toHaveCount(2);
  await press(reader, "confirmAddress.submit");
  await expect(reader.status).toContainText(say("confirmAddress.over.confirmed.oldMissing"));
  await page.reload();
  await expect(main.getByText(say("contact.change.missing"))).toHaveCount(1);
  await expect(first.getByLabel(say("contact.email.email"))).toHaveValue(customer.email);

  await reader.page.goto(linksOf(toOld)[0] ?? "");
  await press(reader, "confirmAddress.submit");
  await expect(reader.status).toContainText(say("confirmAddress.over.done.changed", { address }));
  await reader.login.signIn(customer);
  await expect(reader.alert).toContainText(say("login.errors.wrongCredentials"));
  await reader.login.signIn({ ...customer, email: address });
  await reader.verify.expectOpen();
  await inbox.nextCode();
});

test("a cancelled change: the page of its links says so, and changes nothing", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, alert, status, say } = visitor;
  await openArea(visitor, customer, "/account/contact");
  await askForEmail(visitor, `new-${customer.email}`, customer.password);
  await press(visitor, "contact.change.cancel");
  await expect(status).toContainText(say("contact.done.email-change-cancelled"));
  const mail = await customer.inbox.mail(subjectOf("confirm-old-email"));
  await page.goto(linkTo("/confirm-address", mail));
  await expect(alert).toContainText(say("confirmAddress.over.over.cancelled"));
});

test("a second address gets the codes too, once it was confirmed", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home });
  const { page, login, account, main, status, say } = visitor;
  await login.signIn(customer);
  await account.expectSignedIn(customer);
  const address = `second-${customer.email}`;
  const second = new Inbox(address);
  await page.goto("/account/contact");
  await send(visitor, "contact.further.add", {
    "contact.further.address": address,
    "contact.further.password": customer.password,
  });
  await confirmWith(visitor, await customer.inbox.nextCode());
  await expect(page).toHaveURL("/account/contact");
  await expect(status).toContainText(say("widening.done.address-asked", { address }));
  const reader = await visit();
  await reader.page.goto(
    linkTo("/confirm-address", await second.mail(subjectOf("confirm-address"))),
  );
  await press(reader, "confirmAddress.submit");
  await expect(reader.status).toContainText(say("confirmAddress.over.done.further", { address }));

  await reader.login.signIn(customer);
  await reader.verify.expectOpen();
  const code = await second.nextCode();
  expect(await customer.inbox.nextCode()).toBe(code);
  await expect(reader.page.locator("[data-mail-state]")).toHaveCount(2);
  await reader.verify.typeCode(code);
  await reader.account.expectSignedIn(customer);

  await page.goto("/account/contact#addresses");
  await entry(visitor, address)
    .getByRole("button", { name: say("contact.further.remove") })
    .click();
  await expect(main).toContainText(say("contact.done.address-removed", { address }));
  await second.mail(subjectOf("address-removed"));
});

test("name, language and zone: pages and mails follow at once", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, say } = visitor;
  await openArea(visitor, customer, "/account/contact");
  await unfold(main.getByLabel(say("contact.details.timeZone")));
  await main.getByLabel(say("contact.details.timeZone")).selectOption("America/Sao_Paulo");
  await main.getByLabel(say("contact.details.language")).selectOption("pt");
  await send(visitor, "contact.details.submit", { "contact.details.name": "Inês de Castro" });
  await expect(page.locator("html")).toHaveAttribute("lang", "pt");
  const mail = await customer.inbox.mail(subjectOf("details-changed", "en"));
  expect(mail.text).toContain("name, language, and time zone");
  await page.goto("/account/activity");
  await expect(happened(visitor).first()).toContainText("hora de São Paulo");
});

test("the language at the foot of a page is kept with the account and recorded, but not mailed", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  await openArea(visitor, customer, "/account");
  await visitor.page.getByRole("button", { name: "Français" }).click();
  await expect(visitor.page.locator("html")).toHaveAttribute("lang", "fr");
  await visitor.page.goto("/account/activity");
  await expect(happened(visitor)).toHaveCount(2);
  await expect(happened(visitor).first()).toContainText("langue");
  for (const language of ["en", "fr"] as const) {
    expect(await customer.inbox.count(subjectOf("details-changed", language))).toBe(0);
  }
});

test("another account's address: the same words, and only its owner is notified", async ({
  visit,
  customer,
  makeCustomer,
}) => {
  const owner = await makeCustomer();
  const visitor = await visit({ ip: customer.home });
  const { status, main, say } = visitor;
  await openArea(visitor, customer, "/account/contact");
  await askForEmail(visitor, owner.email, customer.password);
  const words = { address: owner.email, hours: 24 };
  await expect(status).toContainText(say("contact.done.email-change-asked", words));
  await expect(main.getByText(say("contact.change.missing"))).toHaveCount(2);
  await owner.inbox.mail(subjectOf("already-have-account"));
  expect(await owner.inbox.count(subjectOf("confirm-new-email"))).toBe(0);
});

for (const javaScriptEnabled of [true, false]) {
  test(`one form of the contact details at a time, the one the last answer is about, ${
    javaScriptEnabled ? "with" : "without"
  } scripts`, async ({ visit, customer }) => {
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    const { page, main, alert, status, say } = visitor;
    const submits = {
      email: main.getByRole("button", { name: say("contact.email.submit"), exact: true }),
      addresses: main.getByRole("button", { name: say("contact.further.add"), exact: true }),
      phone: main.getByRole("button", { name: say("contact.phone.submit"), exact: true }),
      details: main.getByRole("button", { name: say("contact.details.submit"), exact: true }),
    };
    const expectOpen = async (open: keyof typeof submits) => {
      for (const [section, submit] of Object.entries(submits)) {
        await expect(submit, section).toBeVisible({ visible: section === open });
      }
    };
    await openArea(visitor, customer, "/account/contact");
    await expectOpen("email");
    await main.getByRole("heading", { name: say("contact.phone.title") }).click();
    await expectOpen("phone");
    for (const section of ["addresses", "phone", "details", "email"] as const) {
      await page.goto(`/account/contact?at=${section}#${section}`);
      await expectOpen(section);
    }

    const wrong = { "contact.phone.phone": "0123", "contact.phone.password": "x" };
    await send(visitor, "contact.phone.submit", wrong);
    await expect(alert).toBeVisible();
    await expectOpen("phone");
    await send(visitor, "contact.further.add", {
      "contact.further.address": "nobody",
      "contact.further.password": "x",
    });
    await expect(alert).toBeVisible();
    await expectOpen("addresses");
    await send(visitor, "contact.details.submit", { "contact.details.name": "" });
    await expect(alert).toBeVisible();
    await expectOpen("details");
    await send(visitor, "contact.details.submit", { "contact.details.name": "Inês de Castro" });
    await expect(status).toContainText(say("contact.done.details-saved"));
    await expectOpen("details");
    await visitor.forgetNotices();
    await page.reload();
    await expectOpen("email");
  });
}
