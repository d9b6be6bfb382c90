import type { APIRequestContext } from "@playwright/test";
import { type Customer, expect, test } from "@/e2e/fixtures";
import type { PlainBrowser } from "@/e2e/support/plain-browser";
import { locales } from "@/lib/i18n/locales";

// What is drawn anew for each page: when it was, and what is left of a time by then.
const loaded = /(?<=name="loaded" value="|data-seconds-left=")\d+(?=")/g;
// Of two pages of one moment each may say another second.
const seconds = /(?<=\d\d:\d\d):\d\d/g;
const ofOneAnswer = ["date", "x-request-id", "set-cookie", "content-length"];

/** Asks for a page until it is made straight, and once so that Next makes it: with a query. */
async function bothWays(http: APIRequestContext, path: string, headers: Record<string, string>) {
  // The first makes the page known, the second its head.
  for (let times = 0; times < 2; times += 1) await http.get(path, { headers });
  const straight = await http.get(path, { headers });
  return { straight, made: await http.get(`${path}?made=now`, { headers }) };
}

async function expectAlike(http: APIRequestContext, path: string, headers = {}) {
  const { straight, made } = await bothWays(http, path, headers);
  const [is, was] = [await straight.text(), await made.text()];
  const plain = (html: string) => html.replace(loaded, "").replace(seconds, "");
  expect(is, path).toMatch(/<body[\s\S]*<h1/);
  expect(plain(is), path).toBe(plain(was));
  const [ofMade, ofStraight] = [made.headers(), straight.headers()];
  for (const name of ofOneAnswer) for (const one of [ofMade, ofStraight]) delete one[name];
  expect(ofStraight, path).toEqual(ofMade);
  return is;
}

const account = [
  "/account",
  "/account/activity",
  "/account/confirm",
  "/account/contact",
  "/account/data",
  "/account/password",
  "/account/security",
  "/account/security/history",
  "/account/security/mails",
  "/account/security/sessions",
  "/account/security/two-step",
  "/account/security/two-step/app",
  "/account/security/two-step/codes",
  // They lead somebody who is signed in elsewhere, or show them.
  "/login",
  "/signup",
  "/forgot-password",
];

const signedIn = async (browser: PlainBrowser, customer: Customer) =>
  expect((await browser.signIn(customer)).headers().location).toBe("/account");

test("a customer's pages are the same made straight and by Next, in each language", async ({
  customer,
  visitPlainly,
}) => {
  // Four times each of many pages, in four languages.
  test.slow();
  const browser = await visitPlainly({ ip: customer.home });
  await signedIn(browser, customer);
  for (const locale of locales) {
    for (const path of account) {
      const cookie = `portaria.locale=${locale}`;
      const jar = (await browser.http.storageState()).cookies
        .filter(({ name }) => name !== "portaria.locale")
        .map(({ name, value }) => `${name}=${value}`);
      const html = await expectAlike(browser.http, path, { cookie: [...jar, cookie].join("; ") });
      expect(html).toContain(`<html lang="${locale}">`);
    }
  }
});

test("the page of a code too, with what was wrong with the one before", async ({
  customer,
  visitPlainly,
}) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  // Until the mail has left, the page may say another thing each time.
  await expect
    .poll(async () => (await browser.http.get("/verify")).text())
    .toContain('data-mail-state="accepted"');
  await expectAlike(browser.http, "/verify");
  await browser.typeCode("000000");
  expect(await expectAlike(browser.http, "/verify")).toMatch(/<title>Error: /);
});

test("whoever is signed out is led to the sign-in from a page that is made straight", async ({
  customer,
  visitPlainly,
}) => {
  const browser = await visitPlainly({ ip: customer.home });
  await signedIn(browser, customer);
  for (let times = 0; times < 3; times += 1) await browser.http.get("/account");
  const { http } = await visitPlainly();
  const answer = await http.get("/account", { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
  expect(answer.headers().location).toBe("/login?callbackUrl=%2Faccount");
});
