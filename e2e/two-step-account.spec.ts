import { readFileSync } from "node:fs";
import { expect, test } from "@/e2e/fixtures";
import { entry, openArea, press, send } from "@/e2e/pages/own-keys";
import {
  addFirstApp,
  answerFactor,
  beginApp,
  makeCodes,
  sendWithPassword,
  turnOn,
} from "@/e2e/pages/two-step-pages";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

const PATH = "/account/security/two-step";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";

  test(`an app is added, then asked for instead of the mailed code${how}`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    const { page, main, alert, status, say } = visitor;
    await openArea(visitor, customer, PATH);
    const app = await beginApp(visitor);
    await expect(main.getByRole("img", { name: say("twoStep.add.qr") })).toBeVisible();
    const link = main.getByRole("link").and(page.locator('[href^="otpauth://totp/"]'));
    await expect(link).toHaveAttribute("href", /secret=[A-Z2-7]{32}/);
    const { password } = customer;
    await turnOn(visitor, { name: "Phone", code: "12345", password });
    await expect(alert).toContainText(say("twoStep.errors.appCodeNotSixDigits"));
    await expect(main.getByLabel(say("twoStep.add.name"), { exact: true })).toHaveValue("Phone");
    await expect(main.getByLabel(say("twoStep.add.code"), { exact: true })).toHaveValue("");
    await turnOn(visitor, { name: "Phone", code: await app.nextCode(), password: "wrong" });
    await expect(alert).toContainText(say("widening.errors.passwordWrong"));
    // The session began without a code: the mailbox is proven once more.
    await turnOn(visitor, { name: "Phone", code: await app.nextCode(), password });
    await expect(page).toHaveURL("/account/confirm");
    await expect(main).toContainText(say("widening.wish.turnOnApp", { name: "Phone" }));
    await send(visitor, "widening.submit", { "verify.code": await customer.inbox.nextCode() });
    await expect(page).toHaveURL(PATH);
    await expect(status).toContainText(say("twoStep.done.app-turned-on-first", { name: "Phone" }));
    await expect(entry(visitor, "Phone")).toBeVisible();
    await customer.inbox.mail(subjectOf("factor-added"));
    const [code = ""] = await makeCodes(visitor, customer);
    await customer.inbox.mail(subjectOf("recovery-codes-made"));
    await expect(page.getByText(code)).toBeVisible();
    const unread = await customer.inbox.codesUnread();
    const stranger = await visit({ javaScriptEnabled });
    await stranger.login.signIn(customer);
    await expect(stranger.page).toHaveURL("/verify");
    await answerFactor(stranger, "verify.submit", code.toLowerCase());
    await stranger.account.expectSignedIn(customer);
    expect(await customer.inbox.codesUnread()).toBe(unread);
  });

  test(`recovery codes are shown once, and kept as a file${how}`, async ({ visit, customer }) => {
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    const { page, main, say } = visitor;
    await openArea(visitor, customer, PATH);
    await addFirstApp(visitor, customer);
    const codes = await makeCodes(visitor, customer);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      press(visitor, "twoStep.shown.save"),
    ]);
    expect(download.suggestedFilename()).toBe("recovery-codes.txt");
    const file = readFileSync(await download.path(), "utf8");
    for (const code of codes) expect(file).toContain(code);
    expect(file).toContain(customer.email);
    await page.reload();
    await expect(main).toContainText(say("twoStep.shown.gone"));
    for (const code of codes) await expect(main).not.toContainText(code);
    await page.goto(PATH);
    await expect(main).toContainText(
      like(say("twoStep.codes.left", { left: 10, of: 10, date: anything })),
    );
  });

  test(`a second step is removed with the password and another one's answer${how}`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    const { page, main, alert, status, say } = visitor;
    await openArea(visitor, customer, PATH);
    await addFirstApp(visitor, customer);
    const [first = "", second = ""] = await makeCodes(visitor, customer);
    const tablet = await beginApp(visitor);
    const { password } = customer;
    await turnOn(visitor, { name: "Tablet", code: await tablet.nextCode(), password });
    await expect(status).toContainText(say("twoStep.done.app-turned-on", { name: "Tablet" }));
    const remove = async (name: string, fields: Record<string, string>) => {
      await page.goto(PATH);
      await entry(visitor, name)
        .getByRole("button", { name: say("twoStep.remove.button") })
        .click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        say("twoStep.remove.title", { name }),
      );
      await send(visitor, "twoStep.remove.button", fields);
    };
    const withCode = (code: string) => ({
      "twoStep.password": password,
      "verify.factor.field": code,
    });
    await remove("Tablet", withCode(await tablet.nextCode()));
    await expect(alert).toContainText(
      like(say("twoStep.errors.answerWrong", { left: 2, blockDuration: anything })),
    );
    await send(visitor, "twoStep.remove.button", withCode("12"));
    await expect(alert).toContainText(say("twoStep.errors.notAnAnswer"));
    await send(visitor, "twoStep.remove.button", { ...withCode(first), "twoStep.password": "" });
    await expect(alert).toContainText(say("widening.errors.passwordMissing"));
    await send(visitor, "twoStep.remove.button", withCode(first));
    await expect(page).toHaveURL(PATH);
    await expect(status).toContainText(say("twoStep.done.factor-removed", { name: "Tablet" }));
    await customer.inbox.mail(subjectOf("factor-removed"));
    await remove("Phone", withCode(second));
    await expect(status).toContainText(say("twoStep.done.last-factor-removed", { name: "Phone" }));
    await expect(main).toContainText(say("twoStep.apps.none"));
    await expect(main.getByRole("button", { name: say("twoStep.codes.make") })).toBeDisabled();
  });
}

