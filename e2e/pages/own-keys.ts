import type { Locator } from "@playwright/test";
import type { Customer } from "@/e2e/fixtures";
import type { Visitor } from "@/e2e/visitor";

/** The form that a button of a page belongs to, folded up or not. */
export function formOf({ page, say }: Visitor, button: string): Locator {
  const named = { name: say(button), exact: true, includeHidden: true };
  const submit = page.getByRole("button", named);
  return page.locator("form").filter({ has: submit });
}

/** Opens what an element is folded up in, as a reader does: by pressing what it is folded under. */
export async function unfold(element: Locator): Promise<void> {
  const folds = element.locator("xpath=ancestor::details[not(@open)]");
  // The outermost first: what is in it can be pressed only then.
  while ((await folds.count()) > 0) await folds.first().locator(":scope > summary").click();
}

/** Signs in where no code is needed, and opens a page of the customer area. */
export async function openArea(visitor: Visitor, customer: Customer, path: string): Promise<void> {
  await visitor.login.signIn(customer);
  await visitor.account.expectSignedIn(customer);
  await visitor.page.goto(path);
}

/** Presses a button of a page. */
export const press = ({ main, say }: Visitor, button: string) =>
  main
    .getByRole("button", { name: say(button), exact: true })
    .first()
    .click();

/** Fills in fields of a form by their labels, and sends it. */
export async function send(
  visitor: Visitor,
  button: string,
  fields: Record<string, string>,
): Promise<void> {
  const form = formOf(visitor, button);
  await unfold(form);
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(visitor.say(label), { exact: true }).fill(value);
  }
  await form.getByRole("button", { name: visitor.say(button), exact: true }).click();
}

/** The entry of a list that holds some words. */
export const entry = ({ main }: Visitor, words: string) =>
  main.getByRole("listitem").filter({ hasText: words });

/** What happened, the latest first: the entries that carry a time. */
export const happened = ({ main, page }: Visitor) =>
  main.getByRole("listitem").filter({ has: page.getByRole("time") });

/** Types the code that a widening asks for on `/account/confirm`. */
export async function confirmWith(visitor: Visitor, code: string): Promise<void> {
  await visitor.page.waitForURL("/account/confirm");
  await send(visitor, "widening.submit", { "verify.code": code });
}
