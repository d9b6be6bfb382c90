import type { Page } from "@playwright/test";

/** `/mailbox` and a mail in it, in English. */
export class MailboxPage {
  constructor(private readonly page: Page) {}

  /** The mails listed, newest first. */
  get mails() {
    return this.page.getByRole("list", { name: "Mail, newest first" }).getByRole("listitem");
  }

  /** The open mail's plain text. */
  get plainText() {
    const heading = this.page.getByRole("heading", { name: "Plain text" });
    return heading.locator("..").locator("pre");
  }

  /** The open mail as HTML. */
  get html() {
    return this.page.frameLocator('iframe[title="The mail as HTML"]');
  }

  /** Lists all mail, or that to one address. */
  open(recipient?: string) {
    return this.page.goto(recipient ? `/mailbox?to=${encodeURIComponent(recipient)}` : "/mailbox");
  }
}
