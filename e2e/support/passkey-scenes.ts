import type { Locator, Page } from "@playwright/test";
import { test as base, type Customer, expect, type VisitorOptions } from "@/e2e/fixtures";
import type { Addresses } from "@/e2e/support/addresses";
import { VirtualAuthenticator } from "@/e2e/support/virtual-authenticator";
import type { Visitor } from "@/e2e/visitor";

// Browsers keep passkeys for names, and this site's are for that of APP_URL.
const origin = () => (process.env.E2E_HOST_URL ?? "").replace("127.0.0.1", "localhost");

/** Tests whose visitors come under the name that passkeys are for. */
export const test = base.extend({
  visit: ({ visit }, use) =>
    use((options: VisitorOptions = {}) => visit({ baseURL: origin(), ...options })),
});

export const TWO_STEP = "/account/security/two-step";

export const section = (visitor: Visitor): Locator => visitor.page.locator("#passkeys");

export const button = (visitor: Visitor, name: "signIn" | "secondStep" | "add") =>
  visitor.page.getByRole("button", { name: visitor.say(`passkeys.button.${name}`), exact: true });

export type Consents = { signsIn?: boolean; isSecondStep?: boolean };

/** A browser, and the authenticator that keeps its passkeys. */
export type Keeper = { visitor: Visitor; authenticator: VirtualAuthenticator };

type Scene = { visit: () => Promise<Visitor>; customer: Customer; addresses: Addresses };

/** Of two questions at once, the authenticator answers whichever it meets first: here there is the button alone. */
const askByButtonAlone = (page: Page) =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });

/** A customer who has signed in by a code, in a browser with an authenticator that keeps nothing yet. */
export async function signedIn(
  { visit, customer }: Pick<Scene, "visit" | "customer">,
  { hasAutofill = false, isBackedUp = true } = {},
): Promise<Keeper> {
  const visitor = await visit();
  if (!hasAutofill) await askByButtonAlone(visitor.page);
  const authenticator = await VirtualAuthenticator.addTo(visitor.page, { isBackedUp });
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
  return { visitor, authenticator };
}

/** Presses what adds a passkey on the page of two-step verification. */
export async function addPasskey(
  visitor: Visitor,
  { password }: Pick<Customer, "password">,
  { signsIn = false, isSecondStep = true }: Consents = {},
): Promise<void> {
  await visitor.page.goto(TWO_STEP);
  const form = section(visitor)
    .locator("form")
    .filter({ has: button(visitor, "add") });
  const say = (key: string) => visitor.say(`passkeys.section.${key}`);
  await form.getByLabel(say("mayBeSecondStep")).setChecked(isSecondStep);
  await form.getByLabel(say("maySignIn")).setChecked(signsIn);
  await form.getByLabel(say("password"), { exact: true }).fill(password);
  await button(visitor, "add").click();
}

/** Removes the one passkey of the page, which only signs in: the password is enough for that. */
export async function removePasskey(
  visitor: Visitor,
  { password }: Pick<Customer, "password">,
): Promise<void> {
  const say = (key: string) => visitor.say(`twoStep.remove.${key}`);
  await section(visitor)
    .getByRole("button", { name: say("button") })
    .click();
  await visitor.page.getByLabel(visitor.say("twoStep.password"), { exact: true }).fill(password);
  await visitor.page.getByRole("button", { name: say("button"), exact: true }).click();
  await expect(visitor.page).toHaveURL(TWO_STEP);
}

/** The id of a passkey as pages name it; the authenticator says it as base64. */
export const base64url = (id = "") => Buffer.from(id, "base64").toString("base64url");

/** A customer with a passkey, in a browser that keeps it, has been signed out and asks for nothing. */
export async function withPasskey(
  { visit, customer, addresses }: Scene,
  { hasAutofill = false, ...consents }: Consents & { hasAutofill?: boolean } = {},
): Promise<Keeper> {
  const keeper = await signedIn({ visit, customer }, { hasAutofill });
  const { visitor, authenticator } = keeper;
  await addPasskey(visitor, customer, consents);
  await expect(visitor.status.first()).toContainText("Passkey");
  // Else the autofill of the next page would sign in by itself.
  await authenticator.answers(false);
  await visitor.account.signOut.click();
  await expect(visitor.page).toHaveURL("/login");
  // That page asks by itself: a question still on its way would be answered there, whatever is opened next.
  if (hasAutofill) await visitor.page.goto("about:blank");
  // The right code has made the place known, where nothing is asked for.
  await visitor.moveTo(addresses.ip());
  return keeper;
}

/** Presses a button and lets the authenticator answer it, and nothing that the next page asks by itself. */
export async function answerOnce(
  { visitor, authenticator }: Keeper,
  name: "signIn" | "secondStep",
): Promise<void> {
  // Before the question: one that waits already is not answered by it.
  await authenticator.answers(true);
  await button(visitor, name).click();
}

/** Signs in with the password and then the passkey as the second step. */
export async function signInByBoth(keeper: Keeper, customer: Customer): Promise<void> {
  await keeper.visitor.login.signIn(customer);
  await answerOnce(keeper, "secondStep");
  await keeper.visitor.account.expectSignedIn(customer);
}

/** The sentence of an answer that was not taken. */
export const sentence = (visitor: Visitor, because: string) =>
  visitor.say(`passkeys.refused.${because}`, { minutes: 5, origin: origin() });

/** A word that the page reports to the browser's keeper of passkeys, by the name of WebAuthn's method. */
export type Signal = { name: string; options: Record<string, unknown> };

/**
 * Notes what the pages of a visitor report to the browser from now on. The virtual authenticator does not
 * listen to it, as password managers do.
 */
export async function noteSignals({ page }: Visitor): Promise<Signal[]> {
  const signals: Signal[] = [];
  await page.exposeFunction("noteSignal", (name: string, options: Signal["options"]) => {
    signals.push({ name, options });
  });
  await page.addInitScript(() => {
    const { noteSignal } = window as unknown as {
      noteSignal: (name: string, options: unknown) => Promise<void>;
    };
    for (const name of [
      "signalUnknownCredential",
      "signalAllAcceptedCredentials",
      "signalCurrentUserDetails",
    ]) {
      const note = (options: unknown) => noteSignal(name, options);
      Object.defineProperty(PublicKeyCredential, name, { value: note });
    }
  });
  return signals;
}

/**
 * Gives the pages of a visitor a browser that makes passkeys by itself. Chromium does so only with a password
 * manager of its own, so the authenticator is asked as by a press; what was asked for is noted.
 *
 * @returns how the browser was asked to make one: "conditional" is by itself
 */
export async function makesByItself({ page }: Visitor): Promise<string[]> {
  const asked: string[] = [];
  await page.exposeFunction("noteMaking", (how: string) => asked.push(how));
  await page.addInitScript(() => {
    const { noteMaking } = window as unknown as { noteMaking: (how: string) => Promise<void> };
    Object.defineProperty(PublicKeyCredential, "getClientCapabilities", {
      value: async () => ({ conditionalCreate: true }),
    });
    const make = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = async (options = {}) => {
      const { mediation = "by a press", ...rest } = options as { mediation?: string };
      await noteMaking(mediation);
      return make(rest);
    };
  });
  return asked;
}
