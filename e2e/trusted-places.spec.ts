import { expect, test } from "@/e2e/fixtures";
import { confirmWith, entry, happened, openArea, press, send } from "@/e2e/pages/own-keys";
import { countLivingSessions } from "@/e2e/support/host-database";
import { linksOf } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";

test("a range added by hand: the password, a code for who came in without one, then no code there", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, status, alert, say } = visitor;
  await openArea(visitor, customer, "/account/security");
  await expect(entry(visitor, customer.home).first()).toContainText(say("places.here"));
  await main.getByText(say("places.add.title")).click();
  const fields = { "places.add.network": "203.0.113.9/24", "places.name": "Office" };
  await send(visitor, "places.add.submit", { ...fields, "places.add.password": "wrong" });
  await expect(alert).toContainText(say("widening.errors.passwordWrong"));
  await expect(main.getByLabel(say("places.add.network"))).toHaveValue("203.0.113.9/24");
  await send(visitor, "places.add.submit", { "places.add.password": customer.password });
  await expect(page).toHaveURL("/account/confirm");
  await expect(main).toContainText(say("widening.wish.addPlace", { place: "203.0.113.0/24" }));
  await confirmWith(visitor, await customer.inbox.nextCode());
  await expect(page).toHaveURL("/account/security");
  await expect(status).toContainText(say("widening.done.place-added", { place: "203.0.113.0/24" }));
  await expect(entry(visitor, "203.0.113.0/24")).toContainText("Office");
  await main
    .getByRole("link", { name: say("security.overview.widestAddresses", { size: 256 }) })
    .click();
  await expect(page.locator(":target")).toHaveText("Office");
  await customer.inbox.mail(subjectOf("place-added"));

  const office = await visit({ ip: "203.0.113.200" });
  await office.login.signIn(customer);
  await office.account.expectSignedIn(customer);
});

test("removing the place one is in: said so, its other sessions are out, and it asks for a code", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  await visitor.login.signIn(customer);
  const neighbour = await visit({ ip: customer.home });
  await neighbour.login.signIn(customer);
  await neighbour.account.expectSignedIn(customer);
  await visitor.page.goto("/account/security");
  await expect(visitor.main).toContainText(visitor.say("places.lastOne"));
  await press(visitor, "places.remove");
  const place = customer.home;
  await expect(visitor.status).toContainText(
    visitor.say("places.done.last-place-removed", { place }),
  );
  await neighbour.page.goto("/account");
  await expect(neighbour.page).toHaveURL(/\/login\?callbackUrl=/);
  await visitor.page.goto("/account");
  await visitor.account.expectSignedIn(customer);
  await neighbour.login.signIn(customer);
  await neighbour.verify.expectOpen();
});

test("only this once: without the tick the code lets in and the network stays a stranger", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  const { page, login, verify, account, main, say } = visitor;
  const tick = main.getByLabel(say("verify.trust"));
  await login.signIn(customer);
  await verify.expectOpen();
  await expect(tick).toBeChecked();
  await tick.uncheck();
  await verify.typeCode("271828");
  await verify.expectAttemptsLeft(2);
  await expect(tick).not.toBeChecked();
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
  await page.goto("/account/security");
  await expect(main).toContainText(say("places.notHere", { ip: visitor.ip }));
  await login.signIn(customer);
  await verify.expectOpen();
});

test("a place gets a name of its own, which sign-ins from there then carry", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, status, say } = visitor;
  await openArea(visitor, customer, "/account/security");
  await main.getByText(say("places.rename")).click();
  await send(visitor, "places.saveName", { "places.name": "Home" });
  await expect(status).toContainText(say("places.done.place-renamed", { place: customer.home }));
  await page.goto("/account/security/history");
  await expect(happened(visitor).first()).toContainText(`Home, ${customer.home}`);
});

