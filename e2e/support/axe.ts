import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Its older way differs in frames of other origins alone, and opens no page of its own at each look.
// What passes is not listed node by node.
const axeOn = (page: Page) =>
  new AxeBuilder({ page })
    .setLegacyMode()
    .exclude("iframe")
    .options({ resultTypes: ["violations"] });

/** What axe finds: everything in light, and in dark the colours, which are all that changes. */
export async function faults(page: Page): Promise<string[]> {
  // Mails alone are framed, which run nothing, axe neither: they are looked at as mails.
  const framed = page.locator('iframe:not([sandbox=""])');
  await expect(framed, "axe looks at pages without frames of other kinds").toHaveCount(0);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axeOn(page).withTags(standard).analyze();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeOn(page).withRules("color-contrast").analyze();
  return [...light.violations, ...dark.violations].map(
    ({ id, help, nodes }) => `${id}, ${help}: ${nodes.map(({ html }) => html).join(" ")}`,
  );
}
