import { randomBytes } from "node:crypto";
import { type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { type Addresses, addressesOf } from "@/e2e/support/addresses";
import type { Authenticator } from "@/e2e/support/authenticator";
import { giveApp, setRole } from "@/e2e/support/host-database";
import { Inbox } from "@/e2e/support/inbox";
import { PlainBrowser } from "@/e2e/support/plain-browser";
import { wordsOf } from "@/e2e/support/words";
import { Visitor } from "@/e2e/visitor";
import type { StaffRole } from "@/lib/account/roles";
import type { Locale } from "@/lib/i18n/locales";

/** Somebody who is not a customer yet. */
export type Person = { name: string; email: string; password: string; inbox: Inbox };

/** A customer, who signed up at `home`. */
export type Customer = Person & { home: string };

/** A member of the staff. */
export type Staff = Customer & { app: Authenticator };

/** Where somebody is and what they read; by default a new network, in English. */
export type VisitorOptions = BrowserContextOptions & { ip?: string; language?: Locale };

type Fixtures = {
  addresses: Addresses;
  /** Somebody with an address of their own, who is not a customer. */
  person: Person;
  /** A fresh customer. */
  customer: Customer;
  makeCustomer(language?: Locale): Promise<Customer>;
  /** A member of the staff, who types a code of their app at every sign-in. */
  makeStaff(role: StaffRole, language?: Locale): Promise<Staff>;
  /** A member of the staff with a browser in which they have signed in. */
  visitAsStaff(
    role: StaffRole,
    options?: VisitorOptions,
  ): Promise<{ staff: Staff; visitor: Visitor }>;
  /** Opens a browser of its own. */
  visit(options?: VisitorOptions): Promise<Visitor>;
  /** Opens a browser without a screen, for plain HTTP. */
  visitPlainly(options?: { ip?: string; language?: Locale }): Promise<PlainBrowser>;
};

function newPerson(): Person {
  // Letters alone: an address with figures would be shortened in mails that hold a code.
  const name = [...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
  const email = `${name}@example.com`;
  const password = `${randomBytes(9).toString("base64url")} opens the door`;
  return { name: "Ines Castro", email, password, inbox: new Inbox(email) };
}

/** Every test has its own people, browsers and networks. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  baseURL: ({}, use) => use(process.env.E2E_HOST_URL),

  // biome-ignore lint/correctness/noEmptyPattern: see above
  addresses: ({}, use, { workerIndex }) => use(addressesOf(workerIndex)),

  // biome-ignore lint/correctness/noEmptyPattern: see above
  person: ({}, use) => use(newPerson()),

  customer: async ({ makeCustomer }, use) => use(await makeCustomer()),

  makeCustomer: ({ visitPlainly, addresses }, use) =>
    use(async (language) => {
      const person = newPerson();
      const home = addresses.ip();
      const browser = await visitPlainly({ ip: home, language });
      const { name, email, password } = person;
      await browser.send("/signup", "name", { name, email, password });
      const answer = await browser.typeCode(await person.inbox.nextCode());
      if (answer.headers().location !== "/account") {
        throw new Error(`The sign-up of a test's customer led to ${answer.headers().location}.`);
      }
      return { ...person, home };
    }),

  makeStaff: ({ makeCustomer }, use) =>
    use(async (role, language) => {
      const customer = await makeCustomer(language);
      await setRole(customer.email, role);
      return { ...customer, app: await giveApp(customer.email) };
    }),

  visitAsStaff: ({ makeStaff, visit, baseURL }, use) =>
    use(async (role, options = {}) => {
      const { language = "en" } = options;
      const staff = await makeStaff(role, language);
      const visitor = await visit(options);
      // Two pages that other tests are about: the browser's cookies come without opening them.
      const headers = { Origin: baseURL ?? "", "Accept-Language": language };
      const browser = new PlainBrowser(visitor.context.request, headers);
      await browser.signIn(staff);
      await browser.typeCode(await staff.app.nextCode());
      await visitor.page.goto("/account");
      await visitor.account.expectSignedIn(staff);
      return { staff, visitor };
    }),

  visit: async ({ browser, addresses, baseURL }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    /** Scripts that failed, and what the policy stopped: no page of ours asks for it. */
    const faults: string[] = [];
    await use(async ({ ip = addresses.ip(), language = "en", ...options } = {}) => {
      const context = await browser.newContext({
        baseURL,
        locale: language,
        extraHTTPHeaders: { "X-Forwarded-For": ip },
        ...options,
      });
      contexts.push(context);
      context.on("weberror", (error) => faults.push(String(error.error())));
      context.on("console", (message) => {
        if (/Content Security Policy/.test(message.text())) faults.push(message.text());
      });
      return new Visitor(await context.newPage(), wordsOf(language), context, ip);
    });
    for (const context of contexts) await context.close();
    expect(faults).toEqual([]);
  },

  visitPlainly: async ({ playwright, addresses, baseURL }, use) => {
    const contexts: { dispose(): Promise<void> }[] = [];
    await use(async ({ ip = addresses.ip(), language = "en" } = {}) => {
      const context = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders: {
          "X-Forwarded-For": ip,
          "Accept-Language": language,
          Origin: baseURL ?? "",
        },
      });
      contexts.push(context);
      return new PlainBrowser(context);
    });
    for (const context of contexts) await context.dispose();
  },
});

export { expect } from "@playwright/test";
