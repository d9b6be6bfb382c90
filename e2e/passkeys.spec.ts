import type { Locator } from "@playwright/test";
import { test as base, type Customer, expect, type VisitorOptions } from "@/e2e/fixtures";
import type { Addresses } from "@/e2e/support/addresses";
import { faults } from "@/e2e/support/axe";
import { countMails, countPlaces, endQuestions } from "@/e2e/support/host-database";
import {
  type Tampering,
  tamperWith,
  VirtualAuthenticator,
} from "@/e2e/support/virtual-authenticator";
import type { Visitor } from "@/e2e/visitor";
import { locales } from "@/lib/i18n/locales";

// Browsers keep passkeys for names, and this site's are for that of APP_URL.
const origin = () => (process.env.E2E_HOST_URL ?? "").replace("127.0.0.1", "localhost");

const test = base.extend({
  visit: ({ visit }, use) =>
    use((options: VisitorOptions = {}) => visit({ baseURL: origin(), ...options })),
});

const TWO_STEP = "/account/security/two-step";

const section = (visitor: Visitor): Locator => visitor.page.locator("#passkeys");
const button = (visitor: Visitor, name: "signIn" | "secondStep" | "add") =>
  visitor.page.getByRole("button", { name: visitor.say(`passkeys.button.${name}`), exact: true });

type Consents = { signsIn?: boolean; isSecondStep?: boolean };

/** Of two questions at once, the authenticator answers whichever it meets first: here there is the button alone. */
const askByButtonAlone = ({ page }: Visitor) =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });

/** Adds a passkey on the page of two-step verification, in a browser that is signed in by a code. */
async function addPasskey(
  visitor: Visitor,
  customer: Customer,
  { signsIn = false, isSecondStep = true }: Consents = {},
): Promise<void> {
  await visitor.page.goto(TWO_STEP);
  const form = section(visitor)
    .locator("form")
    .filter({ has: button(visitor, "add") });
  const say = (key: string) => visitor.say(`passkeys.section.${key}`);
  await form.getByLabel(say("mayBeSecondStep")).setChecked(isSecondStep);
  await form.getByLabel(say("maySignIn")).setChecked(signsIn);
  await form.getByLabel(say("password"), { exact: true }).fill(customer.password);
  await button(visitor, "add").click();
}

type Scene = { visit: () => Promise<Visitor>; customer: Customer; addresses: Addresses };

/** A customer with a passkey, in a browser that keeps it and has been signed out. */
async function withPasskey(
  { visit, customer, addresses }: Scene,
  { hasAutofill = false, ...consents }: Consents & { hasAutofill?: boolean } = {},
) {
  const visitor = await visit();
  if (!hasAutofill) await askByButtonAlone(visitor);
  const authenticator = await VirtualAuthenticator.addTo(visitor.page);
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
  await addPasskey(visitor, customer, consents);
  await expect(visitor.status.first()).toContainText("Passkey");
  // Else the autofill of the next page would sign in by itself.
  await authenticator.answers(false);
  await visitor.account.signOut.click();
  await expect(visitor.page).toHaveURL("/login");
  // The right code has made the place known, where nothing is asked for.
  await visitor.moveTo(addresses.ip());
  return { visitor, authenticator };
}

/** Presses a button and lets the authenticator answer it, and nothing that the next page asks by itself. */
async function answerOnce(
  { visitor, authenticator }: { visitor: Visitor; authenticator: VirtualAuthenticator },
  name: "signIn" | "secondStep",
): Promise<void> {
  // Before the question: one that waits already is not answered by it.
  await authenticator.answers(true);
  await button(visitor, name).click();
}

const sentence = (visitor: Visitor, because: string) =>
  visitor.say(`passkeys.refused.${because}`, {
    minutes: 5,
    origin: origin(),
  });

