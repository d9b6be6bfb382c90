import { type Customer, expect, test } from "@/e2e/fixtures";
import { formOf, press, send } from "@/e2e/pages/own-keys";
import {
  act,
  fact,
  liftByReference,
  openCustomer,
  reason,
  sendAct,
} from "@/e2e/pages/support-pages";
import { faults } from "@/e2e/support/axe";
import { otherThan } from "@/e2e/support/inbox";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";
import { supportNumbers } from "@/lib/support/rules/limits";
import { maskEmail } from "@/lib/typed/mask-email";

const fresh = "an entirely new passphrase";
const anyBlock = { age: anything, time: anything };
const referencePattern = /[A-Z2-9]{4}-[A-Z2-9]{3}/;

/** Types three wrong codes from a new network; gives the reference that `/login` then shows. */
async function lockOut(caller: Visitor, customer: Customer): Promise<string> {
  const { login, verify, page, alert } = caller;
  await login.signIn(customer);
  await verify.expectOpen();
  const wrong = otherThan(await customer.inbox.nextCode());
  await verify.typeCode(wrong);
  await verify.expectAttemptsLeft(2);
  await verify.typeCode(wrong);
  await verify.expectAttemptsLeft(1);
  await verify.typeCode(wrong);
  await expect(page).toHaveURL("/login");
  const [reference] = referencePattern.exec(await alert.innerText()) ?? [];
  if (reference === undefined) throw new Error("The card of the block names no reference.");
  return reference;
}

test("a block is lifted by the reference that its customer reads out, in two presses and a reason", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const caller = await visit();
  const reference = await lockOut(caller, customer);
  const { visitor: desk } = await visitAsStaff("support");
  await liftByReference(desk, reference.toLowerCase().replace("-", " "));
  await expect(desk.status).toContainText(
    desk.say("acts.block-lifted.done.lifted", { place: caller.ip }),
  );
  await expect(desk.main).toContainText(desk.say("support.customer.now.none"));

  const mail = await customer.inbox.mail(subjectOf("block-lifted"));
  expect(mail.text).toContain(reason);
  await caller.login.signIn(customer);
  await caller.verify.typeCode(await customer.inbox.nextCode());
  await caller.account.expectSignedIn(customer);
  await caller.page.goto("/account/activity");
  await expect(caller.main).toContainText(reason);

  // A lifted block is gone, and with it the reference.
  expect((await desk.page.goto(`/support/blocks/${reference}`))?.status()).toBe(404);
});

test("the page of a block shows the card that the customer sees, and a reason left out is asked for", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const caller = await visit();
  const reference = await lockOut(caller, customer);
  const { visitor: desk } = await visitAsStaff("support");
  await desk.page.goto(`/support?q=${reference}`);
  await expect(desk.page).toHaveURL(`/support/blocks/${reference}`);
  await expect(desk.alert).toHaveText((await caller.alert.textContent()) ?? "");
  await press(desk, "acts.block-lifted.submit");
  await expect(desk.page).toHaveURL(/\/support\/customers\//);
  await expect(desk.alert).toContainText([desk.say("support.errors.reasonMissing")]);
  await sendAct(desk, "block-lifted", {});
  await expect(desk.status).toContainText(
    desk.say("acts.block-lifted.done.lifted", { place: caller.ip }),
  );
});

test("support's first page lists who is blocked, and its tab says to a screen reader how many", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const reference = await lockOut(await visit(), customer);
  const { visitor: desk } = await visitAsStaff("support");
  const { page, main, say } = desk;
  await page.goto("/support");
  const waits = main.getByRole("region", { name: say("supportDesk.waits.title") });
  await expect(waits).not.toContainText(customer.email);
  await expect(waits).toContainText(like(say("supportDesk.waits.blocked.since", anyBlock)));
  const some = / \(\d+\+? blocks? holds? now\)$/;
  await expect(main.getByRole("link", { name: some })).toHaveAttribute("href", "/support");
  await waits.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/support\/blocks\/[0-9A-Z-]{8}$/);
  await page.goto(`/support/blocks/${reference}`);
  await expect(main.getByRole("heading", { level: 1 })).toHaveText(customer.name);
});

test("staff who open the site land on the desk after their code, and where they asked to go comes first", async ({
  visit,
  makeStaff,
}) => {
  const staff = await makeStaff("support");
  const desk = await visit();
  const { page, login, verify, main, say } = desk;
  const ways = [
    ["/", "/support"],
    ["/support/figures", "/support/figures"],
    // A sign-in that was asked for nothing else (contract, "Pages").
    ["/login", "/account"],
  ] as const;
  for (const [from, to] of ways) {
    await desk.context.clearCookies();
    await page.goto(from);
    await login.fillIn(staff);
    await verify.typeCode(await staff.inbox.nextCode());
    await expect(page).toHaveURL(to);
    await expect(page.getByRole("status").first()).toContainText(say("entered.of-staff"));
  }
  await page.goto("/");
  await expect(page).toHaveURL("/support");
  await expect(main.getByLabel(say("support.search.label"), { exact: true })).toBeFocused();
});

