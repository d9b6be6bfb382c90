import { expect, type Page } from "@playwright/test";
import type { Say } from "@/e2e/support/words";

/** `/verify`. */
export class VerifyPage {
  constructor(
    private readonly page: Page,
    private readonly say: Say,
  ) {}

  get code() {
    return this.page.getByLabel(this.say("verify.code"), { exact: true });
  }

  get submit() {
    return this.page.getByRole("button", { name: this.say("verify.submit"), exact: true });
  }

  get resend() {
    return this.page.getByRole("button", { name: this.say("verify.resend"), exact: true });
  }

  get sendForThisNetwork() {
    return this.page.getByRole("button", { name: this.say("verify.sendForThisNetwork") });
  }

  /** The value beside a fact's name. */
  fact(name: "ip" | "validUntil" | "attempts") {
    const label = this.say(`verify.facts.${name}`);
    const line = this.page.getByRole("term").filter({ hasText: label }).locator("..");
    return line.getByRole("definition");
  }

  /** Types a code into the page that is open and sends it. */
  async typeCode(code: string): Promise<void> {
    await this.code.fill(code);
    await this.submit.click();
  }

  async expectOpen(): Promise<void> {
    await expect(this.page).toHaveURL("/verify");
    await expect(this.code).toBeVisible();
  }

  async expectAttemptsLeft(left: number): Promise<void> {
    await expect(this.fact("attempts")).toHaveText(this.say("verify.attemptsLeft", { left }));
  }
}
