import { expect } from "@/e2e/fixtures";
import { countMails, countPlaces, endQuestions, forgetPasskeys } from "@/e2e/support/host-database";
import {
  answerOnce,
  base64url,
  button,
  noteSignals,
  section,
  sentence,
  signInByBoth,
  TWO_STEP,
  test,
  withPasskey,
} from "@/e2e/support/passkey-scenes";
import {
  type Tampering,
  tamperWith,
  VirtualAuthenticator,
} from "@/e2e/support/virtual-authenticator";

test("as a second step it comes first at /verify, and lets in without a mail", async ({
  visit,
  customer,
  addresses,
}) => {
  const keeper = await withPasskey({ visit, customer, addresses });
  const { visitor } = keeper;
  const mails = await countMails(customer.email, "sign-in-code");
  await visitor.login.signIn(customer);
  await expect(visitor.page).toHaveURL("/verify");
  await visitor.moveTo("198.51.100.77");
  await signInByBoth(keeper, customer);
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
  // It may lead on before the page has loaded.
  await visitor.page.goto("/login", { waitUntil: "commit" });
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
  await answerOnce({ visitor, authenticator }, "secondStep");
  await expect(visitor.alert).toHaveText(visitor.say("passkeys.faults.cancelled"));
  await authenticator.verifies(true);
  await button(visitor, "secondStep").click();
  await visitor.account.expectSignedIn(customer);
});

test("a counter that went back lets in, and is shown", async ({ visit, customer, addresses }) => {
  const keeper = await withPasskey({ visit, customer, addresses });
  await signInByBoth(keeper, customer);
  const thief = await visit();
  const copy = await VirtualAuthenticator.addTo(thief.page);
  await copy.copy(keeper.authenticator, 0);
  await copy.answers(false);
  await signInByBoth({ visitor: thief, authenticator: copy }, customer);
  await thief.page.goto(TWO_STEP);
  const shown = thief.say("passkeys.section.counterFell", { date: "" }).trim().slice(-40);
  await expect(section(thief)).toContainText(shown);
});

test("the browser hears of a passkey that nobody has any more", async ({
  visit,
  customer,
  addresses,
}) => {
  const keeper = await withPasskey({ visit, customer, addresses }, { signsIn: true });
  const signals = await noteSignals(keeper.visitor);
  const [kept] = await keeper.authenticator.keeps();
  await forgetPasskeys(customer.email);
  await keeper.visitor.login.open();
  await answerOnce(keeper, "signIn");
  await expect(keeper.visitor.alert).toHaveText(sentence(keeper.visitor, "unknown-key"));
  const credentialId = base64url(kept?.credentialId);
  await expect
    .poll(() => signals)
    .toContainEqual({
      name: "signalUnknownCredential",
      options: { rpId: "localhost", credentialId },
    });
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
