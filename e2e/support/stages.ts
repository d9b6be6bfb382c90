import { type Customer, expect, type Person } from "@/e2e/fixtures";
import { confirmWith, press, send } from "@/e2e/pages/own-keys";
import { addFirstApp, makeCodes, turnOn } from "@/e2e/pages/two-step-pages";
import { otherThan } from "@/e2e/support/inbox";
import { linksOf } from "@/e2e/support/mail-links";
import type { Visitor } from "@/e2e/visitor";

type People = { customer: Customer; person: Person };

/** The newest link to a page that was mailed to a customer, in whatever language. */
async function latestLink({ inbox }: Customer, path: string): Promise<string> {
  const links = async () =>
    (await inbox.mails()).flatMap(linksOf).filter((link) => link.startsWith(path));
  await expect.poll(async () => (await links()).length).toBeGreaterThan(0);
  return (await links()).at(-1) ?? "";
}

type Stages = Record<string, (visitor: Visitor, people: People) => Promise<unknown>>;

/** What a visitor can meet on the way in, and how each is reached, in an order that works. */
const door: Stages = {
  login: ({ login }) => login.open(),
  "login, form errors": async ({ login, alert }) => {
    await login.submit.click();
    await expect(alert).toBeVisible();
  },
  "login, wrong password": async (visitor, { customer }) => {
    await visitor.forgetNotices();
    await visitor.login.signIn({ ...customer, password: "not the password" });
    await expect(visitor.alert).toBeVisible();
  },
  signup: async (visitor) => {
    await visitor.forgetNotices();
    await visitor.signUp.open();
  },
  "signup, form errors": async ({ signUp, alert }) => {
    await signUp.submit.click();
    await expect(alert).toBeVisible();
  },
  "verify, sign-up": async ({ signUp, verify }, { person }) => {
    await signUp.signUp(person);
    await verify.expectOpen();
  },
  "verify, sign-in": async ({ login, verify, main, say }, { customer }) => {
    await login.signIn(customer);
    await verify.expectOpen();
    await expect(main.getByRole("heading", { name: say("verify.signInTitle") })).toBeVisible();
  },
  "verify, not a code": async ({ verify, alert }) => {
    await verify.typeCode("12");
    await expect(alert).toBeVisible();
  },
  "verify, wrong code": async ({ verify }, { customer }) => {
    await verify.typeCode(otherThan(await customer.inbox.nextCode()));
    await verify.expectAttemptsLeft(2);
  },
  "verify, sent too early": async ({ verify, status }) => {
    await verify.resend.click();
    await expect(status.getByRole("time")).toBeVisible();
  },
  "verify, network changed": async (visitor) => {
    const { ip } = visitor;
    await visitor.moveTo("203.0.113.77");
    await visitor.verify.typeCode("271828");
    await expect(visitor.verify.sendForThisNetwork).toBeVisible();
    await visitor.moveTo(ip);
  },
  "login, blocked": async ({ verify, page, alert }) => {
    await verify.typeCode("271828");
    await verify.expectAttemptsLeft(1);
    await verify.typeCode("271828");
    await expect(page).toHaveURL("/login");
    await expect(alert.getByRole("time").first()).toBeVisible();
  },
  "verify, blocked": async ({ page, alert }) => {
    await page.goto("/verify");
    await expect(alert).toBeVisible();
  },
  "recover, second step lost": ({ page }) => page.goto("/recover?lost=second-factor"),
  "recover, start": ({ page }) => page.goto("/recover"),
  "recover, draft": async (visitor) => {
    await press(visitor, "recover.start.submit");
    await expect(visitor.status).toBeVisible();
  },
  "recover, something missing": async (visitor) => {
    await press(visitor, "recover.draft.send.submit");
    await expect(visitor.alert).toBeVisible();
  },
  "recover, status": ({ page }) => page.goto("/recover/status"),
  "recover, dead objection": ({ page }) => page.goto("/recover/object?token=x"),
  "invitation, dead link": ({ page }) => page.goto("/staff-invitation?token=x"),
  help: ({ page }) => page.goto("/help"),
  "help, found": ({ page }) => page.goto("/help?q=code"),
  "help, nothing found": ({ page }) => page.goto("/help?q=xylophone"),
  "help, was it us": ({ page }) => page.goto("/help/was-it-us"),
  "help, it was not us": async (visitor) => {
    const { main, say, alert } = visitor;
    await main.getByLabel(say("wasItUs.reference"), { exact: true }).fill("A9KS4-QJSAP-XP67");
    await press(visitor, "wasItUs.submit");
    await expect(alert).toBeVisible();
  },
  "help, lost access": ({ page }) => page.goto("/help/lost-access"),
  "help, rated": async (visitor) => {
    await visitor.main.getByRole("radio").last().press("Space");
    await press(visitor, "helpFeedback.stars.submit");
    await expect(visitor.status).toBeVisible();
  },
  status: ({ page }) => page.goto("/status"),
  "help article": ({ page }) => page.goto("/help/login-code"),
  "forgot password": ({ page }) => page.goto("/forgot-password"),
  "reset password, dead link": ({ page }) => page.goto("/reset-password?token=x"),
  "not found": ({ page }) => page.goto("/no-such-page"),
};

