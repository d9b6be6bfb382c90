import type { Page } from "@playwright/test";
import type { Say } from "@/e2e/support/words";

/** `/signup`. */
export class SignUpPage {
  constructor(
    private readonly page: Page,
    private readonly say: Say,
  ) {}

  get name() {
    return this.page.getByLabel(this.say("signup.name"), { exact: true });
  }

  get email() {
    return this.page.getByLabel(this.say("signup.email"), { exact: true });
  }

  get password() {
    return this.page.getByLabel(this.say("signup.password"), { exact: true });
  }

  get submit() {
    return this.page.getByRole("button", { name: this.say("signup.submit"), exact: true });
  }

  open() {
    return this.page.goto("/signup");
  }

  /** Fills in the form from a fresh page and sends it. */
  async signUp(who: { name: string; email: string; password: string }): Promise<void> {
    await this.open();
    await this.fillIn(who);
  }

  async fillIn(who: { name: string; email: string; password: string }): Promise<void> {
    await this.name.fill(who.name);
    await this.email.fill(who.email);
    await this.password.fill(who.password);
    await this.submit.click();
  }
}
