import { expect, test } from "@/e2e/fixtures";
import { ageLastMail } from "@/e2e/support/host-database";
import { otherThan } from "@/e2e/support/inbox";
import { leadsTo } from "@/e2e/support/plain-browser";
import { anything, like, wordsOf } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";

const tickOf = ({ main, say }: Visitor) => main.getByLabel(say("verify.trust"));

/** Sends the code again by a page that was loaded since, once that is not too early. */
async function sendAgainLater(visitor: Visitor, email: string): Promise<void> {
  await ageLastMail(email, 30);
  await visitor.page.reload();
  await visitor.verify.resend.click();
  const { say } = visitor;
  await expect(visitor.status).toContainText(
    like(say("verify.sentAgain", { maskedEmail: anything, time: anything })),
  );
}

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`${way}: an unticked place stays unticked, whatever is pressed until one is in`, async ({
    visit,
    customer,
    addresses,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { page, main, login, verify, account, alert, status, say } = visitor;
    const tick = tickOf(visitor);
    await login.signIn(customer);
    const code = await customer.inbox.nextCode();
    await expect(tick).toBeChecked();
    await tick.uncheck();

    await test.step("the language switch, there and back", async () => {
      await page.getByRole("button", { name: "Français" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "fr");
      await expect(main.getByLabel(wordsOf("fr")("verify.trust"))).not.toBeChecked();
      await page.getByRole("button", { name: "English" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
      await expect(tick).not.toBeChecked();
    });
    await test.step("sent again, too early and in time", async () => {
      await verify.resend.click();
      await expect(status).toContainText(like(say("verify.errors.tooEarly", { time: anything })));
      await expect(tick).not.toBeChecked();
      await sendAgainLater(visitor, customer.email);
      expect(await customer.inbox.nextCode()).toBe(code);
      await expect(tick).not.toBeChecked();
    });
    await test.step("no code, a wrong one, and a page that is loaded again", async () => {
      await verify.typeCode("");
      await expect(alert).toContainText(say("verify.errors.codeMissing"));
      await expect(tick).not.toBeChecked();
      await verify.typeCode(otherThan(code));
      await verify.expectAttemptsLeft(2);
      await expect(tick).not.toBeChecked();
      await visitor.forgetNotices();
      await page.goto("/verify");
      await expect(alert).toHaveCount(0);
      await expect(tick).not.toBeChecked();
    });
    await test.step("a new code for another network", async () => {
      await visitor.moveTo(addresses.ip());
      await verify.typeCode(code);
      await expect(tick).not.toBeChecked();
      await verify.sendForThisNetwork.click();
      await expect(status).toContainText(
        like(say("verify.newCodeSent", { maskedEmail: anything })),
      );
      await expect(tick).not.toBeChecked();
    });

    await verify.typeCode(await customer.inbox.nextCode());
    await account.expectSignedIn(customer);
    await expect(status).toHaveText(say("entered.unknown"));
    await page.goto("/account/security");
    await expect(status).toHaveCount(0);
    await expect(main).toContainText(say("places.notHere", { ip: visitor.ip }));
    await login.signIn(customer);
    await verify.expectOpen();
    // Another sign-in is asked anew.
    await expect(tick).toBeChecked();
  });

  test(`${way}: unticked beside the button for another network, and ticked again`, async ({
    visit,
    customer,
    addresses,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { page, login, verify, account, status, say } = visitor;
    const tick = tickOf(visitor);
    await login.signIn(customer);
    const code = await customer.inbox.nextCode();
    await visitor.moveTo(addresses.ip());
    await verify.typeCode(code);
    // Enter presses "Verify", although another button stands above it.
    await verify.code.fill(code);
    await verify.code.press("Enter");
    await expect(verify.sendForThisNetwork).toBeVisible();
    expect(await customer.inbox.codesUnread()).toBe(0);
    await tick.uncheck();
    await verify.sendForThisNetwork.click();
    await expect(status).toContainText(like(say("verify.newCodeSent", { maskedEmail: anything })));
    await expect(tick).not.toBeChecked();
    await tick.check();
    await verify.resend.click();
    await expect(tick).toBeChecked();
    await verify.typeCode(await customer.inbox.nextCode());
    await account.expectSignedIn(customer);
    await expect(status).toHaveText(say("entered.known"));
    await page.reload();
    await account.expectSignedIn(customer);
    await expect(status).toHaveCount(0);
  });

  test(`${way}: a sign-up shows its address whole, then says that one is in, once`, async ({
    visit,
    person,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { page, main, signUp, verify, account, status, say } = visitor;
    await signUp.signUp(person);
    await verify.expectOpen();
    await expect(main.locator("[data-mail-state]")).toContainText(person.email);
    await verify.typeCode(await person.inbox.nextCode());
    await account.expectSignedIn(person);
    await expect(status).toHaveText(say("entered.known"));
    await page.goto("/account/contact");
    await expect(status).toHaveCount(0);
  });
}

test("a sign-in shows its address masked, on the page of whoever knows the password too", async ({
  visit,
  customer,
}) => {
  const { main, login, verify } = await visit();
  await login.signIn(customer);
  await verify.expectOpen();
  await expect(main.locator("[data-mail-state]")).toContainText("@");
  await expect(main).not.toContainText(customer.email);
});

test("where the sign-in was going, that one is in is said there", async ({ visit, customer }) => {
  const { page, login, verify, status, say } = await visit();
  await login.open("/help");
  await login.fillIn(customer);
  await verify.typeCode(await customer.inbox.nextCode());
  await expect(page).toHaveURL("/help");
  await expect(status).toHaveText(say("entered.known"));
});

test("who sends a code without the form trusts the network", async ({ visitPlainly, customer }) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  await browser.post("/verify", { code: await customer.inbox.nextCode() });
  expect(leadsTo(await browser.signIn(customer))).toBe("/account");
});
