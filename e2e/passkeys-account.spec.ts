import { expect } from "@/e2e/fixtures";
import { faults } from "@/e2e/support/axe";
import { countMails } from "@/e2e/support/host-database";
import {
  addPasskey,
  answerOnce,
  base64url,
  button,
  makesByItself,
  noteSignals,
  removePasskey,
  section,
  signedIn,
  signInByBoth,
  TWO_STEP,
  test,
  withPasskey,
} from "@/e2e/support/passkey-scenes";
import { VirtualAuthenticator } from "@/e2e/support/virtual-authenticator";
import { locales } from "@/lib/i18n/locales";

test("a passkey is added, notified of, shown as it is, and one more is suggested", async ({
  visit,
  customer,
}) => {
  const { visitor } = await signedIn({ visit, customer }, { isBackedUp: false });
  await addPasskey(visitor, customer);
  await expect(visitor.status.first()).toHaveText(
    visitor.say("passkeys.done.passkey-added-first", { name: "Passkey" }),
  );
  const entry = section(visitor).getByRole("listitem").first();
  await expect(entry).toContainText(visitor.say("passkeys.section.oneDevice"));
  await expect(entry).toContainText(visitor.say("passkeys.section.secondStep"));
  await expect(entry).not.toContainText(visitor.say("passkeys.section.signsIn"));
  await expect(section(visitor)).toContainText(visitor.say("passkeys.section.second"));
  expect(await countMails(customer.email, "factor-added")).toBe(1);
});

test("a device that has a passkey already makes no other", async ({
  visit,
  customer,
  addresses,
}) => {
  const keeper = await withPasskey({ visit, customer, addresses });
  const { visitor } = keeper;
  await signInByBoth(keeper, customer);
  await addPasskey(visitor, customer);
  await expect(visitor.alert).toHaveText(visitor.say("passkeys.faults.known"));
});

test("a wrong password adds nothing, and neither box ticked asks for one", async ({
  visit,
  customer,
}) => {
  const { visitor, authenticator } = await signedIn({ visit, customer });
  await addPasskey(visitor, { ...customer, password: "not the password" });
  await expect(visitor.alert).toContainText(visitor.say("passkeys.errors.passwordWrong"));
  await expect(section(visitor)).toContainText(visitor.say("passkeys.section.none"));
  const made = (await authenticator.keeps()).length;
  await addPasskey(visitor, customer, { isSecondStep: false });
  // The browser itself says so, and asks for no passkey.
  const box = section(visitor).getByLabel(visitor.say("passkeys.section.mayBeSecondStep"));
  await expect(box).toBeFocused();
  expect(await authenticator.keeps()).toHaveLength(made);
});

test("a passkey is named, and may do more by its owner's word", async ({
  visit,
  customer,
  addresses,
}) => {
  const { visitor, authenticator } = await withPasskey(
    { visit, customer, addresses },
    { signsIn: true, isSecondStep: false },
  );
  await visitor.page.goto("/login");
  await answerOnce({ visitor, authenticator }, "signIn");
  await visitor.account.expectSignedIn(customer);
  await visitor.page.goto(TWO_STEP);
  const entry = section(visitor).getByRole("listitem").first();
  const say = (key: string) => visitor.say(`passkeys.section.${key}`);
  await entry.getByText(say("change"), { exact: true }).click();
  await entry.getByLabel(say("name"), { exact: true }).fill("Laptop");
  await entry.getByRole("button", { name: say("saveName") }).click();
  await expect(entry).toContainText("Laptop");
  await entry.getByText(say("change"), { exact: true }).click();
  await entry.getByLabel(say("mayBeSecondStep")).check();
  await entry.getByLabel(say("password"), { exact: true }).fill(customer.password);
  await entry.getByRole("button", { name: say("saveConsents") }).click();
  await expect(visitor.status.first()).toContainText("Laptop");
  await expect(entry).toContainText(say("secondStep"));
});

