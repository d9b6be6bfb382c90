import { expect, test } from "@/e2e/fixtures";
import { subjectOf } from "@/e2e/support/mail-subject";
import { locales } from "@/lib/i18n/locales";
import { maskEmail } from "@/lib/typed/mask-email";

for (const language of locales) {
  test(`${language}: a customer signs up, leaves, proves a new network, and is known there`, async ({
    visit,
    person,
  }) => {
    const visitor = await visit({ language });
    const { page, signUp, verify, account, login, say, main, status } = visitor;

    await test.step("sign up, with a code that proves the mailbox", async () => {
      await signUp.signUp(person);
      await verify.expectOpen();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      await expect(main).toContainText(say("verify.signUpTitle"));
      await expect(main).toContainText(person.email);
      const mail = await person.inbox.nextCodeMail();
      expect(mail.subject).toBe(subjectOf("sign-up-code", language, mail.code));
      await verify.typeCode(mail.code);
      await account.expectSignedIn(person);
    });

    await test.step("sign out, and straight in from the known place", async () => {
      await account.signOut.click();
      await expect(page).toHaveURL("/login");
      await expect(status).toContainText(say("login.notices.signedOut"));
      await login.fillIn(person);
      await account.expectSignedIn(person);
      await account.signOut.click();
    });

    const stranger = await visit({ language });
    await test.step("a new network: a page that says all there is to know", async () => {
      await stranger.login.signIn(person);
      await stranger.verify.expectOpen();
      await expect(stranger.main).toContainText(say("verify.signInTitle"));
      await expect(stranger.main).toContainText(maskEmail(person.email));
      await expect(stranger.verify.fact("ip")).toHaveText(stranger.ip);
      const until = stranger.verify.fact("validUntil").locator("time");
      await expect(until).toHaveText(/^\d\d:\d\d (UTC|\D+)$/);
      await expect(until).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      await stranger.verify.expectAttemptsLeft(3);
    });

    await test.step("the right code: in, trusted, and mailed", async () => {
      const mail = await person.inbox.nextCodeMail();
      expect(mail.subject).toBe(subjectOf("sign-in-code", language, mail.code));
      expect(mail.text).toContain(stranger.ip);
      expect(mail.text).toContain(person.email);
      expect(mail.text.split("\n")).toContain(mail.code);
      expect(mail.text.match(/(?<!\d)\d{6}(?!\d)/g)).toEqual([mail.code]);
      await stranger.verify.typeCode(mail.code);
      await stranger.account.expectSignedIn(person);
      const notice = await person.inbox.mail(subjectOf("place-trusted", language));
      expect(notice.text).toContain(stranger.ip);
    });

    await test.step("the same network again: straight in", async () => {
      await stranger.account.signOut.click();
      await stranger.login.fillIn(person);
      await stranger.account.expectSignedIn(person);
    });
  });
}

test("the code may be typed as it was read: with spaces, dashes or full-width digits", async ({
  visit,
  customer,
}) => {
  const { login, verify, account } = await visit();
  await login.signIn(customer);
  const code = await customer.inbox.nextCode();
  const fullWidth = [...code.slice(3)].map((digit) => String.fromCodePoint(0xff10 + Number(digit)));
  await verify.typeCode(` ${code.slice(0, 3)} - ${fullWidth.join("")}`);
  await account.expectSignedIn(customer);
});

test("IPv6: another address of the same /64 is the same network, another /64 is not", async ({
  visit,
  customer,
  addresses,
}) => {
  const network = addresses.network6();
  const visitor = await visit({ ip: `${network}::1` });
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
  const neighbour = await visit({ ip: `${network}:aaaa:bbbb:cccc:dddd` });
  await neighbour.login.signIn(customer);
  await neighbour.account.expectSignedIn(customer);
  const stranger = await visit({ ip: `${addresses.network6()}::1` });
  await stranger.login.signIn(customer);
  await stranger.verify.expectOpen();
});

test("a page that needs a customer leads to the door and back to itself", async ({
  visit,
  customer,
}) => {
  const { page, login, account } = await visit({ ip: customer.home });
  await page.goto("/account");
  await expect(page).toHaveURL("/login?callbackUrl=%2Faccount");
  await login.fillIn(customer);
  await account.expectSignedIn(customer);
});

test("callbackUrl is honoured after the password, after a mistake and after a code", async ({
  visit,
  customer,
}) => {
  const wanted = "/help/login-code?from=mail";
  const known = await visit({ ip: customer.home });
  await known.login.open(wanted);
  await known.login.fillIn({ ...customer, password: "not the password" });
  await expect(known.alert).toBeVisible();
  await known.login.fillIn(customer);
  await expect(known.page).toHaveURL(wanted);

  const stranger = await visit();
  await stranger.login.open(wanted);
  await stranger.login.fillIn(customer);
  await stranger.verify.typeCode(await customer.inbox.nextCode());
  await expect(stranger.page).toHaveURL(wanted);
});

for (const elsewhere of [
  "//evil.example",
  "https://evil.example/",
  "/\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
]) {
  test(`callbackUrl does not lead to ${JSON.stringify(elsewhere)}`, async ({ visit, customer }) => {
    const { login, account } = await visit({ ip: customer.home });
    await login.open(elsewhere);
    await login.fillIn(customer);
    await account.expectSignedIn(customer);
  });
}

test("the language switch is remembered, also for the mails of a customer", async ({
  visit,
  customer,
}) => {
  const known = await visit({ ip: customer.home });
  await known.login.signIn(customer);
  await known.account.expectSignedIn(customer);
  await known.page.getByRole("button", { name: "Português" }).click();
  await expect(known.page.getByRole("button", { name: "Sair" })).toBeVisible();
  await known.page.goto("/help");
  await expect(known.page.locator("html")).toHaveAttribute("lang", "pt");

  const stranger = await visit({ language: "fr" });
  await stranger.login.signIn(customer);
  await stranger.verify.expectOpen();
  const mail = await customer.inbox.nextCodeMail();
  expect(mail.subject).toContain("é o seu código para entrar em");
});
