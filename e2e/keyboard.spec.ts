import type { Locator, Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { otherThan } from "@/e2e/support/inbox";

const tabsAtMost = 30;

/** How the element that has the focus is marked. */
function focusMark(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      isMarked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
      isOnScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    };
  });
}

/** Presses Tab until the element has the focus; each stop on the way must be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isFocused = () => target.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; tabs < tabsAtMost; tabs++) {
    await page.keyboard.press("Tab");
    expect(await focusMark(page)).toEqual({ isMarked: true, isOnScreen: true });
    if (await isFocused()) return;
  }
  throw new Error(`${target} was not reached with ${tabsAtMost} times Tab.`);
}

test("with the keyboard only: sign up, sign out, sign in, prove a new network", async ({
  visit,
  person,
  addresses,
}) => {
  const visitor = await visit();
  const { page, signUp, verify, account, login, alert } = visitor;
  const { keyboard } = page;

  await signUp.open();
  for (const [field, value] of [
    [signUp.name, person.name],
    [signUp.email, person.email],
    [signUp.password, person.password],
  ] as const) {
    await tabTo(page, field);
    await keyboard.type(value);
  }
  await keyboard.press("Enter");
  await verify.expectOpen();
  const first = await person.inbox.nextCode();
  await expect(verify.code).toBeFocused();
  await keyboard.type(otherThan(first));
  await tabTo(page, verify.submit);
  await keyboard.press("Enter");
  await verify.expectAttemptsLeft(2);

  // The error summary's link leads to the field.
  await tabTo(page, alert.getByRole("link"));
  await keyboard.press("Enter");
  await expect(verify.code).toBeFocused();
  await keyboard.type(first);
  await keyboard.press("Enter");
  await account.expectSignedIn(person);

  await tabTo(page, account.signOut);
  await keyboard.press("Space");
  await expect(page).toHaveURL("/login");
  await visitor.moveTo(addresses.ip());
  await tabTo(page, login.email);
  await keyboard.type(person.email);
  await tabTo(page, login.password);
  await keyboard.type(person.password);
  await tabTo(page, login.submit);
  await keyboard.press("Enter");
  await verify.expectOpen();
  await expect(verify.code).toBeFocused();
  await keyboard.type(await person.inbox.nextCode());
  await keyboard.press("Enter");
  await account.expectSignedIn(person);
});

test("the skip link comes first and leads past the header", async ({ visit }) => {
  const { page, login, main, say } = await visit();
  await login.open();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: say("common.skipToContent") });
  await expect(skip).toBeFocused();
  expect(await focusMark(page)).toEqual({ isMarked: true, isOnScreen: true });
  await page.keyboard.press("Enter");
  await expect(main).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(login.email).toBeFocused();
});
