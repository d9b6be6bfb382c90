import { expect, test } from "@/e2e/fixtures";
import { press } from "@/e2e/pages/own-keys";
import { countMails, countSessions } from "@/e2e/support/host-database";
import { otherThan } from "@/e2e/support/inbox";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without scripts";

  test(`a button pressed twice is pressed once: "Sign in" and "Verify"${how}`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { login, verify, account } = visitor;
    await login.open();
    await login.email.fill(customer.email);
    await login.password.fill(customer.password);
    await login.submit.dblclick();
    await verify.expectOpen();
    const code = await customer.inbox.nextCode();
    expect(await countMails(customer.email, "sign-in-code")).toBe(1);

    await verify.code.fill(otherThan(code));
    await verify.submit.dblclick();
    await verify.expectAttemptsLeft(2);
    await verify.code.fill(code);
    const before = await countSessions(customer.email);
    await verify.submit.dblclick();
    await account.expectSignedIn(customer);
    expect(await countSessions(customer.email)).toBe(before + 1);
    expect(await countMails(customer.email, "place-trusted")).toBe(1);
  });

  test(`a button pressed twice is pressed once: "Create account"${how}`, async ({
    visit,
    person,
  }) => {
    const { signUp, verify, account } = await visit({ javaScriptEnabled });
    await signUp.open();
    await signUp.name.fill(person.name);
    await signUp.email.fill(person.email);
    await signUp.password.fill(person.password);
    await signUp.submit.dblclick();
    await verify.expectOpen();
    await verify.typeCode(await person.inbox.nextCode());
    await account.expectSignedIn(person);
    expect(await countMails(person.email, "sign-up-code")).toBe(1);
  });
}

test("a form of a known place pressed twice is one session, and one mail of the new browser", async ({
  visit,
  customer,
}) => {
  const { login, account } = await visit({ ip: customer.home });
  const before = await countSessions(customer.email);
  await login.open();
  await login.email.fill(customer.email);
  await login.password.fill(customer.password);
  await login.submit.dblclick();
  await account.expectSignedIn(customer);
  expect(await countSessions(customer.email)).toBe(before + 1);
  expect(await countMails(customer.email, "new-browser")).toBe(1);
});

test("whoever had the answer and fills the page in anew means it: each wrong code counts", async ({
  visit,
  customer,
}) => {
  const { login, verify, page } = await visit();
  await login.signIn(customer);
  const wrong = otherThan(await customer.inbox.nextCode());
  for (const left of [2, 1]) {
    await verify.typeCode(wrong);
    await verify.expectAttemptsLeft(left);
  }
  await verify.typeCode(wrong);
  await expect(page).toHaveURL("/login");
});

test("a thief who signs in again after 'That was not me' is judged, and gets nothing", async ({
  visit,
  visitPlainly,
  customer,
}) => {
  const thief = await visitPlainly({ ip: customer.home });
  const { email, password } = customer;
  const form = { ...(await thief.readForm("/login", "password")), email, password };
  expect((await thief.post("/login", form)).headers().location).toBe("/account");
  const owner = await visit({ ip: customer.home });
  await owner.page.goto(linkTo("/not-me", await customer.inbox.mail(subjectOf("new-browser"))));
  await press(owner, "notMe.submit");
  await expect(owner.status).toBeVisible();
  expect((await thief.post("/login", form)).headers().location).toBe("/login");
  expect((await thief.http.get("/account", { maxRedirects: 0 })).status()).toBe(307);
});

test("signing out and in again at once is a new session", async ({ visitPlainly, customer }) => {
  const browser = await visitPlainly({ ip: customer.home });
  const { email, password } = customer;
  const form = { ...(await browser.readForm("/login", "password")), email, password };
  const before = await countSessions(email);
  for (const _ of [1, 2]) {
    expect((await browser.post("/login", form)).headers().location).toBe("/account");
    expect((await browser.send("/account", "Sign out", {})).headers().location).toBe("/login");
  }
  expect(await countSessions(email)).toBe(before + 2);
});
