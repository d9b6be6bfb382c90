import { type Customer, expect, test } from "@/e2e/fixtures";
import { answerFactor } from "@/e2e/pages/two-step-pages";
import { sessionBegunBy } from "@/e2e/support/cookie-jar";
import { ageFactors, giveApp } from "@/e2e/support/host-database";
import { leadsTo, type PlainBrowser } from "@/e2e/support/plain-browser";
import type { Visitor } from "@/e2e/visitor";

/** Signs in through NextAuth's own route, as a program would. */
async function signInByRoute(
  { http }: PlainBrowser,
  { email, password }: Customer,
  headers: Record<string, string> = {},
) {
  const { csrfToken } = await (await http.get("/api/auth/csrf")).json();
  const form = { csrfToken, email, password };
  return http.post("/api/auth/callback/password", { form, headers, maxRedirects: 0 });
}

/** Nothing of the account opens, in whichever tab. */
async function expectNotIn({ context, page }: Visitor) {
  const tab = await context.newPage();
  await tab.goto("/account");
  await expect(tab).toHaveURL(/\/login\?callbackUrl=/);
  expect(await (await tab.request.get("/api/auth/session")).json()).toBeNull();
  await tab.close();
  await page.bringToFront();
}

test("NextAuth's own route leads to the second step, and begins no session before it", async ({
  visitPlainly,
  customer,
}) => {
  await giveApp(customer.email);
  const unread = await customer.inbox.codesUnread();
  const browser = await visitPlainly();
  const answer = await signInByRoute(browser, customer);
  expect(leadsTo(answer)).toBe("/verify");
  expect(sessionBegunBy(answer)).toBeNull();
  expect(await (await browser.http.get("/api/auth/session")).json()).toBeNull();
  expect((await browser.http.get("/account", { maxRedirects: 0 })).status()).toBe(307);
  expect(await (await browser.http.get("/verify")).text()).not.toContain("data-mail-state");
  expect(await customer.inbox.codesUnread()).toBe(unread);
});

test("NextAuth's own route asks after 90 days whether all still works, at a quiet known place too", async ({
  visitPlainly,
  customer,
}) => {
  await giveApp(customer.email);
  await ageFactors(customer.email, 91);
  const question = "/account/security/two-step/check-up?callbackUrl=%2Faccount";
  const browser = await visitPlainly({ ip: customer.home });
  const answer = await signInByRoute(browser, customer);
  expect(leadsTo(answer)).toBe(question);
  expect(sessionBegunBy(answer)).not.toBeNull();
  const script = await visitPlainly({ ip: customer.home });
  const headers = { "X-Auth-Return-Redirect": "1" };
  const asJson = await signInByRoute(script, customer, headers);
  expect(await asJson.json()).toEqual({ url: question });
});

test("a second tab and the back button do not walk past the second step", async ({
  visit,
  customer,
}) => {
  const app = await giveApp(customer.email);
  const visitor = await visit();
  const { page } = visitor;
  await visitor.login.signIn(customer);
  await expect(page).toHaveURL("/verify");
  await expectNotIn(visitor);
  await answerFactor(visitor, "verify.submit", "ABCD-EFGH-JKLM-NPQR");
  await expect(visitor.alert).toBeVisible();
  await page.goBack();
  await expectNotIn(visitor);
  await page.goto("/verify");
  const code = await app.nextCode();
  await answerFactor(visitor, "verify.submit", code);
  await visitor.account.expectSignedIn(customer);
  // What let somebody in is worth nothing in another sign-in.
  const stranger = await visit();
  await stranger.login.signIn(customer);
  await answerFactor(stranger, "verify.submit", code);
  await expect(stranger.alert).toBeVisible();
  await expectNotIn(stranger);
});
