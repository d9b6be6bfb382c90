import { expect, type Person, test } from "@/e2e/fixtures";
import { entry, formOf, press, send } from "@/e2e/pages/own-keys";
import { addApp } from "@/e2e/pages/two-step-page";
import type { Authenticator } from "@/e2e/support/authenticator";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { staffCommand } from "@/e2e/support/staff-command";
import type { Visitor } from "@/e2e/visitor";
import { INVITATION_HOURS } from "@/lib/staff/rules/limits";

const reason = "Helps out in the spring";

const TWO_STEP = "/account/security/two-step";

/** Signs in as staff do who have no factor yet, wherever they are, and gets one: nothing else opens. */
async function signInAndEnrol(visitor: Visitor, who: Person): Promise<Authenticator> {
  const { page, main, say, login, verify } = visitor;
  await login.signIn(who);
  await verify.typeCode(await who.inbox.nextCode());
  await expect(page).toHaveURL(TWO_STEP);
  await expect(main).toContainText(say("security.required.now"));
  for (const path of ["/", "/account", "/account/password", "/support", "/nowhere"]) {
    await page.goto(path);
    await expect(page).toHaveURL(TWO_STEP);
  }
  const app = await addApp(visitor, who);
  await expect(main).not.toContainText(say("security.required.now"));
  await page.goto("/account");
  await visitor.account.expectSignedIn(who);
  return app;
}

/** Signs in as staff do: with a code of their app, wherever they are. */
async function signInWithApp(visitor: Visitor, who: Person, app: Authenticator): Promise<void> {
  await visitor.login.signIn(who);
  await visitor.verify.typeFactor(await app.nextCode());
  await visitor.account.expectSignedIn(who);
}

const statusOf = async ({ page }: Visitor, path: string) => (await page.goto(path))?.status();

test("somebody invited by the command joins from the mail, adds an app first, and types its code at every sign-in", async ({
  visit,
  person,
}) => {
  const { code, output } = await staffCommand(
    "invite",
    "--email",
    person.email,
    "--role",
    "support",
  );
  expect([code, output]).toEqual([0, expect.stringContaining(person.email)]);
  expect(output).not.toContain("token");
  const link = linkTo("/staff-invitation", await person.inbox.mail(subjectOf("staff-invited")));

  const visitor = await visit();
  const { page, main, status, alert, say } = visitor;
  await page.goto(link);
  await page.reload();
  await expect(main).toContainText(person.email);
  await expect(main).toContainText(say("staff.roles.support"));
  const form = page.locator('form:has(input[type="password"])');
  await expect(form.locator('input[autocomplete="username"]')).toHaveValue(person.email);
  await press(visitor, "staff.invitation.submit");
  await expect(alert).toContainText(say("signup.errors.nameMissing"));
  await send(visitor, "staff.invitation.submit", {
    "signup.name": person.name,
    "signup.password": person.password,
  });
  await expect(page).toHaveURL("/login");
  await expect(status).toContainText(say("staff.joined"));

  const app = await signInAndEnrol(visitor, person);
  expect(await statusOf(visitor, "/support")).toBe(200);
  expect(await statusOf(visitor, "/support/staff")).toBe(404);
  await page.goto("/account");
  await visitor.account.signOut.click();
  await expect(status).toContainText(say("login.notices.signedOut"));
  await signInWithApp(visitor, person, app);

  await visitor.forgetNotices();
  await page.goto(link);
  await expect(alert).toContainText(say("staff.invitation.over.accepted"));
});

test("a customer who accepts is signed out everywhere, and from then on gets a factor first, at home too", async ({
  visit,
  customer,
}) => {
  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);
  expect(await statusOf(atHome, "/support")).toBe(404);
  await staffCommand("invite", "--email", customer.email, "--role", "marketing");
  const mail = await customer.inbox.mail(subjectOf("staff-invited"));

  const reader = await visit({ javaScriptEnabled: false });
  await reader.page.goto(linkTo("/staff-invitation", mail));
  await expect(reader.main).toContainText(reader.say("staff.roles.marketing"));
  await press(reader, "staff.invitation.submit");
  await expect(reader.page).toHaveURL("/login");
  await expect(reader.status).toContainText(reader.say("staff.joined"));

  await atHome.page.goto("/account");
  await expect(atHome.page).toHaveURL(/\/login\?callbackUrl=/);
  await customer.inbox.mail(subjectOf("role-changed"));
  await signInAndEnrol(atHome, customer);
  expect(await statusOf(atHome, "/support")).toBe(404);
});

