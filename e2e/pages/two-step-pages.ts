import { expect } from "@playwright/test";
import type { Customer } from "@/e2e/fixtures";
import { confirmWith, formOf, press, send } from "@/e2e/pages/own-keys";
import { Authenticator } from "@/e2e/support/authenticator";
import type { Visitor } from "@/e2e/visitor";
import { keyOfText } from "@/lib/testing/app-keys";

const PATH = "/account/security/two-step";

/** Begins another app, and reads its key as who types it in does. */
export async function beginApp(visitor: Visitor): Promise<Authenticator> {
  const { page, main, say } = visitor;
  await page.goto(PATH);
  await press(visitor, "twoStep.apps.add");
  await expect(page).toHaveURL(`${PATH}/app`);
  const key = await main.getByLabel(say("twoStep.add.key"), { exact: true }).innerText();
  return new Authenticator(keyOfText(key));
}

/** Fills in the form that turns an app on, and sends it. */
export const turnOn = (
  visitor: Visitor,
  fields: { name: string; code: string; password: string },
) =>
  send(visitor, "twoStep.add.submit", {
    "twoStep.add.name": fields.name,
    "twoStep.add.code": fields.code,
    "twoStep.password": fields.password,
  });

/** Adds a customer's first app, in a session that began without a code. */
export async function addFirstApp(visitor: Visitor, customer: Customer): Promise<Authenticator> {
  const app = await beginApp(visitor);
  const { password } = customer;
  await turnOn(visitor, { name: "Phone", code: await app.nextCode(), password });
  await confirmWith(visitor, await customer.inbox.nextCode());
  await expect(visitor.page).toHaveURL(PATH);
  return app;
}

/** Sends a form that asks for the password unless a second step was proven just now. */
export async function sendWithPassword(
  visitor: Visitor,
  button: string,
  password: string,
): Promise<void> {
  const field = formOf(visitor, button).getByLabel(visitor.say("twoStep.password"), {
    exact: true,
  });
  await send(visitor, button, (await field.count()) === 0 ? {} : { "twoStep.password": password });
}

/** Makes recovery codes, and reads them off the page that shows them once. */
export async function makeCodes(visitor: Visitor, { password }: Customer): Promise<string[]> {
  await visitor.page.goto(PATH);
  await sendWithPassword(visitor, "twoStep.codes.make", password);
  await expect(visitor.page).toHaveURL(`${PATH}/codes`);
  return visitor.main.locator("ol").getByRole("listitem").allInnerTexts();
}

/** Types what a sign-in or a request asks for as its second step. */
export const answerFactor = (visitor: Visitor, button: string, code: string) =>
  send(visitor, button, { "verify.factor.field": code });
