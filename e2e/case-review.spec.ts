import { type Customer, expect, test } from "@/e2e/fixtures";
import { decide, openCase, type Sent, sendCase, story } from "@/e2e/pages/case-pages";
import { formOf, openArea, press, send } from "@/e2e/pages/own-keys";
import { fact } from "@/e2e/pages/support-pages";
import { faults } from "@/e2e/support/axe";
import { endCooling } from "@/e2e/support/host-database";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";
import { png } from "@/lib/testing/documents";

const fresh = "a fresh passphrase for the new mailbox";
const why = "The name and the birthday are those of our record.";

/** The subject of a mail about one case. */
const subjectFor = (kind: Parameters<typeof subjectOf>[0], { reference }: Sent) =>
  subjectOf(kind).replace("{reference}", reference);

/** Objects to a case by the link mailed to the old address. */
async function object(owner: Visitor, { inbox }: Customer): Promise<void> {
  const opened = await inbox.mail(subjectOf("case-opened"));
  await owner.page.goto(linkTo("/recover/object", opened));
  await press(owner, "recover.object.submit");
  await expect(owner.status).toBeVisible();
}

test("customer, support and a second support person: asked, answered, agreed twice, cooled, changed", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  // What is due is looked for every minute.
  test.setTimeout(240_000);
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/account");
  const sent = await sendCase(applicant, customer);
  const { inbox } = sent;

  const { visitor: first } = await visitAsStaff("support");
  const { main, status, alert, say } = first;
  await openCase(first, sent);
  await expect(main).toContainText(customer.email);
  await expect(main).toContainText(inbox.address);
  await expect(main).toContainText(story);
  await expect(main).toContainText(customer.home);
  const picture = main.getByRole("img", { name: "passport.png" });
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  const document = await first.page.request.get((await picture.getAttribute("src")) ?? "");
  expect(document.headers()).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "inline; filename*=UTF-8''passport.png",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect(Buffer.from(await document.body())).toEqual(Buffer.from(png()));

  await decide(first, "ask", "no");
  await expect(alert).toContainText(say("supportCases.case.errors.textTooShort", { min: 5 }));
  await decide(first, "ask", "Send us your customer number, please.");
  await expect(status).toContainText(say("supportCases.case.done.asked"));

  const question = await inbox.mail(subjectFor("case-question", sent));
  expect(question.text).toContain("Send us your customer number, please.");
  await applicant.page.goto(linkTo("/recover/status", question));
  await send(applicant, "recover.status.answer.submit", {
    "recover.status.answer.label": "It is on the invoice of May.",
  });

  await openCase(first, sent);
  await expect(main).toContainText("It is on the invoice of May.");
  await decide(first, "approve", why);
  await expect(status).toContainText(say("supportCases.case.done.agreed", { missing: 1 }));
  await decide(first, "approve", why);
  await expect(alert).toContainText(say("supportCases.case.errors.approved-by-you"));
  expect(await inbox.count(subjectFor("case-approved", sent))).toBe(0);

  const { visitor: second } = await visitAsStaff("support");
  await openCase(second, sent);
  const agreed = fact(second, second.say("supportCases.case.summary.agreed"));
  await expect(agreed).toHaveText(second.say("supportCases.approvals", { given: 1, needed: 2 }));
  await expect(second.main).toContainText(why);
  await decide(second, "approve", "I have compared them too, and agree.");
  await expect(second.status).toContainText(second.say("supportCases.case.done.approved"));
  await expect(formOf(second, "supportCases.case.approve.submit")).toHaveCount(0);
  await expect(formOf(second, "supportCases.case.refuse.submit")).toHaveCount(1);

  await inbox.mail(subjectFor("case-approved", sent));
  await customer.inbox.mail(subjectOf("case-will-change"));
  await applicant.page.goto("/account");
  await applicant.account.expectSignedIn(customer);

  await endCooling(customer.email, "whole");
  await expect.poll(() => inbox.count(subjectOf("case-done")), { timeout: 150_000 }).toBe(1);
  await customer.inbox.mail(subjectOf("case-changed"));
  await applicant.page.goto("/account");
  await expect(applicant.page).toHaveURL(/\/login\?callbackUrl=/);
  const reset = await inbox.mail(subjectOf("password-reset"));
  await applicant.page.goto(linkTo("/reset-password", reset));
  await send(applicant, "password.reset.submit", { "password.reset.newPassword": fresh });
  const changed = { ...customer, email: inbox.address, inbox, password: fresh };
  await applicant.login.signIn(changed);
  // No place is trusted any more, not even home.
  await applicant.verify.typeCode(await inbox.nextCode());
  await applicant.account.expectSignedIn(changed);
  await second.page.reload();
  await expect(second.main).toContainText(second.say("supportCases.state.done"));
});

