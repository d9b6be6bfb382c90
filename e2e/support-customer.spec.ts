import { expect, test } from "@/e2e/fixtures";
import { formOf, press } from "@/e2e/pages/own-keys";
import { fact, lockOut, openCustomer } from "@/e2e/pages/support-pages";
import { faults } from "@/e2e/support/axe";
import { supportNumbers } from "@/lib/support/rules/limits";
import { maskEmail } from "@/lib/typed/mask-email";

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

for (const id of ["x", "%25", "00000000-0000-4000-8000-000000000000", "a".repeat(3_000)]) {
  test(`a customer with the id "${id.slice(0, 12)}" is not found`, async ({ visitAsStaff }) => {
    const { visitor: desk } = await visitAsStaff("support");
    expect((await desk.page.goto(`/support/customers/${id}`))?.status()).toBe(404);
  });
}
