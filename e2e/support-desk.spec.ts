import { expect, test } from "@/e2e/fixtures";
import { press } from "@/e2e/pages/own-keys";
import {
  act,
  liftByReference,
  lockOut,
  openCustomer,
  reason,
  sendAct,
} from "@/e2e/pages/support-pages";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

const anyBlock = { age: anything, time: anything };

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
    await verify.typeFactor(await staff.app.nextCode());
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
  await desk.verify.typeFactor(await staff.app.nextCode());
  await desk.account.expectSignedIn(staff);
  await openCustomer(desk, caller.ip);
  await expect(desk.main).toContainText(reference);
  await act(desk, "block-lifted");
  await expect(desk.status).toContainText(
    desk.say("acts.block-lifted.done.lifted", { place: caller.ip }),
  );
});
