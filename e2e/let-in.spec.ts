import type { Page } from "@playwright/test";
import { type Customer, expect, test } from "@/e2e/fixtures";
import { formOf, press, send } from "@/e2e/pages/own-keys";
import { faults } from "@/e2e/support/axe";
import { subjectOf } from "@/e2e/support/mail-subject";
import type { Visitor } from "@/e2e/visitor";

const PATH = "/account/let-in";

/** The fact of /verify with the number, and the number itself. */
const numberOf = ({ main, say }: Visitor) =>
  main
    .getByRole("term")
    .filter({ hasText: say("verify.letIn.number") })
    .locator("..")
    .getByRole("definition");

async function readNumber(visitor: Visitor): Promise<string> {
  const text = (await numberOf(visitor).innerText()).trim();
  expect(text).toMatch(/^[1-9][0-9]$/);
  return text;
}

/** Signs in with a code, so that the session has one behind it, and goes on from where the account is at home. */
async function atHome(visitor: Visitor, customer: Customer): Promise<void> {
  await visitor.login.signIn(customer);
  await visitor.verify.typeCode(await customer.inbox.nextCode());
  await visitor.account.expectSignedIn(customer);
}

async function waitsAway(visitor: Visitor, customer: Customer): Promise<string> {
  await visitor.login.signIn(customer);
  await visitor.verify.expectOpen();
  return readNumber(visitor);
}

const typeNumber = (visitor: Visitor, number: string, password: string) =>
  send(visitor, "letIn.submit", { "letIn.number": number, "letIn.password": password });

const otherThan = (number: string) => (number === "11" ? "12" : "11");
const goOn = ({ main, say }: Visitor) =>
  main.getByRole("button", { name: say("verify.pass.continue"), exact: true });
const pathOf = (page: Page) => new URL(page.url()).pathname;