test("ranges that cannot be are refused at the field, and nothing typed is lost", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { main, alert, say } = visitor;
  await openArea(visitor, customer, "/account/security");
  await main.getByText(say("places.add.title")).click();
  for (const typed of ["203.0.0.0/8", "192.168.1.1", "my office", `${customer.home}/24`]) {
    const fields = { "places.add.network": typed, "places.add.password": customer.password };
    await send(visitor, "places.add.submit", fields);
    await expect(alert.getByRole("link")).toHaveCount(1);
    await expect(main.getByLabel(say("places.add.network"))).toHaveValue(typed);
    await expect(main.getByLabel(say("places.add.network"))).toHaveAttribute(
      "aria-invalid",
      "true",
    );
  }
  expect(await customer.inbox.codesUnread()).toBe(0);
});

test("a trusted browser ends the daily code; a copy of its old cookie ends the trust and is mailed", async ({
  visit,
  customer,
  addresses,
}) => {
  const visitor = await visit();
  const { page, context, login, verify, account, status, say } = visitor;
  await login.signIn(customer);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
  await page.goto("/account/security/sessions");
  await send(visitor, "security.browser.trust", { "security.browser.password": customer.password });
  await expect(status).toContainText(say("widening.done.browser-trusted"));
  await customer.inbox.mail(subjectOf("browser-trusted"));
  const copied = await context.storageState();

  for (let day = 0; day < 2; day += 1) {
    await visitor.moveTo(addresses.ip());
    await login.signIn(customer);
    await account.expectSignedIn(customer);
  }
  const thief = await visit({ storageState: copied });
  await thief.login.signIn(customer);
  await thief.verify.expectOpen();
  const mail = await customer.inbox.mail(subjectOf("browser-copied"));
  expect(linksOf(mail)[0]).toMatch(/^\/not-me\?token=/);
  await visitor.moveTo(addresses.ip());
  await login.signIn(customer);
  await verify.expectOpen();
});

test("without scripts: a browser is trusted with its code, and no longer on one press", async ({
  visit,
  customer,
  addresses,
}) => {
  const visitor = await visit({ ip: customer.home, javaScriptEnabled: false });
  const { page, login, verify, status, say } = visitor;
  await openArea(visitor, customer, "/account/security/sessions");
  await send(visitor, "security.browser.trust", { "security.browser.password": customer.password });
  await confirmWith(visitor, await customer.inbox.nextCode());
  await expect(page).toHaveURL("/account/security/sessions");
  await expect(status).toContainText(say("widening.done.browser-trusted"));
  await press(visitor, "security.browser.forgetThis");
  await expect(page).toHaveURL("/account/security/sessions");
  await expect(status).toContainText(say("security.done.browser-forgotten"));
  await visitor.moveTo(addresses.ip());
  await login.signIn(customer);
  await verify.expectOpen();
});

test("two browsers: one ends the other's session, which is out on its very next request", async ({
  visit,
  customer,
}) => {
  const first = await visit({ ip: customer.home });
  const second = await visit({ ip: customer.home });
  for (const visitor of [first, second]) {
    await visitor.login.signIn(customer);
    await visitor.account.expectSignedIn(customer);
  }
  await first.page.goto("/account/security/sessions");
  await press(first, "sessions.endOthers");
  await expect(first.status).toContainText(first.say("sessions.done.sessions-ended"));
  await second.page.goto("/account/security");
  await expect(second.page).toHaveURL("/login?callbackUrl=%2Faccount%2Fsecurity");
  await customer.inbox.mail(subjectOf("sessions-ended"));
});

test("one browser has one session: by the password or by a code, the one before ends", async ({
  visit,
  customer,
  addresses,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { login, verify, account } = visitor;
  await login.signIn(customer);
  await account.expectSignedIn(customer);
  // The browser of the sign-up has one too.
  const living = await countLivingSessions(customer.email);
  await login.signIn(customer);
  await account.expectSignedIn(customer);
  expect(await countLivingSessions(customer.email)).toBe(living);
  await visitor.moveTo(addresses.ip());
  await login.signIn(customer);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
  expect(await countLivingSessions(customer.email)).toBe(living);
});
