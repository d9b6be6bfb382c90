import { type Customer, expect, test } from "@/e2e/fixtures";
import { sessionBegunBy } from "@/e2e/support/cookie-jar";
import { otherThan } from "@/e2e/support/inbox";
import { subjectOf } from "@/e2e/support/mail-subject";
import { leadsTo, type PlainBrowser } from "@/e2e/support/plain-browser";

/** Signs in through NextAuth's own route, as a program would. */
async function signInByRoute({ http }: PlainBrowser, who: Customer, callbackUrl?: string) {
  const { csrfToken } = await (await http.get("/api/auth/csrf")).json();
  const { email, password } = who;
  const form = { csrfToken, email, password, ...(callbackUrl ? { callbackUrl } : {}) };
  return http.post("/api/auth/callback/password", { form, maxRedirects: 0 });
}

async function isSignedIn({ http }: PlainBrowser): Promise<boolean> {
  return (await http.get("/account", { maxRedirects: 0 })).status() === 200;
}

test("NextAuth's own route: a trusted place is in, by a relative Location", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly({ ip: customer.home });
  const answer = await signInByRoute(browser, customer);
  expect(leadsTo(answer)).toBe("/account");
  expect(await isSignedIn(browser)).toBe(true);
  const again = await visitPlainly({ ip: customer.home });
  expect(leadsTo(await signInByRoute(again, customer, "/help?a=b"))).toBe("/help?a=b");
  const evil = await visitPlainly({ ip: customer.home });
  expect(leadsTo(await signInByRoute(evil, customer, "https://evil.example/"))).toBe("/account");
});

test("NextAuth's own route: a new network is asked for a code and has no session", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  const answer = await signInByRoute(browser, customer);
  expect(leadsTo(answer)).toBe("/verify");
  expect(sessionBegunBy(answer)).toBeNull();
  expect(await isSignedIn(browser)).toBe(false);
  expect(leadsTo(await browser.typeCode(await customer.inbox.nextCode()))).toBe("/account");
  expect(await isSignedIn(browser)).toBe(true);
});

test("NextAuth's own route: a wrong password and a blocked network lead to /login", async ({
  visitPlainly,
  customer,
  addresses,
}) => {
  const ip = addresses.ip();
  const browser = await visitPlainly({ ip });
  const wrong = await signInByRoute(browser, { ...customer, password: "not this one" });
  expect(leadsTo(wrong)).toMatch(/^\/login/);
  expect(sessionBegunBy(wrong)).toBeNull();
  await signInByRoute(browser, customer);
  const code = otherThan(await customer.inbox.nextCode());
  for (let time = 0; time < 3; time++) await browser.typeCode(code);
  const blocked = await signInByRoute(await visitPlainly({ ip }), customer);
  expect(leadsTo(blocked)).toBe("/login");
  expect(sessionBegunBy(blocked)).toBeNull();
});

test("20 wrong codes at the same moment are three attempts", async ({ visitPlainly, customer }) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  const code = await customer.inbox.nextCode();
  const form = await browser.readForm("/verify", "code");
  // The same code twice at once would be one attempt.
  const codes = Array.from({ length: 21 }, (_, index) => String(271_828 + index));
  const wrong = codes.filter((typed) => typed !== code).slice(0, 20);
  const answers = await Promise.all(
    wrong.map((typed) => browser.post("/verify", { ...form, code: typed })),
  );
  const led = answers.map(leadsTo).sort();
  expect(led).toEqual([...Array(18).fill("/login"), "/verify", "/verify"]);
  await customer.inbox.mail(subjectOf("sign-in-blocked"));
  const late = await browser.post("/verify", { ...form, code });
  expect(leadsTo(late)).toBe("/login");
  expect(sessionBegunBy(late)).toBeNull();
  expect(await customer.inbox.count(subjectOf("sign-in-blocked"))).toBe(1);
});

test("the right code twice at the same moment is one session", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  const code = await customer.inbox.nextCode();
  const form = { ...(await browser.readForm("/verify", "code")), code };
  const answers = await Promise.all(Array.from({ length: 5 }, () => browser.post("/verify", form)));
  expect(answers.map(leadsTo)).toEqual(Array(5).fill("/account"));
  const [session, ...others] = new Set(answers.map(sessionBegunBy));
  expect(session).not.toBeNull();
  expect(others).toEqual([]);
  await customer.inbox.mail(subjectOf("place-trusted"));
  expect(await customer.inbox.count(subjectOf("place-trusted"))).toBe(1);
});

test("a session ends with the sign-out, on the very next request", async ({
  visitPlainly,
  playwright,
  baseURL,
  customer,
}) => {
  const browser = await visitPlainly({ ip: customer.home });
  await browser.signIn(customer);
  const storageState = await browser.http.storageState();
  const thief = await playwright.request.newContext({ baseURL, storageState });
  expect((await thief.get("/account", { maxRedirects: 0 })).status()).toBe(200);
  expect(leadsTo(await browser.send("/account", "Sign out", {}))).toBe("/login");
  const answer = await thief.get("/account", { maxRedirects: 0 });
  expect(leadsTo(answer)).toBe("/login?callbackUrl=%2Faccount");
  expect(await (await thief.get("/api/auth/session")).json()).toBeNull();
  await thief.dispose();
});

test("every sign-in has a session id of its own", async ({ visitPlainly, customer }) => {
  const browser = await visitPlainly({ ip: customer.home });
  const sessions = new Set<string | null>();
  for (let time = 0; time < 3; time++) sessions.add(sessionBegunBy(await browser.signIn(customer)));
  expect(sessions.has(null)).toBe(false);
  expect(sessions.size).toBe(3);
});

test("a session lives on when the IP changes; one made up is none", async ({
  visitPlainly,
  playwright,
  baseURL,
  customer,
  addresses,
}) => {
  const browser = await visitPlainly({ ip: customer.home });
  const session = sessionBegunBy(await browser.signIn(customer)) ?? "";
  const elsewhere = await playwright.request.newContext({
    baseURL,
    extraHTTPHeaders: { "X-Forwarded-For": addresses.ip() },
  });
  const withSession = (value: string) =>
    elsewhere.get("/account", {
      maxRedirects: 0,
      headers: { Cookie: `portaria.session=${value}` },
    });
  expect((await withSession(session)).status()).toBe(200);
  for (const forged of [session.slice(0, -2), `x${session}`, session.split(".")[0] ?? "", ""]) {
    expect((await withSession(forged)).status()).toBe(307);
  }
  await elsewhere.dispose();
});
