import type { Page } from "@playwright/test";
import { expect, test } from "@/e2e/fixtures";
import { staffStages } from "@/e2e/support/staff-stages";
import { stages } from "@/e2e/support/stages";
import { locales } from "@/lib/i18n/locales";

const viewport = { width: 320, height: 640 };
const smallestTarget = 44;

/** What is too wide for the window, and what is too small for a finger. */
function faults(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`${scrollWidth} px wide`] : [];
    for (const control of document.querySelectorAll("a, button, input:not([type=hidden])")) {
      // A field for password managers alone is not there for fingers.
      if (!control.checkVisibility()) continue;
      // A box to tick takes the pointer with the whole label that it stands in.
      const target = control.closest("label") ?? control;
      // WCAG 2.2, 2.5.8: a link in a line of text may be as high as the text.
      // So may a piece within a line that is edited: a list below the text has a button for each.
      const isInText =
        getComputedStyle(target).display === "inline" ||
        control.closest("[contenteditable]") !== null;
      const { width, height, right } = target.getBoundingClientRect();
      // The skip link is there for the keyboard alone, until it has the focus.
      if (getComputedStyle(target).clipPath !== "none") continue;
      const name = target.textContent?.trim() || target.getAttribute("name");
      if (!isInText && Math.min(width, height) < smallest) {
        found.push(`"${name}" is ${width} by ${height} px`);
      }
      // A wide table and a row of tabs scroll within themselves, by finger and by keyboard.
      if (control.closest("section[tabindex='0'], .tab-row") !== null) continue;
      if (right > clientWidth) found.push(`"${name}" ends at ${right} px`);
    }
    return found;
  }, smallestTarget);
}

type Watch = { moved: number; observer: PerformanceObserver };

/** Lets every page from now on keep count of what jumps on it. */
function watchLayout(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const watch = { moved: 0 } as Watch;
    const count = (entries: PerformanceEntryList) => {
      for (const entry of entries) watch.moved += (entry as unknown as { value: number }).value;
    };
    watch.observer = new PerformanceObserver((list) => count(list.getEntries()));
    watch.observer.observe({ type: "layout-shift", buffered: true });
    Object.assign(window, { layoutWatch: watch });
  });
}

/** How much of the page has jumped since it was opened: 0 is nothing. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { layoutWatch } = window as unknown as { layoutWatch: Watch };
    // What the last frames moved is reported after they were painted.
    for (let frame = 0; frame < 3; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return layoutWatch.moved;
  });
}

for (const language of locales) {
  for (const [stage, way] of Object.entries(stages)) {
    test(`${language}, ${stage}: 320 px wide, no page scrolls sideways and fingers find every target`, async ({
      visit,
      makeCustomer,
      person,
    }) => {
      test.slow();
      const customer = await makeCustomer(language);
      const visitor = await visit({ language, viewport, hasTouch: true });
      for (const [stage, reach] of Object.entries(way)) {
        await test.step(stage, async () => {
          await reach(visitor, { customer, person });
          expect.soft(await faults(visitor.page), stage).toEqual([]);
        });
      }
    });
  }
}

for (const language of locales) {
  test(`${language}: 320 px wide, staff can work too`, async ({ visitAsStaff, makeCustomer }) => {
    test.slow();
    const customer = await makeCustomer(language);
    const { visitor } = await visitAsStaff("admin", { language, viewport, hasTouch: true });
    for (const [stage, reach] of Object.entries(staffStages)) {
      await test.step(stage, async () => {
        await reach(visitor, { customer });
        expect.soft(await faults(visitor.page), stage).toEqual([]);
      });
    }
  });
}

for (const language of locales) {
  test(`${language}, /verify: all that a code needs stands in a phone's first screen`, async ({
    visit,
    makeCustomer,
  }) => {
    const customer = await makeCustomer(language);
    const phone = { language, viewport: { width: 390, height: 664 }, hasTouch: true };
    for (const javaScriptEnabled of [true, false]) {
      const { page, main, login, verify, say } = await visit({ ...phone, javaScriptEnabled });
      await login.signIn(customer);
      await expect(verify.code).toBeFocused();
      expect(await page.evaluate(() => scrollY)).toBe(0);
      for (const needed of [
        main.locator("[data-mail-state] p"),
        main.getByRole("time").first(),
        verify.code,
        main.getByLabel(say("verify.trust")),
        verify.submit,
      ]) {
        await expect(needed).toBeInViewport({ ratio: 1 });
      }
      await expect(verify.fact("reference")).toBeHidden();
      expect(await verify.readReference()).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{3}$/);
      await expect(verify.fact("attempts")).toBeVisible();
    }
  });
}

test("nothing moves while a page appears", async ({ visit, customer }) => {
  const visitor = await visit({ viewport });
  const { page, login, verify, main, account } = visitor;
  await watchLayout(page);
  for (const path of ["/login", "/signup", "/help", "/help/login-code"]) {
    await page.goto(path);
    expect(await layoutShift(page), path).toBe(0);
  }
  await login.signIn(customer);
  await verify.expectOpen();
  await page.goto("/verify");
  // The countdown is written by the browser: its line must have been there before.
  await expect(main).toContainText("minutes left");
  expect(await layoutShift(page), "/verify").toBe(0);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
  await page.goto("/account");
  expect(await layoutShift(page), "/account").toBe(0);
});

test("dark mode: the page is dark, by the system's setting alone", async ({ visit }) => {
  const { page, login } = await visit({ viewport, colorScheme: "dark" });
  await login.open();
  const luminance = () =>
    page.evaluate(() => {
      const colour = getComputedStyle(document.documentElement).backgroundColor;
      return (colour.match(/[\d.]+/g) ?? [])
        .slice(0, 3)
        .reduce((sum, part) => sum + Number(part), 0);
    });
  expect(await luminance()).toBeLessThan(3 * 64);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await luminance()).toBeGreaterThan(3 * 192);
});
