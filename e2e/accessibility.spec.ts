import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { staffStages } from "@/e2e/support/staff-stages";
import { stages } from "@/e2e/support/stages";
import { locales } from "@/lib/i18n/locales";

const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Its older way differs in frames of other origins alone, and opens no page of its own at each look.
// What passes is not listed node by node.
const axeOn = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });

/** What axe finds: everything in light, and in dark the colours, which are all that changes. */
async function faults(page: Page): Promise<string[]> {
  expect(page.frames(), "axe looks at pages without frames").toHaveLength(1);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axeOn(page).withTags(standard).analyze();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeOn(page).withRules("color-contrast").analyze();
  return [...light.violations, ...dark.violations].map(
    ({ id, help, nodes }) => `${id}, ${help}: ${nodes.map(({ html }) => html).join(" ")}`,
  );
}

for (const [where, way] of Object.entries(stages)) {
  test(`axe finds nothing on any page ${where}, nor in any state of it`, async ({
    visit,
    customer,
    person,
  }) => {
    test.slow();
    const visitor = await visit();
    for (const [stage, reach] of Object.entries(way)) {
      await test.step(stage, async () => {
        await reach(visitor, { customer, person });
        expect.soft(await faults(visitor.page), stage).toEqual([]);
      });
    }
  });
}

test("axe finds nothing on any page of the staff's, nor in any state of it", async ({
  visitAsStaff,
  customer,
}) => {
  test.slow();
  const { visitor } = await visitAsStaff("admin");
  for (const [stage, reach] of Object.entries(staffStages)) {
    await test.step(stage, async () => {
      await reach(visitor, { customer });
      expect.soft(await faults(visitor.page), stage).toEqual([]);
    });
  }
});

for (const language of locales.filter((locale) => locale !== "en")) {
  test(`${language}: axe finds nothing on /verify, nor when a code is wrong`, async ({
    visit,
    customer,
  }) => {
    const { page, login, verify } = await visit({ language });
    await login.signIn(customer);
    await verify.expectOpen();
    expect.soft(await faults(page)).toEqual([]);
    await verify.typeCode("271828");
    await verify.expectAttemptsLeft(2);
    expect.soft(await faults(page)).toEqual([]);
  });
}