test("the pages of support are nobody else's", async ({ visit, customer, visitAsStaff }) => {
  const paths = ["/support", "/support/staff"];
  const stranger = await visit();
  for (const path of paths) {
    await stranger.page.goto(path);
    await expect(stranger.page).toHaveURL(`/login?callbackUrl=${encodeURIComponent(path)}`);
  }
  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);
  const marketing = await visitAsStaff("marketing");
  for (const visitor of [atHome, marketing.visitor]) {
    for (const path of paths) expect(await statusOf(visitor, path)).toBe(404);
  }
});

test("an admin invites, and withdraws; the link says so", async ({
  visit,
  person,
  visitAsStaff,
}) => {
  const { staff: admin, visitor } = await visitAsStaff("admin");
  const { page, status, alert, say } = visitor;
  await page.goto("/support/staff");
  await expect(entry(visitor, admin.email)).toContainText(say("staff.members.oneself"));
  await expect(entry(visitor, admin.email).getByRole("button")).toHaveCount(0);

  await press(visitor, "staff.invite.submit");
  await expect(alert).toContainText(say("staff.errors.reasonMissing"));
  const form = formOf(visitor, "staff.invite.submit");
  await form.getByLabel(say("staff.invite.role"), { exact: true }).selectOption("marketing");
  await send(visitor, "staff.invite.submit", {
    "staff.invite.email": person.email,
    "staff.invite.reason": reason,
  });
  const { email } = person;
  await expect(status).toContainText(say("staff.done.invited", { email, hours: INVITATION_HOURS }));
  const link = linkTo("/staff-invitation", await person.inbox.mail(subjectOf("staff-invited")));

  const invitation = entry(visitor, email);
  await expect(invitation).toContainText(say("staff.roles.marketing"));
  await invitation.getByRole("button", { name: say("staff.invitations.withdraw") }).click();
  await expect(status).toContainText(say("staff.done.invitation-withdrawn", { email }));
  await expect(entry(visitor, email)).toHaveCount(0);
  const reader = await visit();
  await reader.page.goto(link);
  await expect(reader.alert).toContainText(say("staff.invitation.over.withdrawn"));
});

test("an admin changes a role, and that account's session is out on its next request", async ({
  visit,
  makeStaff,
  visitAsStaff,
}) => {
  const support = await makeStaff("support");
  const colleague = await visit({ ip: support.home });
  await signInWithApp(colleague, support, support.app);
  expect(await statusOf(colleague, "/support")).toBe(200);
  const { visitor } = await visitAsStaff("admin");
  const { page, status, say } = visitor;
  await page.goto("/support/staff");
  const { email, name } = support;
  const member = entry(visitor, email);
  await member.getByText(say("staff.members.open", { name }), { exact: true }).click();
  await member.getByLabel(say("staff.members.role"), { exact: true }).selectOption("customer");
  await member.getByLabel(say("staff.members.reason"), { exact: true }).fill(reason);
  await member.getByRole("button", { name: say("staff.members.submit") }).click();
  const role = say("staff.roles.customer");
  await expect(status).toContainText(say("staff.done.role-changed", { email, role }));
  await expect(entry(visitor, email)).toHaveCount(0);

  await colleague.page.goto("/support");
  await expect(colleague.page).toHaveURL("/login?callbackUrl=%2Fsupport");
  const mail = await support.inbox.mail(subjectOf("role-changed"));
  expect(mail.text).toContain(reason);
  await colleague.login.signIn(support);
  await colleague.account.expectSignedIn(support);
  expect(await statusOf(colleague, "/support")).toBe(404);
});

for (const token of ["", "x", "A".repeat(64), "é".repeat(64)]) {
  test(`an invitation with the token "${token.slice(0, 9)}" says what to do`, async ({ visit }) => {
    const { page, alert, say } = await visit();
    await page.goto(`/staff-invitation?token=${token}`);
    await expect(alert).toContainText(say("staff.invitation.over.dead"));
  });
}
