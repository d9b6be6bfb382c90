import type { Page } from "@playwright/test";
import type { Say } from "@/e2e/support/words";

/** `/login`. */
export class LoginPage {
  constructor(
    private readonly page: Page,
    private readonly say: Say,
  ) {}

  get email() {
    return this.page.getByLabel(this.say("login.email"), { exact: true });
  }

  get password() {
    return this.page.getByLabel(this.say("login.password"), { exact: true });
  }

  get submit() {
    return this.page.getByRole("button", { name: this.say("login.submit"), exact: true });
  }

  open(callbackUrl?: string) {
    const query =
      callbackUrl === undefined ? "" : `?callbackUrl=${encodeURIComponent(callbackUrl)}`;
    return this.page.goto(`/login${query}`);
  }

  /** Fills in the form of the page that is open and sends it. */
  async fillIn(who: { email: string; password: string }): Promise<void> {
    await this.email.fill(who.email);
    await this.password.fill(who.password);
    await this.submit.click();
  }

  async signIn(who: { email: string; password: string }): Promise<void> {
    await this.open();
    await this.fillIn(who);
  }
}
