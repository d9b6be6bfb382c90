import { expect, type Page } from "@playwright/test";
import type { Say } from "@/e2e/support/words";

/** `/account`. */
export class AccountPage {
  constructor(
    private readonly page: Page,
    private readonly say: Say,
  ) {}

  get signOut() {
    return this.page.getByRole("button", {
      name: this.say("common.signedIn.signOut"),
      exact: true,
    });
  }

  async expectSignedIn(who: { name: string; email: string }): Promise<void> {
    await expect(this.page).toHaveURL("/account");
    const greeting = this.say("account.greeting", { name: who.name });
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(greeting);
    await expect(this.page.getByRole("main")).toContainText(who.email);
  }
}