test("a passkey is added, notified of, shown as it is, and one more is suggested", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  await VirtualAuthenticator.addTo(visitor.page, { isBackedUp: false });
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
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
  const { visitor, authenticator } = await withPasskey({ visit, customer, addresses });
  await visitor.login.signIn(customer);
  await expect(button(visitor, "secondStep")).toBeVisible();
  await authenticator.answers(true);
  await button(visitor, "secondStep").click();
  await visitor.account.expectSignedIn(customer);
  await addPasskey(visitor, customer);
  await expect(visitor.alert).toHaveText(visitor.say("passkeys.faults.known"));
});

test("a wrong password adds nothing, and neither box ticked asks for one", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  const authenticator = await VirtualAuthenticator.addTo(visitor.page);
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
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

test("as a second step it comes first at /verify, and lets in without a mail", async ({
  visit,
  customer,
  addresses,
}) => {
  const { visitor, authenticator } = await withPasskey({ visit, customer, addresses });
  const mails = await countMails(customer.email, "sign-in-code");
  await visitor.login.signIn(customer);
  await expect(visitor.page).toHaveURL("/verify");
  await visitor.moveTo("198.51.100.77");
  await visitor.login.signIn(customer);
  await authenticator.answers(true);
  await button(visitor, "secondStep").click();
  await visitor.account.expectSignedIn(customer);
  expect(await countMails(customer.email, "sign-in-code")).toBe(mails);
});

test("instead of the password it lets in at a new network, which is not trusted", async ({
  visit,
  customer,
  addresses,
}) => {
  const { visitor, authenticator } = await withPasskey(
    { visit, customer, addresses },
    { signsIn: true },
  );
  const places = await countPlaces(customer.email);
  await visitor.moveTo(addresses.ip());
  await visitor.login.open("/account/security");
  await answerOnce({ visitor, authenticator }, "signIn");
  await expect(visitor.page).toHaveURL("/account/security");
  expect(await countPlaces(customer.email)).toBe(places);
});

test("the autofill of the e-mail field signs in by itself", async ({
  visit,
  customer,
  addresses,
}) => {
  const { visitor, authenticator } = await withPasskey(
    { visit, customer, addresses },
    { signsIn: true, hasAutofill: true },
  );
  await authenticator.answers(true);
  await visitor.page.goto("/login");
  await visitor.account.expectSignedIn(customer);
});

test("a second step does not sign in, and what signs in is no second step", async ({
  visit,
  customer,
  addresses,
  makeCustomer,
}) => {
  const { visitor, authenticator } = await withPasskey({ visit, customer, addresses });
  await visitor.login.open();
  await answerOnce({ visitor, authenticator }, "signIn");
  await expect(visitor.alert).toHaveText(sentence(visitor, "not-agreed"));
  const other = await makeCustomer();
  const alone = await withPasskey(
    { visit, customer: other, addresses },
    { signsIn: true, isSecondStep: false },
  );
  await alone.visitor.login.signIn(other);
  // No factor: a code is mailed as before.
  await alone.visitor.verify.expectOpen();
});

const tamperings: [Tampering, string][] = [
  ["another-origin", "other-origin"],
  ["another-domain", "other-domain"],
  ["not-verified", "not-verified"],
  ["another-signature", "wrong"],
  ["another-key", "unknown-key"],
  ["no-answer", "malformed"],
  ["another-question", "not-asked"],
];

test("what a hostile browser makes of an answer has its sentence, at /verify and at /login", async ({
  visit,
  customer,
  addresses,
}) => {
  const { visitor, authenticator } = await withPasskey(
    { visit, customer, addresses },
    { signsIn: true },
  );
  // One sign-in waits for all of them: only so many are asked for in an hour.
  await visitor.login.signIn(customer);
  for (const [how, because] of tamperings) {
    await visitor.page.goto("/verify");
    await expect(button(visitor, "secondStep")).toBeVisible();
    await tamperWith(visitor.page, how);
    await answerOnce({ visitor, authenticator }, "secondStep");
    await expect(visitor.alert).toHaveText(sentence(visitor, because));
    // Nothing was counted: a signature is no guess.
    await visitor.verify.expectAttemptsLeft(3);
    await visitor.forgetNotices();
    await visitor.page.goto("/login");
    await expect(button(visitor, "signIn")).toBeVisible();
    await tamperWith(visitor.page, how);
    await answerOnce({ visitor, authenticator }, "signIn");
    await expect(visitor.alert).toHaveText(sentence(visitor, because));
  }
});

test("an answer counts once, and five minutes", async ({ visit, customer, addresses }) => {
  const { visitor, authenticator } = await withPasskey({ visit, customer, addresses });
  await visitor.login.signIn(customer);
  await authenticator.answers(true);
  await visitor.page.route(
    (url) => url.pathname === "/verify",
    async (route) => {
      await endQuestions(customer.email);
      await route.continue();
    },
    { times: 1 },
  );
  await button(visitor, "secondStep").click();
  await expect(visitor.alert).toHaveText(sentence(visitor, "expired"));
  await button(visitor, "secondStep").click();
  await visitor.account.expectSignedIn(customer);
});

test("a device that does not know its user gives no answer, which the page says", async ({
  visit,
  customer,
  addresses,
}) => {
  const { visitor, authenticator } = await withPasskey({ visit, customer, addresses });
  await visitor.login.signIn(customer);
  await authenticator.verifies(false);
  await authenticator.answers(true);
  await button(visitor, "secondStep").click();
  await expect(visitor.alert).toHaveText(visitor.say("passkeys.faults.cancelled"));
  await authenticator.verifies(true);
  await button(visitor, "secondStep").click();
  await visitor.account.expectSignedIn(customer);
});

test("a counter that went back lets in, and is shown", async ({ visit, customer, addresses }) => {
  const { visitor, authenticator } = await withPasskey({ visit, customer, addresses });
  await visitor.login.signIn(customer);
  await authenticator.answers(true);
  await button(visitor, "secondStep").click();
  await visitor.account.expectSignedIn(customer);
  const thief = await visit();
  const copy = await VirtualAuthenticator.addTo(thief.page);
  await copy.copy(authenticator, 0);
  await copy.answers(false);
  await thief.login.signIn(customer);
  await copy.answers(true);
  await button(thief, "secondStep").click();
  await thief.account.expectSignedIn(customer);
  await thief.page.goto(TWO_STEP);
  const shown = thief.say("passkeys.section.counterFell", { date: "" }).trim().slice(-40);
  await expect(section(thief)).toContainText(shown);
});

test("a passkey is named, may do more by its owner's word, and is forgotten once removed", async ({
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

test("without scripts there is no button, and the page says why", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home, javaScriptEnabled: false });
  await visitor.login.open();
  await expect(button(visitor, "signIn")).toBeHidden();
  await visitor.login.fillIn(customer);
  await visitor.page.goto(TWO_STEP);
  const why = visitor.say("passkeys.section.noScripts");
  await expect(section(visitor).getByText(why)).toBeVisible();
  await expect(button(visitor, "add")).toBeHidden();
});

test("the script of passkeys is fetched where the browser knows them, and nowhere else", async ({
  visit,
}) => {
  const visitor = await visit();
  const fetched: string[] = [];
  visitor.page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await visitor.page.addInitScript(() => {
    Reflect.deleteProperty(window, "PublicKeyCredential");
  });
  await visitor.page.goto("/login");
  await expect(button(visitor, "signIn")).toBeHidden();
  await visitor.page.goto("/signup");
  expect(fetched).not.toContain("/scripts/passkey.js");
  const other = await visit();
  const script = other.page.waitForRequest(/\/scripts\/passkey\.js\?v=/);
  await other.page.goto("/login");
  await script;
  await expect(button(other, "signIn")).toBeVisible();
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
    await authenticator.answers(true);
    await button(visitor, "secondStep").click();
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
