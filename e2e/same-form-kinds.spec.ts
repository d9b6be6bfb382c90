import { setTimeout as pause } from "node:timers/promises";
import type { APIResponse } from "@playwright/test";
import { type Customer, expect, type Person, test } from "@/e2e/fixtures";
import { ageLastMail, countMails, countRows, countSessions } from "@/e2e/support/host-database";
import { Inbox, otherThan } from "@/e2e/support/inbox";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { leadsTo, type PlainBrowser } from "@/e2e/support/plain-browser";
import { startSecondProcess } from "@/e2e/support/second-process";
import { pdf } from "@/lib/testing/documents";
import type { Installation } from "@/lib/testing/installation";

type Fields = Parameters<PlainBrowser["http"]["post"]>[1] extends infer Options
  ? NonNullable<NonNullable<Options> extends { multipart?: infer Form } ? Form : never>
  : never;

type People = { customer: Customer; person: Person; home: PlainBrowser; away: PlainBrowser };

/** A form ready to be sent, and how often what it does was done. */
type Ready = {
  browser: PlainBrowser;
  path: string;
  form: Fields;
  /** Whether it is sent without the parts of a multipart form. */
  plain?: boolean;
  acts(): Promise<number>;
};

type Kind = { by?: "staff"; make(people: People): Promise<Ready> };

const story = "My employer closed the mailbox when I left, and I cannot open it any more.";

/** A form of a page, filled in. */
async function filled(
  browser: PlainBrowser,
  path: string,
  holds: string,
  fields: Record<string, string>,
  acts: () => Promise<number>,
): Promise<Ready> {
  const form = { ...(await browser.readForm(path, holds)), ...fields };
  return { browser, path, form, acts };
}

const rows = (statement: string, ...values: unknown[]) => countRows(statement, values);

async function draftOf({ customer, home }: People): Promise<Inbox> {
  await home.send("/recover", "Start the request", {});
  return new Inbox(`new-${customer.email}`);
}

async function wholeDraftOf(people: People): Promise<Inbox> {
  const { home } = people;
  const inbox = await draftOf(people);
  await home.send("/recover", "email", { email: inbox.address });
  await home.send("/recover", "code", { code: await inbox.nextCode() });
  await home.send("/recover", "story", { story });
  return inbox;
}

