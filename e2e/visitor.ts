import type { BrowserContext, Locator, Page } from "@playwright/test";
import { AccountPage } from "@/e2e/pages/account-page";
import { LoginPage } from "@/e2e/pages/login-page";
import { SignUpPage } from "@/e2e/pages/sign-up-page";
import { VerifyPage } from "@/e2e/pages/verify-page";
import type { Say } from "@/e2e/support/words";

/** A page with its forms, in one language. */
export class Tab {
  readonly login: LoginPage;
  readonly signUp: SignUpPage;
  readonly verify: VerifyPage;
  readonly account: AccountPage;

  constructor(
    readonly page: Page,
    readonly say: Say,
  ) {
    this.login = new LoginPage(page, say);
    this.signUp = new SignUpPage(page, say);
    this.verify = new VerifyPage(page, say);
    this.account = new AccountPage(page, say);
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  /** What went wrong, as the page says it. */
  get alert(): Locator {
    return this.main.getByRole("alert");
  }

  /** What happened, as the page says it. */
  get status(): Locator {
    return this.main.getByRole("status");
  }
}

/** Somebody with a browser of their own, at a network, reading a language. */
export class Visitor extends Tab {
  constructor(
    page: Page,
    say: Say,
    readonly context: BrowserContext,
    /** The IP address they are at. */
    public ip: string,
  ) {
    super(page, say);
  }

  /** Goes on from another network with the same browser. */
  async moveTo(ip: string): Promise<void> {
    await this.context.setExtraHTTPHeaders({ "X-Forwarded-For": ip });
    this.ip = ip;
  }

  /** Forgets what the last form led to, which a page says for two minutes: what comes next is new. */
  async forgetNotices(): Promise<void> {
    await this.context.clearCookies({ name: /notice$/ });
  }

  /** Opens another tab of the same browser. */
  async openTab(): Promise<Tab> {
    return new Tab(await this.context.newPage(), this.say);
  }
}
