import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Person } from "@/e2e/fixtures";
import type { Installation } from "@/lib/testing/installation";

/** Signs up in a new browser at an installation, as far as `/verify` (contract, "Pages"). */
export async function signUpAt(
  server: Installation,
  browser: Browser,
  { name, email, password }: Pick<Person, "name" | "email" | "password">,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: server.url, locale: "en" });
  const page = await context.newPage();
  await page.goto("/signup");
  await page.getByLabel("Full name").fill(name);
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/verify");
  return { context, page };
}
