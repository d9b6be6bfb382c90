import { get } from "node:http";
import { test as base, expect } from "@/e2e/fixtures";
import { MailboxPage } from "@/e2e/pages/mailbox-page";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";

/** The installation a newcomer has after `npm start`, which nothing was set for. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  baseURL: ({}, use) => use(process.env.E2E_NEWCOMER_URL),
});

const maria = { name: "Maria Lindqvist", email: "maria@example.com" };
const url = () => new URL(process.env.E2E_NEWCOMER_URL ?? "");
const codeIn = (text: string) => /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? "";

/** The status of a GET with headers that no browser would let a page choose. */
function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(new URL(path, url()), { headers }, (response) => {
      resolve(response.resume().statusCode);
    }).on("error", reject);
  });
}

test("the banner's customer signs in with a code out of the mailbox, under both names", async ({
  visit,
}) => {
  const dataDirectory = process.env.E2E_NEWCOMER_DATA_DIR ?? "";
  const password = readSecrets(dataDirectory).demoPasswords?.[maria.email] ?? "";
  const visitor = await visit({ extraHTTPHeaders: {}, baseURL: `http://localhost:${url().port}` });
  const { page, login, verify, account } = visitor;
  await login.signIn({ email: maria.email, password });
  await verify.expectOpen();
  await expect(verify.fact("ip")).toHaveText("127.0.0.1");

  const mailTab = await visitor.openTab();
  const mailbox = new MailboxPage(mailTab.page);
  await expect(async () => {
    await mailbox.open(maria.email);
    await expect(mailbox.mails.first()).toContainText("is your sign-in code", { timeout: 500 });
  }).toPass();
  await mailbox.mails.first().getByRole("link").click();
  const code = codeIn(await mailbox.plainText.innerText());
  await expect(mailTab.main.getByRole("heading", { level: 1 })).toContainText(code);
  await expect(mailbox.html.getByText(code, { exact: true })).toBeVisible();
  // Its links open beside it, as they do from a mail program.
  const opened = mailTab.page.waitForEvent("popup");
  await mailbox.html.getByRole("link", { name: "That was not me", exact: true }).click();
  await expect(await opened).toHaveURL(/\/not-me\?token=/);

  await verify.typeCode(code);
  await account.expectSignedIn(maria);
  await expect(page).toHaveURL(`http://localhost:${url().port}/account`);

  const byNumber = await visit({ extraHTTPHeaders: {} });
  await byNumber.login.signIn({ email: maria.email, password });
  await byNumber.account.expectSignedIn(maria);
  await expect(byNumber.page).toHaveURL(`http://127.0.0.1:${url().port}/account`);
});

test("a newcomer signs up with the code out of the mailbox", async ({ visit, person }) => {
  const visitor = await visit({ extraHTTPHeaders: {} });
  const { signUp, verify, account } = visitor;
  await signUp.signUp(person);
  await verify.expectOpen();
  const opened = visitor.page.waitForEvent("popup");
  await visitor.verify.toMailbox.click();
  const mailbox = new MailboxPage(await opened);
  await expect(mailbox.mails.filter({ hasText: person.email })).toBeVisible();
  await expect(async () => {
    await mailbox.open(person.email);
    await expect(mailbox.mails).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await mailbox.mails.getByRole("link").click();
  await verify.typeCode(codeIn(await mailbox.plainText.innerText()));
  await account.expectSignedIn(person);
});

test("the mailbox is not there for who comes through a proxy or by another name", async () => {
  expect(await statusOf("/mailbox", {})).toBe(200);
  expect(await statusOf("/mailbox", { Host: `localhost:${url().port}` })).toBe(200);
  const others: Record<string, string>[] = [
    { "X-Forwarded-For": "127.0.0.1" },
    { "X-Real-IP": "127.0.0.1" },
    { "X-Forwarded-Host": "localhost" },
    { Forwarded: "for=127.0.0.1" },
    { Host: "customers.example" },
    { Host: `127.0.0.1.customers.example:${url().port}` },
  ];
  for (const headers of others) {
    expect.soft(await statusOf("/mailbox", headers), JSON.stringify(headers)).toBe(404);
  }
});

test("an X-Forwarded-For that no trusted proxy sent is not believed", async ({ visit, person }) => {
  const { signUp, verify } = await visit({ ip: "203.0.113.24" });
  await signUp.signUp(person);
  await verify.expectOpen();
  await expect(verify.fact("ip")).toHaveText("127.0.0.1");
  // And who seems to come through a proxy is led to no mailbox: it is not there for them.
  await expect(verify.toMailbox).toHaveCount(0);
});