test("customers who open the site land on their account", async ({ visit, customer }) => {
  const { page, login, account } = await visit({ ip: customer.home });
  await page.goto("/");
  await expect(page).toHaveURL("/login?callbackUrl=%2F");
  await login.fillIn(customer);
  await account.expectSignedIn(customer);
  await page.goto("/");
  await account.expectSignedIn(customer);
});

test("the reference of a waiting sign-in opens the page it stands on", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const caller = await visit();
  await caller.login.signIn(customer);
  await caller.verify.expectOpen();
  const reference = await caller.verify.readReference();
  const { visitor: desk } = await visitAsStaff("support");
  await desk.page.goto(`/support?q=${reference}`);
  await expect(desk.page).toHaveURL(/\/support\/customers\/[0-9a-f-]{36}$/);
  await expect(desk.main).toContainText(caller.ip);
});

for (const size of [
  { width: 1280, height: 800 },
  { width: 390, height: 664 },
]) {
  test(`at ${size.width} px the first screen shows the customer, what is wrong and the act for it`, async ({
    visit,
    visitAsStaff,
    customer,
  }) => {
    const caller = await visit();
    const reference = await lockOut(caller, customer);
    const { visitor: desk } = await visitAsStaff("support");
    const path = await openCustomer(desk, customer.email);
    const { page, main, say } = desk;
    await page.setViewportSize(size);
    await page.goto(path);
    for (const one of [
      main.getByRole("heading", { name: customer.name, exact: true }),
      main.getByText(maskEmail(customer.email), { exact: true }).first(),
      main.getByText(reference, { exact: true }).first(),
      main.getByText(say("acts.block-lifted.summary"), { exact: true }),
    ]) {
      await expect(one).toBeInViewport({ ratio: 1 });
    }
  });
}

test("a block unfolds into the card that its customer sees", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const caller = await visit();
  await lockOut(caller, customer);
  const { visitor: desk } = await visitAsStaff("support");
  await openCustomer(desk, customer.email);
  await expect(desk.alert).toHaveCount(0);
  await desk.main.getByText(desk.say("support.customer.now.theirs"), { exact: true }).click();
  await expect(desk.alert).toHaveText((await caller.alert.textContent()) ?? "");
  expect(await faults(desk.page)).toEqual([]);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";
  test(`a link to the page opens one form, and opening another shuts it${how}`, async ({
    visit,
    visitAsStaff,
    customer,
  }) => {
    await lockOut(await visit(), customer);
    const { visitor: desk } = await visitAsStaff("support", { javaScriptEnabled });
    const { page, main, say } = desk;
    const path = await openCustomer(desk, customer.email);
    const reasons = main.getByLabel(say("support.acts.reason"), { exact: true });
    await expect(reasons.filter({ visible: true })).toHaveCount(0);
    await page.goto(`${path}?open=block-lifted`);
    await expect(reasons.filter({ visible: true })).toBeFocused();
    await main.getByText(say("acts.reset-by-support.summary"), { exact: true }).click();
    await expect(reasons.filter({ visible: true })).toHaveCount(1);
    await expect(formOf(desk, "acts.reset-by-support.submit")).toBeVisible();
    await expect(formOf(desk, "acts.block-lifted.submit")).toBeHidden();
    // What stands folded in a list is unfolded too.
    await page.goto(`${path}?open=place-forgotten-by-support`);
    await expect(formOf(desk, "acts.place-forgotten-by-support.submit")).toBeVisible();
    await expect(reasons.filter({ visible: true })).toBeFocused();
  });
}

for (const fragment of ["lift", "act-block-lifted"]) {
  test(`the fragment #${fragment} opens the form that lifts a block`, async ({
    visit,
    visitAsStaff,
    customer,
  }) => {
    await lockOut(await visit(), customer);
    const { visitor: desk } = await visitAsStaff("support");
    const path = await openCustomer(desk, customer.email);
    // From another page, as a link leads here.
    await desk.page.goto("/support");
    await desk.page.goto(`${path}#${fragment}`);
    const form = formOf(desk, "acts.block-lifted.submit");
    const label = desk.say("support.acts.reason");
    await expect(form.getByLabel(label, { exact: true })).toBeFocused();
  });
}

test("while a form is open the page stands still, whatever comes in", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const { visitor: desk } = await visitAsStaff("support");
  const { main, page, say } = desk;
  const path = await openCustomer(desk, customer.email);
  await page.clock.install();
  await page.goto(path);
  const twice = 2 * supportNumbers.refreshSeconds * 1_000;
  const opens = main.getByText(say("acts.hotline-pass.summary"), { exact: true });
  await opens.click();
  const reference = main.getByLabel(say("acts.hotline-pass.reference"), { exact: true });
  await reference.fill("K7");
  const caller = await visit();
  await caller.login.signIn(customer);
  await caller.verify.expectOpen();
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/health")) asked += 1;
  });
  await page.clock.runFor(twice);
  expect(asked).toBe(0);
  await expect(reference).toHaveValue("K7");
  await opens.click();
  await page.clock.runFor(twice);
  await expect(main).toContainText(caller.ip);
});

