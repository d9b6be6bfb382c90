import { readFileSync } from "node:fs";
import { expect, test } from "@/e2e/fixtures";
import { leadsTo } from "@/e2e/support/plain-browser";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";

const search = (email: string) => `/support?q=${encodeURIComponent(email)}`;

/** The entries that the log shows, the latest first, without the line of headings. */
const entries = ({ main, page }: Visitor) =>
  main.getByRole("row").filter({ has: page.getByRole("rowheader") });

async function choose({ main, say }: Visitor, field: string, option: string): Promise<void> {
  await main.getByLabel(say(field), { exact: true }).selectOption({ label: option });
}

const show = ({ main, say }: Visitor) =>
  main.getByRole("button", { name: say("audit.filter.submit"), exact: true }).click();

test("what support reads of a customer stands in the log, found by its filter, and in its file", async ({
  visitAsStaff,
  customer,
}) => {
  const { staff, visitor } = await visitAsStaff("support");
  const { page, main, say } = visitor;
  await page.goto(search(customer.email));
  await page.goto("/support/audit");
  await choose(visitor, "audit.filter.staff", `${staff.name}, ${staff.email}`);
  await show(visitor);
  const searched = say("audit.action.customer-searched");
  const read = entries(visitor).filter({ hasText: searched }).first();
  await expect(read).toContainText(staff.email);
  await expect(read).toContainText(visitor.ip);
  await expect(main).not.toContainText(customer.email);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    main.getByRole("button", { name: say("audit.export.submit"), exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/);
  const [headings = "", ...lines] = readFileSync((await download.path()) ?? "", "utf8")
    .split("\r\n")
    .filter((line) => line !== "");
  expect(headings).toMatch(/^\ufeffseq,time,.*,previous,hash$/);
  for (const line of lines) {
    expect(line).toContain(`,${staff.email},support,${visitor.ip},`);
    expect(line).toMatch(/,[0-9a-f]{64},[0-9a-f]{64}$/);
  }
  expect(lines.filter((line) => line.includes(",customer-searched,"))).not.toHaveLength(0);

  await page.reload();
  await expect(entries(visitor).first()).toContainText(say("audit.action.audit-exported"));
  await choose(visitor, "audit.filter.action", say("acts.block-lifted.audit"));
  await show(visitor);
  await expect(main).toContainText(say("audit.noneMatch"));
  await choose(visitor, "audit.filter.action", searched);
  await show(visitor);
  await expect(entries(visitor).first()).toContainText(searched);
  const others = entries(visitor).filter({ hasNotText: searched });
  await expect(others).toHaveCount(0);
});

test("the log's file is parted as spreadsheets of the page's language expect", async ({
  visitAsStaff,
}) => {
  const { staff, visitor } = await visitAsStaff("support", { language: "fr" });
  const { page, main, say } = visitor;
  await page.goto(search(staff.email));
  await page.goto("/support/audit");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    main.getByRole("button", { name: say("audit.export.submit"), exact: true }).click(),
  ]);
  const file = readFileSync((await download.path()) ?? "", "utf8");
  expect(file).toMatch(/^\ufeffseq;time;.*;previous;hash\r\n/);
});

