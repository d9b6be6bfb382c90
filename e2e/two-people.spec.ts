import { expect, test } from "@/e2e/fixtures";
import { decide, openCase, sendCase } from "@/e2e/pages/case-pages";
import { openArea, press, send } from "@/e2e/pages/own-keys";
import { act, openCustomer } from "@/e2e/pages/support-pages";
import { giveApp, setOldPhone } from "@/e2e/support/host-database";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { staffCommand } from "@/e2e/support/staff-command";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";

const phone = "+351215550100";
const why = "The name and the birthday are those of our record.";

/** Reads the reference of the sign-in that waits, as a caller does. */
const referenceOf = (caller: Visitor) => caller.verify.readReference();

/** Ticks that the caller was called back, and sends the form. */
async function callBack(desk: Visitor, reference: string): Promise<void> {
  const { main, say } = desk;
  await main.getByText(say("acts.hotline-pass.summary"), { exact: true }).click();
  await main.getByLabel(say("acts.hotline-pass.calledBack"), { exact: true }).check();
  await send(desk, "acts.hotline-pass.submit", {
    "acts.hotline-pass.reference": reference,
    "support.acts.reason": "They called us and could not get in",
  });
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";
  test(`a call back lets a caller in once a second member of staff confirms it${how}`, async ({
    visit,
    visitAsStaff,
    customer,
  }) => {
    await setOldPhone(customer.email, phone);
    const caller = await visit();
    await caller.login.signIn(customer);
    await caller.verify.expectOpen();
    const { visitor: first } = await visitAsStaff("support", { javaScriptEnabled });
    const path = await openCustomer(first, customer.email);
    await callBack(first, await referenceOf(caller));
    const noted = like(first.say("support.done.call-back-noted", { time: anything }));
    await expect(first.status).toContainText(noted);
    const waits = like(first.say("acts.confirm-call-back.waits", { date: anything }));
    await expect(first.main).toContainText(waits);
    const confirmSummary = first.say("acts.confirm-call-back.summary");
    await expect(first.main.getByText(confirmSummary, { exact: true })).toHaveCount(0);
    await caller.page.reload();
    const goOn = caller.say("verify.pass.continue");
    await expect(caller.main.getByRole("button", { name: goOn, exact: true })).toHaveCount(0);
    expect(await customer.inbox.count(subjectOf("hotline-pass"))).toBe(0);

    const { visitor: second } = await visitAsStaff("support", { javaScriptEnabled });
    await second.page.goto(path);
    await act(second, "confirm-call-back");
    const granted = like(second.say("support.done.pass-granted", { time: anything }));
    await expect(second.status).toContainText(granted);
    await customer.inbox.mail(subjectOf("hotline-pass"));
    await caller.page.goto("/verify");
    await press(caller, "verify.pass.continue");
    await caller.account.expectSignedIn(customer);
  });
}

test("nobody lets a sign-in from their own network through, whatever the caller says", async ({
  visit,
  visitAsStaff,
  customer,
}) => {
  await setOldPhone(customer.email, phone);
  const { visitor: desk } = await visitAsStaff("support");
  const caller = await visit({ ip: desk.ip });
  await caller.login.signIn(customer);
  await caller.verify.expectOpen();
  await openCustomer(desk, customer.email);
  await callBack(desk, await referenceOf(caller));
  await expect(desk.alert).toContainText(desk.say("support.refused.own-doing"));
  // What was ticked stays with what was typed.
  const tick = desk.main.getByLabel(desk.say("acts.hotline-pass.calledBack"), { exact: true });
  await expect(tick).toBeChecked();
  expect(await customer.inbox.count(subjectOf("hotline-pass"))).toBe(0);
});

test("who joined the staff after a case was sent reads why their approval does not count", async ({
  visit,
  visitAsStaff,
  customer,
  person,
}) => {
  const applicant = await visit({ ip: customer.home });
  await openArea(applicant, customer, "/account");
  const sent = await sendCase(applicant, customer);
  const { staff: admin } = await visitAsStaff("admin");

  await staffCommand("invite", "--email", person.email, "--role", "admin");
  const late = await visit();
  const invited = await person.inbox.mail(subjectOf("staff-invited"));
  await late.page.goto(linkTo("/staff-invitation", invited));
  await send(late, "staff.invitation.submit", {
    "signup.name": person.name,
    "signup.password": person.password,
  });
  const joined = await admin.inbox.mail(subjectOf("staff-joined"));
  expect(joined.text).toContain(person.email);
  const app = await giveApp(person.email);
  await late.login.signIn(person);
  await late.verify.typeFactor(await app.nextCode());
  await late.account.expectSignedIn(person);

  await openCase(late, sent);
  const because = late.say("support.tie.joined-after");
  await expect(late.main).toContainText(late.say("supportCases.case.tie.title"));
  await expect(late.main).toContainText(because);
  await decide(late, "approve", why);
  const refused = late.say("supportCases.case.errors.not-independent", { because });
  await expect(late.alert.first()).toContainText(refused);
  const mail = await admin.inbox.mail(
    subjectOf("approval-refused").replace("{reference}", sent.reference),
  );
  expect(mail.text).toContain(person.email);
});
