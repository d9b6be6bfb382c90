import { readFileSync } from "node:fs";
import { expect, test } from "@/e2e/fixtures";
import { openArea, press, send } from "@/e2e/pages/own-keys";
import { subjectOf } from "@/e2e/support/mail-subject";
import { leadsTo } from "@/e2e/support/plain-browser";

test("another customer's ids are not found in any form, and nothing of theirs changes", async ({
  visitPlainly,
  customer,
  makeCustomer,
}) => {
  const victim = await makeCustomer();
  const theirs = await visitPlainly({ ip: victim.home });
  await theirs.signIn(victim);
  const own = await visitPlainly({ ip: customer.home });
  await own.signIn(customer);
  const forms = [
    ["/account/security", "Remove"],
    ["/account/security", "Save name"],
    ["/account/security/sessions", "End session"],
  ] as const;
  for (const [path, button] of forms) {
    const { id = "" } = await theirs.readForm(path, button);
    expect(id, button).not.toBe("");
    const form = await own.readForm(path, button);
    for (const wrong of [id, "", "x", "' OR true"]) {
      const answer = await own.post(path, { ...form, id: wrong, name: "Mine" });
      expect(answer.status(), `${button} with "${wrong}"`).toBe(404);
    }
  }
  const page = await (await theirs.http.get("/account/security")).text();
  expect(page).toContain(victim.home);
  expect(page).not.toContain("Mine");
  const headers = (await own.http.get("/account/security")).headers();
  expect(headers["cache-control"]).toContain("no-store");
});

test("nobody who is not signed in sees a page of the customer area, or its files", async ({
  visitPlainly,
}) => {
  const { http } = await visitPlainly();
  const paths = [
    "security",
    "contact",
    "password",
    "activity",
    "data",
    "confirm",
    "security/sessions",
    "security/history",
    "security/mails",
  ];
  for (const path of paths) {
    const answer = await http.get(`/account/${path}`, { maxRedirects: 0 });
    expect(leadsTo(answer), path).toBe(
      `/login?callbackUrl=${encodeURIComponent(`/account/${path}`)}`,
    );
  }
  const file = await http.get("/account/security/history.csv", { maxRedirects: 0 });
  expect(leadsTo(file)).toMatch(/^\/login\?callbackUrl=/);
  const data = await http.post("/account/data/export", {
    multipart: { password: "x" },
    maxRedirects: 0,
  });
  expect(leadsTo(data)).toMatch(/^\/login\?callbackUrl=/);
  expect((await http.get("/account/data/export")).status()).toBe(405);
});

test("the customer downloads their history and their data, the data with the password alone", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, alert, say } = visitor;
  await openArea(visitor, customer, "/account/security/history");
  await main.getByLabel(say("history.filter.label")).selectOption("in");
  await press(visitor, "history.filter.submit");
  await expect(page).toHaveURL(/show=in/);
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    main.getByRole("link", { name: say("history.csv") }).click(),
  ]);
  const rows = readFileSync((await csv.path()) ?? "", "utf8");
  expect(rows).toMatch(/^\ufefftime,verdict,ip,/);
  expect(rows).toContain(`,entered,${customer.home},`);

  await page.goto("/account/data");
  await send(visitor, "closing.export.submit", { "closing.export.password": "wrong" });
  await expect(alert).toContainText(say("widening.errors.passwordWrong"));
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    send(visitor, "closing.export.submit", { "closing.export.password": customer.password }),
  ]);
  expect(file.suggestedFilename()).toMatch(/^account-\d{4}-\d\d-\d\d\.json$/);
  const data = JSON.parse(readFileSync((await file.path()) ?? "", "utf8"));
  expect(data.account.email).toBe(customer.email);
  await customer.inbox.mail(subjectOf("data-exported"));
});

test("the history's file is parted as spreadsheets of the page's language expect", async ({
  visitPlainly,
  makeCustomer,
}) => {
  const { home, ...customer } = await makeCustomer("fr");
  const browser = await visitPlainly({ ip: home, language: "fr" });
  await browser.signIn(customer);
  const file = await (await browser.http.get("/account/security/history.csv")).text();
  expect(file).toMatch(/^\ufefftime;verdict;ip;/);
});

test("closing an account: the password, a notice on every page, and one press to keep it", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, alert, status, say } = visitor;
  await openArea(visitor, customer, "/account/data");
  await send(visitor, "closing.close.submit", { "closing.close.password": customer.password });
  for (const path of ["/account", "/account/security", "/account/contact"]) {
    await page.goto(path);
    await expect(alert.getByRole("time").first()).toBeVisible();
    await expect(alert).toContainText(say("closing.pending.what"));
  }
  await customer.inbox.mail(subjectOf("closing-asked"));
  await press(visitor, "closing.pending.keep");
  await expect(status).toContainText(say("closing.kept"));
  await page.goto("/account");
  await expect(alert).toHaveCount(0);
  await customer.inbox.mail(subjectOf("closing-cancelled"));
});

test("activity names what changed, when and from where", async ({ visit, customer }) => {
  const visitor = await visit();
  const { page, login, verify, account, main, say } = visitor;
  await login.signIn(customer);
  await verify.typeCode(await customer.inbox.nextCode());
  await account.expectSignedIn(customer);
  await page.goto("/account/activity");
  const items = main.getByRole("listitem").filter({ has: page.getByRole("time") });
  await expect(items).toHaveCount(2);
  await expect(items.nth(0)).toContainText(say("activity.kind.place-trusted"));
  await expect(items.nth(0)).toContainText(visitor.ip);
  await expect(items.nth(1)).toContainText(say("activity.kind.account-created"));
  await expect(items.nth(1)).toContainText(customer.home);
});
