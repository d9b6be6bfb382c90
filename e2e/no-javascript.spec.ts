import { expect, test } from "@/e2e/fixtures";
import { otherThan } from "@/e2e/support/inbox";
import { anything, like, wordsOf } from "@/e2e/support/words";

const javaScriptEnabled = false;

test("without JavaScript: sign up, sign out, sign in again", async ({ visit, person }) => {
  const { page, signUp, verify, account, login, status, say } = await visit({ javaScriptEnabled });
  await signUp.signUp(person);
  await verify.expectOpen();
  await verify.typeCode(await person.inbox.nextCode());
  await account.expectSignedIn(person);
  await account.signOut.click();
  await expect(page).toHaveURL("/login");
  await expect(status).toContainText(say("login.notices.signedOut"));
  await page.goto("/account");
  await expect(page).toHaveURL("/login?callbackUrl=%2Faccount");
  await login.fillIn(person);
  await account.expectSignedIn(person);
});

test("without JavaScript: a new network, a wrong code, send again, another network, in", async ({
  visit,
  customer,
  addresses,
}) => {
  const visitor = await visit({ javaScriptEnabled });
  const { page, login, verify, account, alert, status, say } = visitor;
  await login.signIn(customer);
  await verify.expectOpen();
  const first = await customer.inbox.nextCode();
  await verify.typeCode(otherThan(first));
  await expect(alert).toContainText(
    like(say("verify.errors.codeWrong", { left: 2, blockDuration: anything })),
  );
  await verify.resend.click();
  await expect(page).toHaveURL("/verify");
  await expect(status).toContainText(like(say("verify.errors.tooEarly", { time: anything })));
  await visitor.moveTo(addresses.ip());
  await verify.typeCode(first);
  await verify.sendForThisNetwork.click();
  await expect(status).toContainText(like(say("verify.newCodeSent", { maskedEmail: anything })));
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
});

test("without JavaScript: the form's errors, and the language switch stays on the page", async ({
  visit,
}) => {
  const { page, login, alert, say } = await visit({ javaScriptEnabled });
  await login.open("/help");
  await login.submit.click();
  await expect(alert).toContainText(say("login.errors.emailMissing"));
  const french = wordsOf("fr");
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page).toHaveURL("/login?callbackUrl=%2Fhelp");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(alert).toContainText(french("login.errors.emailMissing"));
  await page.goto("/signup");
  await expect(page.getByRole("button", { name: french("signup.submit") })).toBeVisible();
});