/** A text without its addresses, dates, times and versions, any of which may hold the number by chance. */
const otherFigures = (text: string) =>
  text.replace(/\d+ \p{L}+ \d{4}|\d[\d.:]{3,}|\p{L}+ \d{3}\b/gu, "");

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`${way}: a number typed at home lets the sign-in elsewhere in, once, and trusts nothing`, async ({
    visit,
    customer,
  }) => {
    const home = await visit({ javaScriptEnabled });
    await atHome(home, customer);
    await expect(home.status.filter({ hasText: home.say("letIn.notice.link") })).toHaveCount(0);
    const away = await visit({ javaScriptEnabled });
    const number = await waitsAway(away, customer);

    await test.step("the account says that it waits, and from where", async () => {
      for (const path of ["/account", "/account/security"]) {
        await home.page.goto(path);
        const notice = home.status.filter({ hasText: away.ip });
        await expect(notice).toHaveCount(1);
        expect(otherFigures(await notice.innerText())).not.toContain(number);
      }
      await home.main.getByRole("link", { name: home.say("letIn.notice.link") }).click();
      await expect(home.page).toHaveURL(PATH);
      const entry = home.main.getByRole("listitem").filter({ hasText: away.ip });
      await expect(entry).toHaveCount(1);
      expect(otherFigures(await entry.innerText())).not.toContain(number);
    });
    await test.step("the number and the password let it in", async () => {
      await typeNumber(home, number, customer.password);
      await expect(home.status).toHaveText(home.say("letIn.done", { ip: away.ip }));
      await expect(home.main.getByText(home.say("letIn.none.title"))).toBeVisible();
      const mail = await customer.inbox.mail(subjectOf("let-in"));
      expect(mail.text).toContain(away.ip);
    });
    await test.step("its own page goes on", async () => {
      // With scripts it notices by itself.
      if (!javaScriptEnabled) {
        await away.main.getByRole("link", { name: away.say("verify.letIn.reload") }).click();
      }
      await expect(away.main.getByText(away.say("verify.letIn.passTitle"))).toBeVisible();
      await expect(numberOf(away)).toHaveCount(0);
      await goOn(away).click();
      await away.account.expectSignedIn(customer);
      await expect(away.main).toContainText(away.say("account.because.letIn"));
    });
    await test.step("from there nobody is let in, and the place asks for a code again", async () => {
      await away.page.goto(PATH);
      await expect(away.main).toContainText(away.say("letIn.may.not-here"));
      await expect(formOf(away, "letIn.submit")).toHaveCount(0);
      const again = await visit({ ip: away.ip, javaScriptEnabled });
      await again.login.signIn(customer);
      await again.verify.expectOpen();
    });
    await test.step("both stand in the history", async () => {
      await home.page.goto("/account/security/history");
      await expect(home.main).toContainText(home.say("history.verdict.enteredByLetIn"));
      await home.page.goto("/account/activity");
      await expect(home.main).toContainText(home.say("activity.kind.let-in"));
    });
  });

  test(`${way}: what is no number costs nothing; the third wrong one ends the sign-in, and both pages say so`, async ({
    visit,
    customer,
  }) => {
    const home = await visit({ javaScriptEnabled });
    await atHome(home, customer);
    const away = await visit({ javaScriptEnabled });
    const number = await waitsAway(away, customer);
    await home.page.goto(PATH);
    // axe is a script.
    if (javaScriptEnabled) expect.soft(await faults(home.page)).toEqual([]);

    await typeNumber(home, "4", customer.password);
    await expect(home.alert).toContainText(home.say("letIn.errors.numberNotTwoDigits"));
    if (javaScriptEnabled) expect.soft(await faults(home.page)).toEqual([]);
    await typeNumber(home, number, "not the password");
    await expect(home.alert).toContainText(home.say("widening.errors.passwordWrong"));
    // Spelled otherwise each time: the same form within ten seconds is one act.
    const wrong = otherThan(number);
    for (const [typed, left] of [
      [wrong, 2],
      [`${wrong} `, 1],
    ] as const) {
      await typeNumber(home, typed, customer.password);
      await expect(home.alert).toContainText(home.say("letIn.errors.numberWrong", { left }));
    }
    await typeNumber(home, ` ${wrong}`, customer.password);
    await expect(home.alert).toContainText(home.say("letIn.reasons.numbersUsedUp"));
    if (!javaScriptEnabled) await away.page.reload();
    await expect(away.alert).toContainText(away.say("verify.errors.shutOut.wrong-numbers"));
    expect(pathOf(away.page)).toBe("/verify");
  });
}

test("a session without a code behind it is shown nothing, and its page says why", async ({
  visit,
  customer,
}) => {
  const neighbour = await visit({ ip: customer.home });
  await neighbour.login.signIn(customer);
  await neighbour.account.expectSignedIn(customer);
  const away = await visit();
  await waitsAway(away, customer);
  await neighbour.page.goto("/account");
  await expect(neighbour.main).not.toContainText(away.ip);
  await neighbour.page.goto(PATH);
  await expect(neighbour.main).toContainText(neighbour.say("letIn.may.no-code"));
  await expect(neighbour.main).not.toContainText(away.ip);
});

test("two browsers that wait show two numbers; each lets in its own, and the code still works", async ({
  visit,
  customer,
}) => {
  const home = await visit();
  await atHome(home, customer);
  const [one, other] = [await visit(), await visit()];
  const numbers = [await waitsAway(one, customer), await waitsAway(other, customer)];
  expect(new Set(numbers).size).toBe(2);
  expect.soft(await faults(one.page)).toEqual([]);
  await home.page.goto(PATH);
  await expect(home.main.getByRole("listitem").filter({ hasText: one.ip })).toHaveCount(1);
  await typeNumber(home, numbers[1] ?? "", customer.password);
  await expect(home.status).toHaveText(home.say("letIn.done", { ip: other.ip }));
  await expect(goOn(other)).toBeVisible();
  await one.page.reload();
  await expect(goOn(one)).toHaveCount(0);
  await press(other, "verify.pass.continue");
  await other.account.expectSignedIn(customer);
  await one.verify.expectOpen();
});