test("record and document stand side by side, each scrolls in itself, and a phone jumps between them", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/account");
  const sent = await sendCase(applicant, customer);
  const { visitor: staff } = await visitAsStaff("support");
  const { page, main, say } = staff;
  await page.setViewportSize({ width: 1280, height: 800 });
  await openCase(staff, sent);
  const pane = (name: string) => main.getByRole("region", { name: say(name), exact: true });
  const record = pane("supportCases.case.compare.title");
  const documents = pane("supportCases.case.compare.documents");
  const picture = documents.getByRole("img", { name: "passport.png" });
  // What is compared: what was typed, in one row with what we know.
  const addresses = record.getByRole("row").filter({ hasText: customer.email }).first();
  await expect(addresses.getByRole("cell")).toHaveText([customer.email, customer.email]);
  await record.focus();
  await record.press("End");
  const last = record.getByText(say("supportCases.case.record.noOtherCases"));
  await expect(last).toBeInViewport();
  await expect(picture).toBeInViewport();
  await documents.focus();
  await documents.press("End");
  await expect(documents.getByText(story)).toBeInViewport();
  await expect(last).toBeInViewport();
  expect(await faults(page)).toEqual([]);

  await page.setViewportSize({ width: 390, height: 664 });
  await page.reload();
  const widths = () => [document.documentElement.scrollWidth, innerWidth];
  expect(await page.evaluate(widths)).toEqual([390, 390]);
  const jump = (name: string, count = 1) =>
    main.getByRole("link", { name: say(`supportCases.case.compare.${name}`, { count }) });
  await expect(picture).not.toBeInViewport();
  await jump("toDocuments").click();
  await expect(picture).toBeInViewport();
  await jump("toRecord").click();
  await expect(addresses).toBeInViewport();
});

test("an objection stops it while staff look: what they have not seen they do not decide on", async ({
  visit,
  makeStaff,
  customer,
}) => {
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/account");
  const sent = await sendCase(applicant, customer);

  const member = await makeStaff("support");
  const staff = await visit({ javaScriptEnabled: false });
  await staff.login.signIn(member);
  await staff.verify.typeFactor(await member.app.nextCode());
  await staff.account.expectSignedIn(member);
  await openCase(staff, sent);

  await object(await visit(), customer);

  const { alert, say, main } = staff;
  await decide(staff, "approve", why);
  await expect(alert.first()).toContainText(say("supportCases.case.errors.outdated"));
  await expect(alert.nth(1)).toContainText(
    like(say("supportCases.case.objected.who", { address: customer.email, time: anything })),
  );
  const label = say("supportCases.case.approve.label");
  await expect(main.getByLabel(label, { exact: true })).toHaveValue(why);

  await decide(staff, "refuse", "The owner of the mailbox objected, and can prove it.");
  await expect(staff.status).toContainText(say("supportCases.case.done.refused"));
  const refused = await sent.inbox.mail(subjectFor("case-refused", sent));
  expect(refused.text).toContain("The owner of the mailbox objected, and can prove it.");
  await customer.inbox.mail(subjectOf("case-ended"));
  await expect(formOf(staff, "supportCases.case.refuse.submit")).toHaveCount(0);
});

