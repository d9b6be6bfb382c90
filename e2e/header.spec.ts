import { expect, test } from "@/e2e/fixtures";

const everybodys = ["/help", "/help/login-code", "/nowhere"];
const customers = [
  ...["/account", "/account/security", "/account/security/sessions", "/account/contact"],
  ...["/account/security/history", "/account/security/mails", "/account/password"],
  ...["/account/activity", "/account/data"],
];
const staffs = [
  ...["/support", "/support/cases", "/support/questions", "/support/figures", "/support/audit"],
  ...["/support/staff", "/support/settings"],
];

test("whoever is signed in reads their name and has one way out in the header of every page", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, account, say } = visitor;
  const banner = page.getByRole("banner");
  for (const path of everybodys) {
    await page.goto(path);
    await expect(banner).toContainText(say("common.area"));
    await expect(account.signOut).toHaveCount(0);
  }
  await visitor.login.signIn(customer);
  await account.expectSignedIn(customer);
  for (const path of [...customers, ...everybodys]) {
    await page.goto(path);
    await expect(banner).toContainText(customer.name);
    await expect(
      banner.getByRole("button", { name: say("common.signedIn.signOut") }),
    ).toBeVisible();
    await expect(account.signOut).toHaveCount(1);
  }
});

for (const javaScriptEnabled of [true, false]) {
  for (const path of ["/help/login-code", "/account/contact", "/nowhere"]) {
    test(`out from ${path}, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
      visit,
      customer,
    }) => {
      const visitor = await visit({ ip: customer.home, javaScriptEnabled });
      const { page, account, status, say } = visitor;
      await visitor.login.signIn(customer);
      await account.expectSignedIn(customer);
      await page.goto(path);
      await account.signOut.click();
      await expect(page).toHaveURL("/login");
      await expect(status).toContainText(say("login.notices.signedOut"));
      await page.goto("/account");
      await expect(page).toHaveURL("/login?callbackUrl=%2Faccount");
    });
  }
}

test("staff read their role beside their name, and have the same way out", async ({
  visitAsStaff,
}) => {
  const { visitor } = await visitAsStaff("admin");
  const { page, account, say } = visitor;
  for (const path of staffs) {
    await page.goto(path);
    await expect(page.getByRole("banner")).toContainText(say("staff.roles.admin"));
    await expect(account.signOut).toHaveCount(1);
  }
  await account.signOut.click();
  await expect(page).toHaveURL("/login");
});
