import type { Locator } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { openArea } from "@/e2e/pages/own-keys";

/** How an element stands out where the reader's own colours replace ours. */
const looks = (elements: Locator) =>
  elements.evaluateAll((all) =>
    all
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map((one) => {
        const { borderBottomColor, borderBottomWidth, textDecorationLine } = getComputedStyle(one);
        return {
          name: one.textContent,
          edge: Number.parseFloat(borderBottomWidth) > 0 ? borderBottomColor : "none",
          isUnderlined: textDecorationLine.includes("underline"),
        };
      }),
  );

const tabbed = ["/account", "/account/security", "/account/security/sessions", "/account/contact"];

for (const path of tabbed) {
  test(`in forced colours ${path} shows the current tab, and every button as one`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home });
    const { page, say } = visitor;
    await page.emulateMedia({ forcedColors: "active" });
    await openArea(visitor, customer, path);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const tabs = page.getByRole("navigation", { name: say("account.nav.label") });
    const [current, ...more] = await looks(tabs.locator('[aria-current="page"]'));
    expect(more).toEqual([]);
    const others = await looks(tabs.locator("a:not([aria-current])"));
    expect(others.length).toBeGreaterThan(3);
    const edges = new Set(others.map(({ edge }) => edge));
    expect(edges.size).toBe(1);
    expect(edges).not.toContain(current?.edge);

    const buttons = await looks(page.locator("header, main").getByRole("button"));
    expect(buttons.length).toBeGreaterThan(0);
    const plain = buttons.filter(({ edge, isUnderlined }) => !isUnderlined && edge === "none");
    expect(plain).toEqual([]);
    expect(buttons.map(({ edge }) => edge)).not.toContain(ground);
  });
}

test("in forced colours the language that is shown is marked, and the way in is a button", async ({
  visit,
}) => {
  const { page, login } = await visit();
  await page.emulateMedia({ forcedColors: "active" });
  await login.open();
  const [submit] = await looks(login.submit);
  expect(submit?.edge).not.toBe("none");
  const languages = await looks(page.locator('button[name="locale"]'));
  expect(languages.filter(({ isUnderlined }) => isUnderlined)).toHaveLength(1);
});
