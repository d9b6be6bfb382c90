import type { Locator } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { openArea } from "@/e2e/pages/own-keys";
import type { Visitor } from "@/e2e/visitor";
import { locales } from "@/lib/i18n/locales";

const viewport = { width: 320, height: 640 };

const ofAccount = [
  ...["", "/security", "/contact", "/password", "/activity", "/data"],
  ...["/security/sessions", "/security/history", "/security/mails"],
].map((path) => `/account${path}`);
const ofSupport = ["", "/cases", "/questions", "/figures", "/audit", "/staff", "/settings"].map(
  (path) => `/support${path}`,
);

/** What is wrong with a row of tabs: it breaks, it hides the open page's tab, it moves the page. */
const faultsOf = (row: Locator) =>
  row.evaluate((list) => {
    const found: string[] = [];
    const tabs = [...list.querySelectorAll("a")].map((tab) => tab.getBoundingClientRect());
    if (new Set(tabs.map(({ top }) => Math.round(top))).size !== 1) found.push("breaks");
    const open = list.querySelector("[aria-current='page']");
    const { left = -1, right = -1 } = open?.getBoundingClientRect() ?? {};
    const frame = list.getBoundingClientRect();
    if (left < frame.left - 1 || right > frame.right + 1) found.push(`hides ${open?.textContent}`);
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push("moves the page");
    return found;
  });

/** The rows of tabs of a page. */
const rowsOf = ({ page }: Visitor) => page.locator(".tab-row");

async function expectOneRow(visitor: Visitor, path: string): Promise<void> {
  await visitor.page.goto(path);
  for (const row of await rowsOf(visitor).all()) {
    await expect.poll(() => faultsOf(row), { message: path }).toEqual([]);
  }
}

for (const javaScriptEnabled of [true, false]) {
  for (const language of locales) {
    test(`${language}, 320 px: tabs stand in one row with the open page's in view, ${
      javaScriptEnabled ? "with" : "without"
    } scripts`, async ({ visit, makeCustomer }) => {
      const customer = await makeCustomer(language);
      const own = { ip: customer.home, language, viewport, hasTouch: true };
      const visitor = await visit({ ...own, javaScriptEnabled });
      await openArea(visitor, customer, "/account");
      await expect(rowsOf(visitor)).toHaveCount(1);
      for (const path of ofAccount) await expectOneRow(visitor, path);
    });
  }
}

test("320 px: so do the tabs of the support desk", async ({ visitAsStaff }) => {
  const { visitor } = await visitAsStaff("admin", { viewport, hasTouch: true });
  for (const path of ofSupport) await expectOneRow(visitor, path);
});

test("the keyboard reaches every tab, and each is in view while it has the focus", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home, viewport });
  await openArea(visitor, customer, "/account");
  const tabs = rowsOf(visitor).getByRole("link");
  await tabs.first().focus();
  for (const tab of await tabs.all()) {
    await expect(tab).toBeFocused();
    // All of it, but for what a fraction of a pixel takes.
    await expect(tab).toBeInViewport({ ratio: 0.99 });
    await visitor.page.keyboard.press("Tab");
  }
});

test("a page that is opened at one of its parts stays there", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home, viewport });
  await openArea(visitor, customer, "/account/security/sessions#trusted");
  const { main, say } = visitor;
  await expect(main.getByRole("heading", { name: say("security.browser.title") })).toBeInViewport();
});
