import { type Customer, expect } from "@/e2e/fixtures";
import { press } from "@/e2e/pages/own-keys";
import { blockFrom, sentMailTo } from "@/e2e/support/host-database";
import type { Visitor } from "@/e2e/visitor";

// Others work in the same installation at the same time.
const ownBlock = `hours-${process.pid}`;

/** What staff can meet at their work, and how each is reached, in an order that works. */
export const staffStages: Record<
  string,
  (visitor: Visitor, people: { customer: Customer }) => Promise<unknown>
> = {
  "support, nothing asked": ({ page }) => page.goto("/support"),
  "support, nobody found": ({ page }) => page.goto("/support?q=xylophone"),
  "support, found": ({ page }, { customer }) =>
    page.goto(`/support?q=${encodeURIComponent(customer.email)}`),
  "support, a customer": async ({ main, page, say }) => {
    await main.getByRole("table").getByRole("link").first().click();
    await page.waitForURL(/\/support\/customers\//);
    await expect(main).toContainText(say("support.customer.timeline.title"));
  },
  "support, what is on record of a customer": async ({ main, say }) => {
    const record = say("support.customer.record.account");
    await main.getByText(record, { exact: true }).click();
    await main.getByText(say("support.customer.record.places", { count: 1 })).click();
  },
  "support, an act without a reason": async (visitor) => {
    await visitor.main.getByText(visitor.say("acts.password-switched-off.summary")).click();
    await press(visitor, "acts.password-switched-off.submit");
    await expect(visitor.alert).toBeVisible();
  },
  "support, addresses shown": async (visitor, { customer }) => {
    await visitor.forgetNotices();
    await press(visitor, "support.customer.addresses.show");
    await expect(visitor.main).toContainText(customer.email);
  },
  "support, cases": ({ page }) => page.goto("/support/cases"),
  "support, questions": ({ page }) => page.goto("/support/questions"),
  "support, figures": async ({ main, page, say }) => {
    await page.goto("/support/figures");
    await main.getByText(say("figures.table.summary")).click();
  },
  "support, audit log": ({ page }) => page.goto("/support/audit"),
  "support, audit log, a day that is none": ({ page }) => page.goto("/support/audit?from=x"),
  "support, audit log, about one": ({ page }, { customer }) =>
    page.goto(`/support/audit?about=${encodeURIComponent(customer.email)}`),
  "support, audit log, about one of several": ({ page }, { customer }) =>
    page.goto(`/support/audit?about=${encodeURIComponent(customer.name)}`),
  "support, staff": ({ page }) => page.goto("/support/staff"),
  "support, staff, form errors": async (visitor) => {
    await press(visitor, "staff.invite.submit");
    await expect(visitor.alert).toBeVisible();
  },
  "support, settings": ({ page }) => page.goto("/support/settings"),
  "support, what waits": async ({ main, page, say }, { customer }) => {
    await blockFrom(customer.email, "198.51.100.77/32");
    await page.goto("/support");
    await expect(main.getByRole("region", { name: say("supportDesk.waits.title") })).toBeVisible();
  },
  "support, a block": async ({ page }, { customer }) => {
    await page.goto(`/support?q=${await blockFrom(customer.email, "198.51.100.78/32")}`);
    await page.waitForURL(/\/support\/blocks\//);
  },
  "support, a mail": async ({ main, page, say }, { customer }) => {
    await page.goto(`/support/mails/${await sentMailTo(customer.email)}`);
    await expect(main).toContainText(say("support.mail.lead"));
  },
  "texts, the list": ({ page }) => page.goto("/templates"),
  "texts, the visual editor": async ({ main, page, say }) => {
    await page.goto("/templates/sign-in-code?language=fr");
    await expect(main.getByRole("toolbar")).toBeVisible();
    await main
      .locator("summary")
      .filter({ hasText: say("templates.text.variablesTitle") })
      .click();
  },
  "texts, the plain editor, refused": async (visitor) => {
    const { main, page, say } = visitor;
    await page.goto("/templates/place-trusted/plain?language=fr");
    await main.getByLabel(say("templates.text.body"), { exact: true }).fill("Bonjour");
    await press(visitor, "templates.text.ask");
    await expect(visitor.alert).toBeVisible();
  },
  "texts, versions": ({ page }) => page.goto("/templates/place-trusted/versions?language=fr"),
  "texts, the proof sheet": ({ page }) => page.goto("/templates/new-browser/proof?language=en"),
  "texts, blocks": ({ page }) => page.goto("/templates/blocks"),
  "texts, no name for a block": async (visitor) => {
    await press(visitor, "templates.blocks.create");
    await expect(visitor.alert).toBeVisible();
  },
  "texts, a block that can be taken away": async (visitor) => {
    const { page, main, say } = visitor;
    await main.getByLabel(say("templates.blocks.name"), { exact: true }).fill(ownBlock);
    await press(visitor, "templates.blocks.create");
    await page.waitForURL(/\/templates\/block(?!s)/);
    await page.goto("/templates/blocks");
    await main.getByText(say("templates.blocks.removeTitle"), { exact: true }).click();
    await expect(main).toContainText(say("templates.blocks.removeDraftLead"));
  },
  "texts, a block taken away": async ({ main, say }) => {
    const own = main.getByRole("listitem").filter({ hasText: ownBlock });
    await own.getByRole("button", { name: say("templates.blocks.remove") }).click();
    await expect(main).toContainText(say("templates.done.block-draft-removed"));
  },
  "texts, for all mails": ({ page }) => page.goto("/templates/frame"),
  "texts, pictures": ({ page }) => page.goto("/templates/images"),
  "texts, no picture": async (visitor) => {
    await press(visitor, "templates.images.upload");
    await expect(visitor.alert).toBeVisible();
  },
  "texts, export and import": ({ page }) => page.goto("/templates/transfer"),
  "texts, settings": ({ page }) => page.goto("/templates/settings"),
  "texts, help": ({ page }) => page.goto("/templates/help"),
};