test("a filter that cannot be read says so at its field, and shows nothing in its place", async ({
  visitAsStaff,
}) => {
  const { visitor } = await visitAsStaff("admin");
  const { page, main, alert, say } = visitor;
  await page.goto("/support/audit?from=2026-02-30&about=nobody%40example.com");
  await expect(alert).toContainText(say("audit.errors.dayWrong", { example: "" }).trim());
  await expect(alert).toContainText(say("audit.errors.aboutNobody"));
  const about = main.getByLabel(say("audit.filter.about"), { exact: true });
  await expect(about).toHaveValue("nobody@example.com");
  await expect(entries(visitor)).toHaveCount(0);
  await main.getByRole("link", { name: say("audit.filter.clear"), exact: true }).click();
  await expect(page).toHaveURL("/support/audit");
  await expect(alert).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test(`whom entries are about is typed, ${javaScriptEnabled ? "with" : "without"} scripts: one is found, namesakes are offered`, async ({
    visitAsStaff,
    customer,
  }) => {
    const { visitor } = await visitAsStaff("support", { javaScriptEnabled });
    const { page, main, say } = visitor;
    await page.goto(search(customer.email));
    await main.getByRole("row").getByRole("link").click();
    const id = page.url().split("/").at(-1);
    await page.goto("/support/audit");
    const about = main.getByLabel(say("audit.filter.about"), { exact: true });
    await about.fill(customer.email);
    await choose(visitor, "audit.filter.action", say("audit.action.customer-viewed"));
    await show(visitor);
    await expect(page).toHaveURL(`/support/audit?action=customer-viewed&subject=${id}`);
    await expect(entries(visitor)).toHaveCount(1);
    await expect(main).not.toContainText(customer.email);

    // Everybody of the tests is called so.
    await about.fill(customer.name);
    await show(visitor);
    await expect(main).toContainText(say("audit.subject.several"));
    await expect(entries(visitor)).toHaveCount(0);
    const choices = main.getByRole("listitem").filter({ hasText: "•••@" });
    await choices.getByRole("link").first().click();
    await expect(page).toHaveURL(/\?action=customer-viewed&subject=[0-9a-f-]{36}$/);
    await main.getByRole("link", { name: say("audit.filter.notOnly"), exact: true }).click();
    await expect(page).toHaveURL("/support/audit?action=customer-viewed");
  });
}

test("the figures show sign-ins as bars to be seen at a glance, and as a table", async ({
  visit,
  visitAsStaff,
  makeCustomer,
}) => {
  await makeCustomer();
  const customer = await makeCustomer();
  const elsewhere = await visit();
  await elsewhere.login.signIn(customer);
  await elsewhere.verify.typeCode(await customer.inbox.nextCode());
  await elsewhere.account.expectSignedIn(customer);
  const { visitor } = await visitAsStaff("support");
  const { page, main, say } = visitor;
  await page.goto("/support/figures");
  for (const figure of ["signIns", "codesSent", "codesRight", "median"]) {
    const title = say(`figures.${figure}.title`);
    const label = like(
      say("figures.chart", { title, from: anything, to: anything, most: anything }),
    );
    await expect(main.getByRole("heading", { name: title, exact: true })).toBeVisible();
    await expect(main.getByRole("img", { name: label })).toBeVisible();
  }
  const glance = main.getByRole("table", { name: say("figures.glance.caption") });
  const byCode = glance.getByRole("row", { name: say("figures.glance.rates.byCode") });
  await expect(byCode.getByRole("cell").first()).toHaveText(/^\d[\d.]*%\s*\d[\d,]* of \d[\d,]*$/);
  await main.getByText(say("figures.table.summary"), { exact: true }).click();
  const days = main
    .getByRole("table", { name: say("figures.table.caption") })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") });
  await expect(days).toHaveCount(30);
  // Signing up of the two customers, at the least; of the staff nothing is counted.
  await expect(days.first().getByRole("cell").first()).toHaveText(/^([2-9]|\d[\d,]+)$/);
});

test("nobody but support and admins sees the log, its file or the figures", async ({
  visitPlainly,
  visitAsStaff,
  customer,
}) => {
  const own = await visitPlainly({ ip: customer.home });
  await own.signIn(customer);
  const stranger = await visitPlainly();
  const { visitor } = await visitAsStaff("marketing");
  for (const path of ["/support/audit", "/support/figures"]) {
    expect((await own.http.get(path)).status(), path).toBe(404);
    expect((await visitor.page.goto(path))?.status(), path).toBe(404);
    const answer = await stranger.http.get(path, { maxRedirects: 0 });
    expect(leadsTo(answer)).toBe(`/login?callbackUrl=${encodeURIComponent(path)}`);
  }
  const file = "/support/audit/export";
  expect((await own.post(file, { action: "" })).status()).toBe(404);
  expect(leadsTo(await stranger.post(file, { action: "" }))).toMatch(/^\/login\?callbackUrl=/);
  expect((await own.http.get(file)).status()).toBe(405);
});

test("on a telephone the figures stand row by row, and the days' table is scrolled by keys beside its days", async ({
  visitAsStaff,
  makeCustomer,
}) => {
  await makeCustomer();
  const { visitor } = await visitAsStaff("support", { viewport: { width: 390, height: 844 } });
  const { page, main, say } = visitor;
  await page.goto("/support/figures");
  const boxOf = (caption: string) => main.getByRole("region", { name: say(caption) });
  const rest = (caption: string) =>
    boxOf(caption).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  const glance = "figures.glance.caption";
  const [name, cell] = ["rowheader", "cell"].map((role) =>
    boxOf(glance)
      .getByRole(role as "cell")
      .first(),
  );
  expect(await rest(glance)).toBe(0);
  const [above, below] = [await name?.boundingBox(), await cell?.boundingBox()];
  expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
  await expect(boxOf(glance).getByRole("columnheader")).toHaveCount(5);

  await main.getByText(say("figures.table.summary"), { exact: true }).click();
  const days = boxOf("figures.table.caption");
  expect(await rest("figures.table.caption")).toBeGreaterThan(0);
  const day = days.getByRole("rowheader").first();
  const before = await day.boundingBox();
  await days.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => days.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  expect((await day.boundingBox())?.x).toBe(before?.x);
  expect(await page.evaluate(() => scrollX)).toBe(0);
});
