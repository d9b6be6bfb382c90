import type { Locator } from "@playwright/test";
import { type Customer, expect, test } from "@/e2e/fixtures";
import { openArea } from "@/e2e/pages/own-keys";
import { linksOf } from "@/e2e/support/mail-links";
import type { Visitor } from "@/e2e/visitor";

type Reach = (visitor: Visitor, customer: Customer) => Promise<unknown>;

const inArea =
  (path: string): Reach =>
  (visitor, customer) =>
    openArea(visitor, customer, path);

/**
 * The pages on which passwords are typed, how each is reached, and how many fields it has; `plain`: how
 * many more that cannot be shown.
 */
const pages: Record<string, { reach: Reach; fields: number; plain?: number }> = {
  "/login": { reach: ({ login }) => login.open(), fields: 1 },
  "/signup": { reach: ({ signUp }) => signUp.open(), fields: 1 },
  "/reset-password": { reach: openReset, fields: 1 },
  "/account/password": { reach: inArea("/account/password"), fields: 2 },
  "/account/contact": { reach: inArea("/account/contact"), fields: 2, plain: 1 },
  "/account/security": { reach: inArea("/account/security"), fields: 1 },
  "/account/security/sessions": { reach: inArea("/account/security/sessions"), fields: 1 },
  "/account/data": { reach: inArea("/account/data"), fields: 2 },
};

async function openReset(visitor: Visitor, { email, inbox }: Customer): Promise<void> {
  const { page, say } = visitor;
  await page.goto("/forgot-password");
  await page.getByLabel(say("password.forgot.email"), { exact: true }).fill(email);
  await page.getByRole("button", { name: say("password.forgot.submit") }).click();
  const links = async () =>
    (await inbox.mails()).flatMap(linksOf).filter((link) => link.startsWith("/reset-password"));
  await expect.poll(async () => (await links()).length).toBe(1);
  await page.goto((await links())[0] ?? "");
}

/** What is folded up is looked at too. */
async function unfold({ page }: Visitor): Promise<void> {
  await page.locator("details").evaluateAll((all: HTMLDetailsElement[]) => {
    for (const one of all) {
      // Of those with one name, the browser lets one at a time be open.
      one.removeAttribute("name");
      one.open = true;
    }
  });
}

const passwords = ({ page }: Visitor) => page.locator('input[autocomplete$="-password"]');
const shownOnes = ({ page }: Visitor) =>
  page.locator('input[autocomplete$="-password"]:has(+ button)');
const typeOf = (input: Locator) => input.getAttribute("type");
const descriptionOf = (button: Locator) =>
  button.evaluate((one) => {
    const ids = one.getAttribute("aria-describedby")?.split(" ") ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  });

for (const [path, { reach, fields, plain = 0 }] of Object.entries(pages)) {
  test(`${path}: a password can be shown and hidden again, and is hidden when it is sent`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home });
    const { page, say } = visitor;
    await reach(visitor, customer);
    await unfold(visitor);
    const show = page.getByRole("button", { name: say("common.password.showPassword") });
    const hide = page.getByRole("button", { name: say("common.password.hidePassword") });
    await expect(show).toHaveCount(fields);
    const descriptions = await Promise.all((await show.all()).map(descriptionOf));
    expect(new Set(descriptions).size).toBe(fields);
    expect(descriptions).not.toContain("");
    for (const input of await shownOnes(visitor).all()) {
      const button = input.locator("xpath=following-sibling::button");
      await input.fill("as typed, with spaces ");
      await button.click();
      expect(await typeOf(input)).toBe("text");
      await expect(hide).toHaveCount(1);
      await expect(input).toHaveValue("as typed, with spaces ");
      await button.press("Enter");
      expect(await typeOf(input)).toBe("password");
      await button.click();
      await input.evaluate((one: HTMLInputElement) => {
        one.form?.addEventListener("submit", (event) => event.preventDefault());
        one.form?.requestSubmit();
      });
      await expect(input).toHaveAttribute("type", "password");
    }
    const ofNobody = page.locator("form").filter({ has: passwords(visitor) });
    for (const form of await ofNobody.all()) {
      await expect(form.locator('input[autocomplete^="username"]')).toHaveCount(1);
    }
  });

  test(`${path}: without JavaScript its passwords are plain fields, as wide as the others`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home, javaScriptEnabled: false });
    const { page, say } = visitor;
    await reach(visitor, customer);
    await unfold(visitor);
    await expect(passwords(visitor)).toHaveCount(fields + plain);
    await expect(page.getByRole("button", { name: say("common.password.show") })).toHaveCount(0);
    for (const input of await passwords(visitor).all()) {
      expect(await typeOf(input)).toBe("password");
      const widths = await input.evaluate((one: HTMLInputElement) =>
        [one, one.form].map((box) => box?.getBoundingClientRect().width),
      );
      expect(widths[0]).toBe(widths[1]);
    }
  });
}

test("the form for another contact e-mail holds two fields and a button, nothing else", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  await openArea(visitor, customer, "/account/contact");
  const form = visitor.main.locator("form").first();
  await expect(form.getByRole("button")).toHaveCount(1);
  await expect(form.getByRole("textbox")).toHaveCount(2);
});

test("a password that is shown is sent as it was typed", async ({ visit, customer }) => {
  const visitor = await visit({ ip: customer.home });
  const { page, login, account, say } = visitor;
  await login.open();
  await login.email.fill(customer.email);
  await login.password.fill(customer.password);
  await page.getByRole("button", { name: say("common.password.showPassword") }).click();
  await login.submit.click();
  await account.expectSignedIn(customer);
});