test("the timeline holds each mail once, and shows a part of itself on request", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const caller = await visit();
  await caller.login.signIn(customer);
  await caller.verify.expectOpen();
  await customer.inbox.nextCode();
  const { visitor: desk } = await visitAsStaff("support");
  const { main, page, say } = desk;
  await openCustomer(desk, customer.email);
  await expect(main.getByRole("listitem").filter({ hasText: "••••••" })).toHaveCount(1);
  const part = (view: string) =>
    main.getByRole("link", { name: say(`support.customer.timeline.views.${view}`), exact: true });
  const judged = say("history.verdict.askedForCode");
  await expect(main).toContainText(judged);
  await part("mails").click();
  await expect(page).toHaveURL(/\?show=mails#timeline$/);
  await expect(part("mails")).toHaveAttribute("aria-current", "page");
  await expect(main.getByRole("listitem").filter({ hasText: "••••••" })).toHaveCount(1);
  await expect(main).not.toContainText(judged);
  await part("all").click();
  await expect(main).toContainText(judged);
});

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

test("addresses are masked until they are asked for, which the audit log says", async ({
  visitAsStaff,
  customer,
}) => {
  const { visitor: desk } = await visitAsStaff("support");
  const { main, say } = desk;
  await openCustomer(desk, customer.email);
  await expect(main).not.toContainText(customer.email);
  await press(desk, "support.customer.addresses.show");
  await expect(fact(desk, say("support.customer.addresses.contact"))).toHaveText(customer.email);
  await expect(main).toContainText(say("audit.action.addresses-shown"));
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

test("no other role sees any page of support, nor can send one of its forms", async ({
  visit,
  visitAsStaff,
  customer,
  baseURL,
}) => {
  const { visitor: desk } = await visitAsStaff("support");
  const path = await openCustomer(desk, customer.email);
  const submit = desk.say("acts.reset-by-support.submit");
  const form = desk.main
    .locator("form")
    .filter({ has: desk.page.getByRole("button", { name: submit, includeHidden: true }) });
  const action = await form.locator('input[name^="$ACTION_ID_"]').getAttribute("name");
  const common = ["/support", path, "/support?q=Ines", "/support/cases", "/support/questions"];
  const all = [...common, "/support/figures", "/support/audit"];
  const adminsOnly = ["/support/staff", "/support/settings"];
  for (const one of all) expect((await desk.page.goto(one))?.status(), one).toBe(200);
  for (const one of adminsOnly) expect((await desk.page.goto(one))?.status(), one).toBe(404);

  const owner = await visit({ ip: customer.home });
  await owner.login.signIn(customer);
  await owner.account.expectSignedIn(customer);
  const { visitor: marketing } = await visitAsStaff("marketing");
  for (const { page } of [owner, marketing]) {
    for (const one of [...all, ...adminsOnly]) {
      expect((await page.goto(one))?.status(), one).toBe(404);
    }
    const customerId = path.split("/").at(-1) ?? "";
    const answer = await page.request.post(path, {
      headers: { Origin: baseURL ?? "" },
      multipart: { [action ?? ""]: "", act: "reset-by-support", customer: customerId, reason },
    });
    expect(answer.status()).toBe(404);
  }
  expect(await customer.inbox.count(subjectOf("reset-by-support"))).toBe(0);

  const stranger = await visit();
  for (const one of [...all, ...adminsOnly]) {
    await stranger.page.goto(one);
    await expect(stranger.page).toHaveURL(/\/login\?callbackUrl=%2Fsupport/);
  }
});

for (const id of ["x", "%25", "00000000-0000-4000-8000-000000000000", "a".repeat(3_000)]) {
  test(`a customer with the id "${id.slice(0, 12)}" is not found`, async ({ visitAsStaff }) => {
    const { visitor: desk } = await visitAsStaff("support");
    expect((await desk.page.goto(`/support/customers/${id}`))?.status()).toBe(404);
  });
}

test("without JavaScript: found by IP, and the block is lifted", async ({
  visit,
  makeStaff,
  customer,
}) => {
  const caller = await visit();
  const reference = await lockOut(caller, customer);
  const staff = await makeStaff("support");
  const desk = await visit({ javaScriptEnabled: false });
  await desk.login.signIn(staff);
  await desk.verify.typeCode(await staff.inbox.nextCode());
  await desk.account.expectSignedIn(staff);
  await openCustomer(desk, caller.ip);
  await expect(desk.main).toContainText(reference);
  await act(desk, "block-lifted");
  await expect(desk.status).toContainText(
    desk.say("acts.block-lifted.done.lifted", { place: caller.ip }),
  );
});
