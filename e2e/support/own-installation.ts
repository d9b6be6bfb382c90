import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Person } from "@/e2e/fixtures";
import type { FakeResend } from "@/e2e/support/fake-resend";
import type { Installation } from "@/lib/testing/installation";

/** The settings of an installation that sends its mail by a fake Resend. */
export const mailThrough = (resend: FakeResend) => ({
  RESEND_API_KEY: "re_of_the_end_to_end_tests",
  EMAIL_FROM: "Portaria <no-reply@host.example>",
  RESEND_BASE_URL: resend.url,
});

/** Signs up in a new browser at an installation, as far as `/verify` (contract, "Pages"). */
export async function signUpAt(
  server: Installation,
  browser: Browser,
  { name, email, password }: Person,
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
