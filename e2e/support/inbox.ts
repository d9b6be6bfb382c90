import { expect } from "@playwright/test";
import type { TakenMail } from "@/e2e/support/fake-resend";

const codeInSubject = /^(\d{6}) /;

/** What arrived at one address, as the fake Resend took it. Each read waits for what it wants. */
export class Inbox {
  private codesRead = 0;

  constructor(
    readonly address: string,
    private readonly resendUrl: string = process.env.E2E_RESEND_URL ?? "",
  ) {}

  /** All mails so far, oldest first. */
  async mails(): Promise<TakenMail[]> {
    const url = new URL("/__mails", this.resendUrl);
    url.searchParams.set("to", this.address);
    return (await fetch(url)).json();
  }

  /** The next code that was not read yet, with its mail. */
  async nextCodeMail(): Promise<TakenMail & { code: string }> {
    const wanted = this.codesRead;
    await this.until(async () => (await this.codesUnread()) > 0, `code ${wanted + 1}`);
    const mail = (await this.codeMails())[wanted] as TakenMail;
    this.codesRead = wanted + 1;
    return { ...mail, code: codeInSubject.exec(mail.subject)?.[1] ?? "" };
  }

  async nextCode(): Promise<string> {
    return (await this.nextCodeMail()).code;
  }

  /** How many codes have come at this moment that were not read yet. */
  async codesUnread(): Promise<number> {
    return (await this.codeMails()).length - this.codesRead;
  }

  /** The first mail with this subject. */
  async mail(subject: string): Promise<TakenMail> {
    const find = async () => (await this.mails()).find((mail) => mail.subject === subject);
    await this.until(async () => (await find()) !== undefined, `"${subject}"`);
    return (await find()) as TakenMail;
  }

  /** How many mails with this subject there are at this moment. */
  async count(subject: string): Promise<number> {
    return (await this.mails()).filter((mail) => mail.subject === subject).length;
  }

  private async codeMails(): Promise<TakenMail[]> {
    return (await this.mails()).filter((mail) => codeInSubject.test(mail.subject));
  }

  private until(arrived: () => Promise<boolean>, what: string): Promise<void> {
    const message = `The mail with ${what} to ${this.address} arrives`;
    return expect.poll(arrived, { message, intervals: [50, 100, 200] }).toBe(true);
  }
}

/** A code that is not this one. */
export function otherThan(code: string): string {
  return code === "271828" ? "314159" : "271828";
}
