import { expect, test } from "@/e2e/fixtures";
import { openArea, send, unfold } from "@/e2e/pages/own-keys";
import { subjectOf } from "@/e2e/support/mail-subject";
import type { Visitor } from "@/e2e/visitor";

const inLisbon = { timezoneId: "Europe/Lisbon" };

/** Opens a page and waits until the browser's zone is known from there on. */
async function openAndSay({ page, context }: Visitor, path = "/login"): Promise<void> {
  const reported = page.waitForResponse((answer) => answer.url().endsWith("/time-zone"));
  await page.goto(path);
  expect((await reported).status()).toBe(204);
  const cookies = await context.cookies();
  const cookie = cookies.find(({ name }) => name.endsWith("portaria.time-zone"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
}

test("a browser's zone is known by itself: on the page, in the mail and with the account", async ({
  visit,
  person,
}) => {
  const visitor = await visit(inLisbon);
  const { page, signUp, verify, account, main, say } = visitor;
  await openAndSay(visitor, "/signup");
  const reports: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/time-zone")) reports.push(request.url());
  });
  await signUp.fillIn(person);
  await verify.expectOpen();
  await expect(main).toContainText(/expires in (10|9) minutes \(\d\d:\d\d in Lisbon\)/);
  const mail = await person.inbox.nextCodeMail();
  for (const part of [mail.text, mail.html]) expect(part).toMatch(/until \d\d:\d\d in Lisbon/);
  await verify.typeCode(mail.code);
  await account.expectSignedIn(person);
  await page.goto("/account/contact");
  const zone = main.getByLabel(say("contact.details.timeZone"), { exact: true });
  await expect(zone.locator("option:checked")).toHaveText(
    say("contact.details.browserZone", { zone: "Lisbon" }),
  );
  // It is said once, and not with every page.
  expect(reports).toEqual([]);
});

test("without scripts and without a choice times are those of the installation, and say so", async ({
  visit,
  person,
}) => {
  const visitor = await visit({ ...inLisbon, javaScriptEnabled: false });
  const { signUp, verify, main } = visitor;
  await signUp.signUp(person);
  await verify.expectOpen();
  await expect(main).toContainText(/expires in (10|9) minutes \(\d\d:\d\d UTC\)/);
  expect((await person.inbox.nextCodeMail()).text).toMatch(/until \d\d:\d\d UTC/);
});

test("who knows the password alone sees their own clock, and changes nobody's", async ({
  visit,
  customer,
}) => {
  const owner = await visit({ ip: customer.home, ...inLisbon });
  await openAndSay(owner);
  await owner.login.fillIn(customer);
  await owner.account.expectSignedIn(customer);

  const stranger = await visit({ timezoneId: "Asia/Tokyo" });
  await openAndSay(stranger);
  await stranger.login.fillIn(customer);
  await stranger.verify.expectOpen();
  await expect(stranger.main).toContainText(/\(\d\d:\d\d in Tokyo\)/);
  expect((await customer.inbox.nextCodeMail()).text).toMatch(/until \d\d:\d\d in Lisbon/);
});

test("a zone is found by its city and by its former name, and a choice stays", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home, ...inLisbon });
  const { page, main, say } = visitor;
  await openAndSay(visitor);
  await openArea(visitor, customer, "/account/contact");
  const zone = main.getByLabel(say("contact.details.timeZone"), { exact: true });
  await expect(zone.locator("optgroup")).toHaveCount(10);
  const search = main.getByLabel(say("contact.details.findZone.label"));
  await unfold(search);
  await search.fill("nowhere at all");
  await expect(main).toContainText(say("contact.details.findZone.none"));
  await search.fill("Calcutta");
  await search.press("Enter");
  await expect(zone).toHaveValue("Asia/Kolkata");
  await search.fill("saig");
  await main.getByRole("button", { name: "Ho Chi Minh City" }).click();
  await expect(zone).toHaveValue("Asia/Ho_Chi_Minh");
  await send(visitor, "contact.details.submit", {});
  await customer.inbox.mail(subjectOf("details-changed"));

  const elsewhere = await visit({ ip: customer.home, timezoneId: "Asia/Tokyo" });
  await openAndSay(elsewhere);
  await openArea(elsewhere, customer, "/account/activity");
  await expect(elsewhere.main).toContainText("Ho Chi Minh City time");
  await page.goto("/account/contact");
  await expect(zone).toHaveValue("Asia/Ho_Chi_Minh");
});

test("what is no zone is let be, and the path takes nothing but a form", async ({
  visitPlainly,
}) => {
  const browser = await visitPlainly();
  for (const timeZone of ["", "Nowhere/Land", "+01:00", "</script>", "x".repeat(5000)]) {
    const answer = await browser.post("/time-zone", { timeZone });
    expect(answer.status()).toBe(204);
    expect(answer.headers()["set-cookie"] ?? "").not.toContain("time-zone");
  }
  const known = await browser.post("/time-zone", { timeZone: "Asia/Calcutta" });
  expect(known.headers()["set-cookie"]).toMatch(/time-zone=Asia%2FCalcutta;.*HttpOnly/i);
  expect((await browser.http.get("/time-zone")).status()).toBe(405);
});
