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

  /** Instead, for whoever has a second factor. */
  get factor() {
    return this.page.getByLabel(this.say("verify.factor.field"), { exact: true });
  }

  get submit() {
    return this.page.getByRole("button", { name: this.say("verify.submit"), exact: true });
  }

  get resend() {
    return this.page.getByRole("button", { name: this.say("verify.resend"), exact: true });
  }

  /** The link to the mailbox of an installation that sends no mail. */
  get toMailbox() {
    return this.page.getByRole("main").locator('a[href="/mailbox"]');
  }

  get sendForThisNetwork() {
    return this.page.getByRole("button", { name: this.say("verify.sendForThisNetwork") });
  }

  /** The value beside a fact's name, also while the details are closed. */
  fact(name: "ip" | "validUntil" | "attempts" | "reference") {
    const label = this.say(`verify.facts.${name}`);
    const terms = this.page.getByRole("term", { includeHidden: true });
    const line = terms.filter({ hasText: label }).locator("..");
    return line.getByRole("definition", { includeHidden: true });
  }

  get details() {
    return this.page.getByText(this.say("verify.detailsAndReference"), { exact: true });
  }

  /** Reads the reference out of the details of a sign-in, as a caller does. */
  async readReference(): Promise<string> {
    const reference = this.fact("reference");
    if (!(await reference.isVisible())) await this.details.click();
    return (await reference.innerText()).trim();
  }

  /** Types a code into the page that is open and sends it. */
  async typeCode(code: string): Promise<void> {
    await this.code.fill(code);
    await this.submit.click();
  }

  /** Types a code of an app, or a recovery code, into the page that is open and sends it. */
  async typeFactor(answer: string): Promise<void> {
    await this.factor.fill(answer);
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