const kinds: Record<string, Kind> = {
  "a sign-in from a new network": {
    make: ({ away, customer: { email, password } }) =>
      filled(away, "/login", "password", { email, password }, () =>
        countMails(email, "sign-in-code"),
      ),
  },
  "a sign-in at a known place": {
    make: async ({ home, customer: { email, password } }) => {
      await home.send("/account", "Sign out", {});
      const before = await countSessions(email);
      return filled(
        home,
        "/login",
        "password",
        { email, password },
        async () => (await countSessions(email)) - before,
      );
    },
  },
  "a sign-in through NextAuth's own route": {
    make: async ({ away, customer: { email, password } }) => {
      const { csrfToken } = await (await away.http.get("/api/auth/csrf")).json();
      const form = { csrfToken, email, password };
      const acts = () => countMails(email, "sign-in-code");
      return { browser: away, path: "/api/auth/callback/password", form, acts, plain: true };
    },
  },
  "a wrong password": {
    make: ({ away, customer: { email } }) =>
      filled(away, "/login", "password", { email, password: "not this one" }, () =>
        rows(
          `SELECT coalesce(sum(cardinality(hits)), 0) AS n FROM rate_window
           WHERE key = 'password/account/' || left(encode(sha256(convert_to($1, 'UTF8')), 'hex'), 32)`,
          email,
        ),
      ),
  },
  "a sign-up": {
    make: ({ away, person: { name, email, password } }) =>
      filled(away, "/signup", "name", { name, email, password }, () =>
        countMails(email, "sign-up-code"),
      ),
  },
  "a right code": {
    make: async ({ away, customer }) => {
      await away.signIn(customer);
      const code = await customer.inbox.nextCode();
      const before = await countSessions(customer.email);
      return filled(
        away,
        "/verify",
        "code",
        { code },
        async () => (await countSessions(customer.email)) - before,
      );
    },
  },
  "a wrong code": {
    make: async ({ away, customer }) => {
      await away.signIn(customer);
      const code = otherThan(await customer.inbox.nextCode());
      return filled(away, "/verify", "code", { code }, () =>
        rows(
          `SELECT wrong AS n FROM code_attempts t JOIN account a ON t.subject = a.id::text
           WHERE a.email = $1`,
          customer.email,
        ),
      );
    },
  },
  "the code sent again": {
    make: async ({ away, customer }) => {
      await away.signIn(customer);
      await ageLastMail(customer.email, 30);
      return filled(
        away,
        "/verify",
        "Send the code again",
        {},
        async () => (await countMails(customer.email, "sign-in-code")) - 1,
      );
    },
  },
  "a reset asked for": {
    make: ({ away, customer: { email } }) =>
      filled(away, "/forgot-password", "email", { email }, () =>
        countMails(email, "password-reset"),
      ),
  },
  "a reset done": {
    make: async ({ away, customer: { email, inbox } }) => {
      await away.send("/forgot-password", "email", { email });
      const path = linkTo("/reset-password", await inbox.mail(subjectOf("password-reset")));
      const fields = { newPassword: "another long passphrase" };
      return filled(away, path, "newPassword", fields, () => countMails(email, "password-changed"));
    },
  },
  "a case begun": {
    make: ({ home, customer: { email } }) =>
      filled(home, "/recover", "Start the request", {}, () =>
        rows("SELECT count(*) AS n FROM recovery_case WHERE account_email = $1", email),
      ),
  },
  "a new address for a case": {
    make: async (people) => {
      const { address: email } = await draftOf(people);
      return filled(people.home, "/recover", "email", { email }, () =>
        countMails(email, "new-address-code"),
      );
    },
  },
  "a document": {
    make: async (people) => {
      await draftOf(people);
      const { home, customer } = people;
      const buffer = Buffer.from(pdf());
      const document = { name: "invoice.pdf", mimeType: "application/pdf", buffer };
      return {
        browser: home,
        path: "/recover/documents",
        form: { document },
        acts: () =>
          rows(
            `SELECT count(*) AS n FROM case_document d JOIN recovery_case c ON c.id = d.case_id
             WHERE c.account_email = $1`,
            customer.email,
          ),
      };
    },
  },
  "a case sent": {
    make: async (people) => {
      await wholeDraftOf(people);
      const { home, customer } = people;
      return filled(home, "/recover", "Send request", {}, () =>
        countMails(customer.email, "case-opened"),
      );
    },
  },
  "a further address": {
    make: ({ home, person, customer: { email, password } }) =>
      filled(home, "/account/contact", "Add address", { email: person.email, password }, () =>
        countMails(email, "widening-code"),
      ),
  },
  "another contact e-mail": {
    make: ({ home, person: { email }, customer: { password } }) =>
      filled(home, "/account/contact", "Change e-mail", { email, password }, () =>
        countMails(email, "confirm-new-email"),
      ),
  },
  "a place added by hand": {
    make: ({ home, customer: { email, password } }) =>
      filled(
        home,
        "/account/security",
        "Add place",
        { network: "203.0.113.9", name: "Office", password },
        () => countMails(email, "widening-code"),
      ),
  },
  "all data asked for": {
    make: ({ home, customer: { email, password } }) =>
      filled(home, "/account/data", "Download my data", { password }, () =>
        countMails(email, "data-exported"),
      ).then((ready) => ({ ...ready, path: "/account/data/export" })),
  },
  "a new password": {
    make: ({ home, customer: { email, password } }) =>
      filled(
        home,
        "/account/password",
        "currentPassword",
        { currentPassword: password, newPassword: "another long passphrase" },
        () => countMails(email, "password-changed"),
      ),
  },
  "a question on a help article": {
    make: ({ home, customer: { email } }) => {
      const question = `Does a code reach ${email.slice(0, 10)} by post as well?`;
      return filled(home, "/help/login-code", "question", { question }, () =>
        rows("SELECT count(*) AS n FROM help_question WHERE question = $1", question),
      );
    },
  },
  "an invitation": {
    by: "staff",
    make: ({ away, person: { email } }) =>
      filled(
        away,
        "/support/staff",
        "Send invitation",
        { email, role: "support", reason: "joins the support team" },
        () => countMails(email, "staff-invited"),
      ),
  },
  "a reset started by support": {
    by: "staff",
    make: async ({ away, customer: { email } }) => {
      const found = await (await away.http.get(`/support?q=${encodeURIComponent(email)}`)).text();
      const path = /\/support\/customers\/[0-9a-f-]{36}/.exec(found)?.[0] ?? "";
      return filled(away, path, "Start a reset", { reason: "asked for it by telephone" }, () =>
        countMails(email, "reset-by-support"),
      );
    },
  },
};

let second: Installation;

test.describe("each form sent twice is one act, in one process and in two", () => {
  test.describe.configure({ mode: "default" });

  test.beforeAll(async () => {
    second = await startSecondProcess();
  });

  test.afterAll(() => second.stop());

  const said = async (answer: APIResponse) => ({
    status: answer.status(),
    to: leadsTo(answer),
    cookies: answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie"),
    body: await answer.text(),
  });

  for (const [name, { by, make }] of Object.entries(kinds)) {
    test(name, async ({ makeCustomer, makeStaff, visitPlainly, person, baseURL }) => {
      for (const [apart, elsewhere] of [
        [0, true],
        [60, false],
        [300, true],
      ] as const) {
        const customer = await makeCustomer();
        const home = await visitPlainly({ ip: customer.home });
        await home.signIn(customer);
        const away = await visitPlainly();
        if (by === "staff") {
          const staff = await makeStaff("admin");
          await away.signIn(staff);
          await away.typeCode(await staff.app.nextCode());
        }
        const email = `${apart}.${person.email}`;
        const someone = { ...person, email, inbox: new Inbox(email) };
        const ready = await make({ customer, home, away, person: someone });
        const { browser, path, form, plain = false, acts } = ready;
        const post = (url: string) =>
          browser.http.post(new URL(path, url).href, {
            ...(plain ? { form: form as Record<string, string> } : { multipart: form }),
            maxRedirects: 0,
            headers: { Origin: new URL(url).origin },
          });
        const own = baseURL ?? "";
        const answers = await Promise.all([
          post(own),
          pause(apart).then(() => post(elsewhere ? second.url : own)),
        ]);
        const [first, again] = await Promise.all(answers.map(said));
        expect(first?.status, `${apart} ms apart`).toBeLessThan(400);
        expect(again, `${apart} ms apart`).toEqual(first);
        expect(await acts(), `${apart} ms apart`).toBe(1);
      }
    });
  }
});
