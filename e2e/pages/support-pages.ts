import { type Customer, expect } from "@/e2e/fixtures";
import { send } from "@/e2e/pages/own-keys";
import { otherThan } from "@/e2e/support/inbox";
import type { Visitor } from "@/e2e/visitor";

/** Why staff of the tests act. */
export const reason = "They called us and could not get in";

const referencePattern = /[A-Z2-9]{4}-[A-Z2-9]{3}/;

/** Types three wrong codes from a new network; gives the reference that `/login` then shows. */
export async function lockOut(caller: Visitor, customer: Customer): Promise<string> {
  const { login, verify, page, alert } = caller;
  await login.signIn(customer);
  await verify.expectOpen();
  const wrong = otherThan(await customer.inbox.nextCode());
  await verify.typeCode(wrong);
  await verify.expectAttemptsLeft(2);
  await verify.typeCode(wrong);
  await verify.expectAttemptsLeft(1);
  await verify.typeCode(wrong);
  await expect(page).toHaveURL("/login");
  const [reference] = referencePattern.exec(await alert.innerText()) ?? [];
  if (reference === undefined) throw new Error("The card of the block names no reference.");
  return reference;
}

/** Looks for a customer, and opens the page of the one who is found. */
export async function openCustomer(desk: Visitor, typed: string): Promise<string> {
  const { page, main, say } = desk;
  await page.goto("/support");
  await main.getByLabel(say("support.search.label"), { exact: true }).fill(typed);
  await main.getByRole("button", { name: say("support.search.submit"), exact: true }).click();
  await expect(desk.status).toContainText(say("support.search.count", { count: 1 }));
  await main.getByRole("row").getByRole("link").click();
  await expect(page).toHaveURL(/\/support\/customers\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Types an exact reference, which has the focus, and lifts the block it opens by a reason alone. */
export async function liftByReference(desk: Visitor, reference: string): Promise<void> {
  const { page, main, say } = desk;
  await page.goto("/support");
  await expect(main.getByLabel(say("support.search.label"), { exact: true })).toBeFocused();
  await page.keyboard.type(reference);
  await main.getByRole("button", { name: say("support.search.submit"), exact: true }).click();
  await expect(page).toHaveURL(/\/support\/blocks\/[0-9A-Z-]{8}$/);
  await expect(main.getByLabel(say("support.acts.reason"), { exact: true })).toBeFocused();
  await page.keyboard.type(reason);
  await main.getByRole("button", { name: say("acts.block-lifted.submit"), exact: true }).click();
}

/** Unfolds an act of the customer's page, fills it in with a reason, and sends it. */
export async function act(desk: Visitor, name: string, fields: Record<string, string> = {}) {
  const { main, say } = desk;
  await main.getByText(say(`acts.${name}.summary`), { exact: true }).click();
  await sendAct(desk, name, fields);
}

/** Fills in an act that is unfolded, with a reason, and sends it. */
export const sendAct = (desk: Visitor, name: string, fields: Record<string, string>) =>
  send(desk, `acts.${name}.submit`, { ...fields, "support.acts.reason": reason });

/** The value beside the name of a fact. */
export const fact = ({ main }: Visitor, label: string) =>
  main.getByRole("term").filter({ hasText: label }).locator("..").getByRole("definition");