test("a browser that makes passkeys by itself is asked once, and its passkey opens nothing yet", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const asked = await makesByItself(visitor);
  const authenticator = await VirtualAuthenticator.addTo(visitor.page);
  // At a known place, where nothing was asked for but the password.
  await visitor.login.signIn(customer);
  await expect(visitor.page.locator("[data-offered]")).toBeVisible();
  expect(asked).toEqual(["conditional"]);
  expect(await authenticator.keeps()).toHaveLength(1);
  await expect.poll(() => countMails(customer.email, "passkey-made")).toBe(1);
  await visitor.page.locator("[data-offered] a").click();
  const entry = section(visitor).getByRole("listitem").first();
  await expect(entry).toContainText(visitor.say("passkeys.section.nothingYet"));
  // Once in thirty days, in whichever session. Else the autofill of the next page would use what was made.
  await authenticator.answers(false);
  await visitor.account.signOut.click();
  const offered = visitor.page.waitForResponse(
    (response) => response.request().postData() === "purpose=offer",
  );
  await visitor.login.signIn(customer);
  await visitor.account.expectSignedIn(customer);
  expect((await offered).status()).toBe(404);
  expect(asked).toEqual(["conditional"]);
  await expect(visitor.page.locator("[data-offered]")).toBeHidden();
});

test("the browser hears which passkeys an account has, and no more of one that is removed", async ({
  visit,
  customer,
}) => {
  const { visitor, authenticator } = await signedIn({ visit, customer });
  const signals = await noteSignals(visitor);
  const accepted = () =>
    signals.findLast(({ name }) => name === "signalAllAcceptedCredentials")?.options;
  await addPasskey(visitor, customer, { signsIn: true, isSecondStep: false });
  await expect(visitor.status.first()).toContainText("Passkey");
  const [kept] = await authenticator.keeps();
  const credentialId = base64url(kept?.credentialId);
  await expect
    .poll(accepted)
    .toMatchObject({ rpId: "localhost", allAcceptedCredentialIds: [credentialId] });
  await removePasskey(visitor, customer);
  await expect.poll(accepted).toMatchObject({ rpId: "localhost", allAcceptedCredentialIds: [] });
});

test("the browser hears how the account is called, as soon as its name is changed", async ({
  visit,
  customer,
}) => {
  const { visitor } = await signedIn({ visit, customer });
  const signals = await noteSignals(visitor);
  const called = () => signals.findLast(({ name }) => name === "signalCurrentUserDetails")?.options;
  await addPasskey(visitor, customer);
  await expect(visitor.status.first()).toContainText("Passkey");
  await expect.poll(called).toMatchObject({ name: customer.email });
  await visitor.page.goto("/account/contact#details");
  const details = visitor.page.locator("#details");
  await details.getByLabel(visitor.say("contact.details.name")).fill("Maria do Mar");
  await details.getByRole("button", { name: visitor.say("contact.details.submit") }).click();
  await expect(visitor.status.first()).toHaveText(visitor.say("contact.done.details-saved"));
  await expect
    .poll(called)
    .toMatchObject({ rpId: "localhost", name: customer.email, displayName: "Maria do Mar" });
});

for (const language of locales) {
  test(`every page with passkeys holds to axe and to a phone's width, in ${language}`, async ({
    visit,
    makeCustomer,
    addresses,
  }, testInfo) => {
    const customer = await makeCustomer(language);
    const open = () => visit({ language });
    const { visitor, authenticator } = await withPasskey(
      { visit: open, customer, addresses },
      { signsIn: true },
    );
    const { page } = visitor;
    const look = async (name: string) => {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          const path = testInfo.outputPath(`${name}-${width}-${colorScheme}.png`);
          await page.screenshot({ path, fullPage: true });
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
      }
      expect(await faults(page)).toEqual([]);
    };
    await page.goto("/login");
    await expect(button(visitor, "signIn")).toBeVisible();
    await look("login");
    await visitor.login.signIn(customer);
    await expect(button(visitor, "secondStep")).toBeVisible();
    await look("verify");
    await authenticator.verifies(false);
    await answerOnce({ visitor, authenticator }, "secondStep");
    await expect(visitor.alert).toHaveText(visitor.say("passkeys.faults.cancelled"));
    await authenticator.verifies(true);
    await button(visitor, "secondStep").click();
    await visitor.account.expectSignedIn(customer);
    await page.goto(TWO_STEP);
    await section(visitor)
      .getByText(visitor.say("passkeys.section.change"), { exact: true })
      .click();
    await look("two-step");
    await section(visitor)
      .getByRole("button", { name: visitor.say("twoStep.remove.button") })
      .click();
    await look("remove");
  });
}