test("it is asked for always, and less again only by who proves it", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, status, say } = visitor;
  await openArea(visitor, customer, PATH);
  const app = await addFirstApp(visitor, customer);
  const choose = async (choice: "always" | "new-places") => {
    await page.goto(PATH);
    await main.getByLabel(say(`twoStep.asking.${choice}`), { exact: true }).check();
    await sendWithPassword(visitor, "twoStep.asking.save", customer.password);
  };
  await choose("always");
  await expect(status).toContainText(say("twoStep.done.asked-always"));
  await customer.inbox.mail(subjectOf("factor-asking-changed"));
  await expect(main.getByLabel(say("twoStep.asking.always"), { exact: true })).toBeChecked();
  const home = await visit({ ip: customer.home });
  await home.login.signIn(customer);
  await expect(home.page).toHaveURL("/verify");
  await answerFactor(home, "verify.submit", await app.nextCode());
  await home.account.expectSignedIn(customer);
  await choose("new-places");
  await expect(status).toContainText(say("twoStep.done.asked-at-new-places"));
});

test("in a session of before the app, what widens asks for the app and mails nothing", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const before = await visit({ ip: customer.home });
  await openArea(before, customer, "/account/security/sessions");
  await openArea(visitor, customer, PATH);
  const app = await addFirstApp(visitor, customer);
  const unread = await customer.inbox.codesUnread();
  const { page, main, alert, say } = before;
  await send(before, "security.browser.trust", { "security.browser.password": customer.password });
  await expect(page).toHaveURL("/account/confirm");
  await expect(main).toContainText(say("widening.whyFactor"));
  await expect(main.getByRole("button", { name: say("verify.resend") })).toHaveCount(0);
  await answerFactor(before, "widening.submit", "000000");
  await expect(alert).toContainText(
    like(say("widening.errors.factorWrong", { left: 2, blockDuration: anything })),
  );
  await answerFactor(before, "widening.submit", await app.nextCode());
  await expect(page).toHaveURL("/account/security/sessions");
  expect(await customer.inbox.codesUnread()).toBe(unread);
});

test("the overview says how well the account is protected, and the next step", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, say } = visitor;
  await openArea(visitor, customer, "/account");
  const next = (key: string) =>
    main.getByRole("link", { name: say(`twoStep.protection.next.${key}`) });
  await expect(main).toContainText(say("twoStep.protection.codes"));
  await next("factor").click();
  await expect(page).toHaveURL(PATH);
  await addFirstApp(visitor, customer);
  await page.goto("/account");
  await expect(main).toContainText(say("twoStep.protection.factor"));
  await next("codes").click();
  await makeCodes(visitor, customer);
  await page.goto("/account");
  await expect(next("spare")).toBeVisible();
});
