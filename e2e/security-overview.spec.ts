import { expect, test } from "@/e2e/fixtures";
import { openArea, press, send } from "@/e2e/pages/own-keys";
import { otherThan } from "@/e2e/support/inbox";
import type { Visitor } from "@/e2e/visitor";

/** The sentences under which an account's protection is summed up. */
const overview = ({ main, say }: Visitor) =>
  main.locator("section").filter({
    has: main.page().getByRole("heading", { name: say("security.overview.title") }),
  });

for (const javaScriptEnabled of [true, false]) {
  test(`the overview says what is true now, each sentence with its way there, ${
    javaScriptEnabled ? "with" : "without"
  } scripts`, async ({ visit, customer }) => {
    const stranger = await visit({ javaScriptEnabled });
    await stranger.login.signIn(customer);
    await stranger.verify.typeCode(otherThan(await customer.inbox.nextCode()));
    await stranger.verify.expectAttemptsLeft(2);

    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    const { page, main, say } = visitor;
    await openArea(visitor, customer, "/account/security");
    const follow = (words: string) => overview(visitor).getByRole("link", { name: words }).click();
    await expect(overview(visitor)).toContainText(say("security.overview.places", { count: 1 }));
    await expect(overview(visitor)).toContainText(say("history.verdict.wrongCode"));
    await follow(say("security.overview.refused", { date: "" }).trim());
    await expect(page).toHaveURL("/account/security/history?show=refused");

    await page.goto("/account/security");
    await follow(say("security.overview.browsers", { count: 0 }));
    await expect(page).toHaveURL("/account/security/sessions#trusted");
    await press(visitor, "sessions.endOthers");
    await expect(page).toHaveURL("/account/security/sessions");

    await page.goto("/account/security");
    await follow(say("security.overview.sessions", { others: 0 }));
    await expect(main.getByRole("button", { name: say("sessions.end") })).toHaveCount(1);

    await page.goto("/account/security/mails");
    await expect(main).toContainText(customer.email);
    await main.getByRole("checkbox").uncheck();
    await press(visitor, "sessions.mails.save");
    await expect(page).toHaveURL("/account/security/mails");
    await expect(visitor.status).toContainText(say("sessions.done.notices-off"));
    await page.goto("/account/security");
    await follow(say("security.overview.mailsOff"));
    await expect(page).toHaveURL("/account/security/mails");
  });
}

test("staff read that places and browsers spare them no code", async ({ visitAsStaff }) => {
  const { visitor } = await visitAsStaff("support");
  const { page, main, say } = visitor;
  await page.goto("/account/security");
  await expect(overview(visitor)).toContainText(say("security.overview.secondStepAlways"));
  await expect(main).toContainText(say("places.leadAlways"));
  await page.goto("/account/security/sessions");
  await expect(main).toContainText(say("security.browser.leadAlways"));
  await expect(main.getByRole("button", { name: say("security.browser.trust") })).toHaveCount(0);
});

for (const { path, button, fields } of [
  {
    path: "/account/security",
    button: "places.add.submit",
    fields: { "places.add.network": "203.0.113.9", "places.add.password": "" },
  },
  {
    path: "/account/security/sessions",
    button: "security.browser.trust",
    fields: { "security.browser.password": "" },
  },
  {
    path: "/account/contact",
    button: "contact.further.add",
    fields: { "contact.further.address": "second@example.com", "contact.further.password": "" },
  },
]) {
  test(`a request from ${path} that is taken back leads back there`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home });
    const { page, status, say } = visitor;
    await openArea(visitor, customer, path);
    const typed = Object.entries(fields).map(([label, value]) => [
      label,
      value || customer.password,
    ]);
    await send(visitor, button, Object.fromEntries(typed));
    await page.waitForURL("/account/confirm");
    await press(visitor, "widening.cancel");
    await expect(page).toHaveURL(path);
    await expect(status).toContainText(say("widening.done.wish-cancelled"));
  });
}