/** What a customer can meet in their own area, likewise. */
const area: Stages = {
  account: async (visitor, { customer }) => {
    await visitor.moveTo(customer.home);
    await visitor.forgetNotices();
    await visitor.login.signIn(customer);
    await expect(visitor.account.signOut).toBeVisible();
  },
  "change password": ({ page }) => page.goto("/account/password"),
  "let a sign-in in": ({ page }) => page.goto("/account/let-in"),
  security: ({ page }) => page.goto("/account/security"),
  "security, form errors": async (visitor) => {
    await send(visitor, "places.add.submit", {});
    await expect(visitor.alert).toBeVisible();
  },
  "browsers and sessions": ({ page }) => page.goto("/account/security/sessions"),
  "browsers and sessions, form errors": async (visitor) => {
    await press(visitor, "security.browser.trust");
    await expect(visitor.alert).toBeVisible();
  },
  "confirm with a code": async (visitor, { customer }) => {
    await send(visitor, "security.browser.trust", {
      "security.browser.password": customer.password,
    });
    await visitor.page.waitForURL("/account/confirm");
  },
  "confirm with a code, wrong": async (visitor) => {
    await confirmWith(visitor, "12");
    await expect(visitor.alert).toBeVisible();
  },
  "sign-in history": ({ page }) => page.goto("/account/security/history"),
  "security mails": ({ page }) => page.goto("/account/security/mails"),
  "two-step, none": ({ page }) => page.goto("/account/security/two-step"),
  "two-step, adding an app": async (visitor) => {
    await press(visitor, "twoStep.apps.add");
    await visitor.page.waitForURL("/account/security/two-step/app");
  },
  "two-step, adding an app, form errors": async (visitor) => {
    await turnOn(visitor, { name: "", code: "12", password: "" });
    await expect(visitor.alert).toBeVisible();
  },
  "two-step, an app turned on": async (visitor, { customer }) => {
    await customer.inbox.nextCode();
    await addFirstApp(visitor, customer);
  },
  "recovery codes": async (visitor, { customer }) => {
    await makeCodes(visitor, customer);
  },
  "two-step, check-up": ({ page }) => page.goto("/account/security/two-step/check-up"),
  "recovery codes, shown before": ({ page }) => page.goto("/account/security/two-step/codes"),
  "two-step, removing an app": async (visitor) => {
    await visitor.page.goto("/account/security/two-step");
    await press(visitor, "twoStep.remove.button");
  },
  "two-step, removing an app, form errors": async (visitor) => {
    await press(visitor, "twoStep.remove.button");
    await expect(visitor.alert).toBeVisible();
  },
  activity: ({ page }) => page.goto("/account/activity"),
  "contact, further addresses": ({ page }) => page.goto("/account/contact#addresses"),
  "contact, phone": ({ page }) => page.goto("/account/contact?at=phone#phone"),
  "contact, details": ({ page }) => page.goto("/account/contact?at=details#details"),
  contact: ({ page }) => page.goto("/account/contact"),
  "contact, form errors": async (visitor) => {
    await press(visitor, "contact.email.submit");
    await expect(visitor.alert).toBeVisible();
  },
  "contact, change under way": async (visitor, { customer }) => {
    await send(visitor, "contact.email.submit", {
      "contact.email.email": `new-${customer.email}`,
      "contact.email.password": customer.password,
    });
    await expect(visitor.status).toBeVisible();
  },
  "your data": ({ page }) => page.goto("/account/data"),
  "your data, closing": async (visitor, { customer }) => {
    await send(visitor, "closing.close.submit", { "closing.close.password": customer.password });
    await expect(visitor.alert).toBeVisible();
  },
  "confirm address": async ({ page, main }, { customer }) => {
    await page.goto(await latestLink(customer, "/confirm-address"));
    await expect(main.getByRole("button")).toBeVisible();
  },
  "that was not me": async ({ page, main }, { customer }) => {
    await page.goto(await latestLink(customer, "/not-me"));
    await expect(main.getByRole("button")).toBeVisible();
  },
  "help, places": ({ page }) => page.goto("/help/my-places"),
  "help, broken into": ({ page }) => page.goto("/help/broken-into"),
  "login, signed out": async ({ page, account, status }) => {
    await page.goto("/account");
    await account.signOut.click();
    await expect(status).toBeVisible();
  },
};

/** The ways through the product, each on its own from its first stage to its last. */
export const stages = { "on the way in": door, "in the customer area": area };