test("R6: what comes in while staff type is to be read before they decide, also where the page renews itself", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  test.slow();
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/account");
  const sent = await sendCase(applicant, customer);
  const { visitor: staff } = await visitAsStaff("support");
  await openCase(staff, sent);

  await object(await visit(), customer);

  const { alert, say } = staff;
  const news = alert.filter({ hasText: say("supportCases.case.meanwhile.title") });
  await expect(news).toBeVisible({ timeout: 30_000 });
  await decide(staff, "approve", why);
  await expect(alert.first()).toContainText(say("supportCases.case.errors.outdated"));

  await openCase(staff, sent);
  await applicant.page.reload();
  await send(applicant, "recover.status.answer.submit", {
    "recover.status.answer.label": "My name stands in the contract.",
  });
  await expect(news).toBeVisible({ timeout: 30_000 });
  await staff.page.getByRole("button", { name: say("supportCases.case.meanwhile.readIt") }).click();
  await expect(news).toHaveCount(0);
  await decide(staff, "refuse", "The owner of the mailbox objected, and can prove it.");
  await expect(staff.status).toContainText(say("supportCases.case.done.refused"));
});

test("a member of staff does not decide about themselves", async ({ visit, makeStaff }) => {
  const member = await makeStaff("support");
  const staff = await visit();
  await staff.login.signIn(member);
  await staff.verify.typeFactor(await member.app.nextCode());
  await staff.account.expectSignedIn(member);
  const sent = await sendCase(staff, member);
  await openCase(staff, sent);
  await expect(staff.alert.first()).toContainText(staff.say("supportCases.case.oneself"));
  for (const form of ["ask", "approve", "refuse"]) {
    await expect(formOf(staff, `supportCases.case.${form}.submit`)).toHaveCount(0);
  }
});

test("cases and settings are there for staff alone, each for its own roles", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/account");
  const sent = await sendCase(applicant, customer);
  const { visitor: support } = await visitAsStaff("support");
  await openCase(support, sent);
  const casePath = new URL(support.page.url()).pathname;
  const picture = support.main.getByRole("img", { name: "passport.png" });
  const documentPath = (await picture.getAttribute("src")) ?? "";
  const statusOf = async ({ page }: Visitor, path: string) =>
    (await page.request.get(path, { maxRedirects: 0 })).status();

  const file = await support.page.request.get(documentPath);
  expect(file.headers()["content-type"]).toBe("image/png");
  expect(file.headers()["content-security-policy"]).toMatch(/^default-src 'none'; .*; sandbox$/);
  for (const path of ["/support/cases", casePath, documentPath, "/support/settings"]) {
    expect(await statusOf(applicant, path)).toBe(404);
    const stranger = await visit();
    await stranger.page.goto(path);
    await expect(stranger.page).toHaveURL(/\/login\?callbackUrl=/);
  }
  const { visitor: marketing } = await visitAsStaff("marketing");
  for (const path of ["/support/cases", casePath, documentPath]) {
    expect(await statusOf(marketing, path)).toBe(404);
  }
  const unknown = "00000000-0000-4000-8000-000000000000";
  for (const path of [
    "/support/settings",
    "/support/cases/x",
    `/support/cases/${unknown}`,
    `${casePath}/documents/${unknown}`,
    documentPath.replace(casePath, `/support/cases/${unknown}`),
  ]) {
    expect(await statusOf(support, path)).toBe(404);
  }
});

test("an admin sees how many must agree, and saves it", async ({ visitAsStaff }) => {
  const { visitor } = await visitAsStaff("admin");
  const { page, main, status, say } = visitor;
  await page.goto("/support/settings");
  const choice = main.getByLabel(say("supportCases.settings.approvals.label"), { exact: true });
  await expect(choice).toHaveValue("2");
  await press(visitor, "supportCases.settings.submit");
  await expect(status).toContainText(say("supportCases.settings.done.settings-unchanged"));
});
