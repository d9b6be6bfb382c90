import { expect, test } from "@/e2e/fixtures";
import { openArea } from "@/e2e/pages/own-keys";
import { openCustomer } from "@/e2e/pages/support-pages";
import { expectHeard } from "@/e2e/support/heard";
import { linkTo } from "@/e2e/support/mail-links";
import { subjectOf } from "@/e2e/support/mail-subject";
import { leadsTo, PlainBrowser } from "@/e2e/support/plain-browser";
import type { Visitor } from "@/e2e/visitor";
import { formId } from "@/lib/forms/form-table";
import { publishedShapes } from "@/lib/forms/published-shapes";
import { formRegistry } from "@/lib/forms/registry";
import { locales } from "@/lib/i18n/locales";

type Fields = Record<string, string>;

// What is wrong with each form; all that is left out is empty.
const ofNobody: [form: string, path: string, fields: Fields][] = [
  ["sign-in", "/login", { email: "", password: "" }],
  ["passkey-sign-in", "/login", { ceremony: "", passkey: "{}" }],
  ["sign-up", "/signup", { name: "", email: "x", password: "short" }],
  ["forgot-password", "/forgot-password", { email: "x" }],
  ["find-case", "/recover/status", { email: "x", reference: "x" }],
  ["start-case", "/recover", { email: "x" }],
  ["useful-article", "/help/login-code", { useful: "yes", comment: "long ".repeat(300) }],
  ["rate-article", "/help/login-code", { stars: "" }],
  ["ask-question", "/help/login-code", { question: "x" }],
  ["was-it-us", "/help/was-it-us", { reference: "x" }],
  ["no-pending", "/verify", { code: "123456" }],
];
const ofDrafts: typeof ofNobody = [
  ["case-story", "/recover", { pressed: "address", email: "x", story: "" }],
  ["case-story", "/recover", { pressed: "story", story: "x" }],
  ["case-story", "/recover", { pressed: "document", story: "x" }],
  ["case-story", "/recover", { pressed: "send", story: "x" }],
  // Of before, when each part was a form of its own.
  ["case-address", "/recover", { email: "x" }],
  ["send-case", "/recover", {}],
];
const ofCustomers: typeof ofNobody = [
  ["change-email", "/account/contact", { email: "x", password: "" }],
  ["add-address", "/account/contact", { email: "x", password: "" }],
  ["set-phone", "/account/contact", { phone: "x", password: "" }],
  ["save-details", "/account/contact", { name: "", language: "xx", timeZone: "Nowhere" }],
  ["add-place", "/account/security", { network: "x", name: "", password: "" }],
  ["trust-browser", "/account/security", { password: "" }],
  ["change-password", "/account/password", { currentPassword: "", newPassword: "x" }],
  ["let-in", "/account/let-in", { number: "x", password: "" }],
  ["close-account", "/account/data", { password: "" }],
];
const ofText = { kind: "sign-up-code", language: "pt", view: "plain" };
const ofStaff: typeof ofNobody = [
  ["invite-staff", "/support/staff", { email: "x", role: "x", reason: "" }],
  ["support-settings", "/support/settings", { approvals: "9" }],
  ["edit-text", "/templates/sign-up-code/plain", { ...ofText, pressed: "ask", text: "x" }],
  ["publish-text", "/templates/sign-up-code/plain", { ...ofText, pressed: "send-back" }],
  ["edit-frame", "/templates/frame", { pressed: "save", light: "zz" }],
  ["create-block", "/templates/blocks", { name: "" }],
  ["upload-image", "/templates/images", {}],
  ["template-settings", "/templates/settings", { hosts: "no host", leading: "en" }],
  ["import-texts", "/templates/transfer", { pressed: "import" }],
];
const acts = ["sessions-ended-by-support", "password-switched-off", "reset-by-support"];
const ofActs: typeof ofNobody = [
  ...acts.map((act): (typeof ofNobody)[number] => ["act-on-customer", "", { act, reason: "" }]),
  ["hotline-pass", "", { reference: "x", reason: "", pin: "" }],
];
const inSteps = ["verify", "reset-password"];

// Buttons, which are refused by what stands outside of them alone.
const buttons = [
  ...["verify-again", "new-code-for-network", "continue-with-pass", "not-me", "confirm-address"],
  ...[
    "accept-staff-invitation",
    "withdraw-case",
    "object-to-case",
    "sign-out",
    "confirm-code-again",
    "cancel-code",
  ],
  ...[
    "add-app",
    "keep-account",
    "keep-passkey",
    "check-up",
    "cancel-email-change",
    "resend-address",
    "remove-address",
    "remove-place",
  ],
  ...["forget-browser", "end-session", "end-other-sessions", "tell-of-browsers", "show-addresses"],
  ...["decline-question", "take-answer-back", "withdraw-staff-invitation"],
  ...["discard-draft", "look-at-text", "roll-back-text", "text-built-in", "remove-block"],
];
// On a page that each needs a scene of its own for: their stages are looked at by accessibility.spec.ts,
// and all of them answer by the same summary.
const inScenes = [
  ...["turn-on-app", "make-codes", "choose-asking", "remove-factor", "keep-second-step"],
  // Its form stands at the site's own address alone.
  ...["add-passkey", "rename-passkey", "allow-passkey"],
  ...["answer-case", "confirm-code", "rename-place", "ask-case", "approve-case"],
  ...["refuse-case", "confirm-call-back", "answer-question", "change-role", "join-staff"],
];

/** Sends a form as it stands at a path, and looks at what its visitor then sees. */
async function refused(visitor: Visitor, [form, path, fields]: (typeof ofNobody)[number]) {
  const { page, context, say } = visitor;
  const version = formRegistry[form]?.versions.at(-1) ?? 1;
  const isPublished = `${form}.${version}` in publishedShapes;
  const name = isPublished ? { [`$ACTION_ID_${formId(form, version)}`]: "" } : {};
  await visitor.forgetNotices();
  const headers = { Origin: new URL(page.url()).origin };
  const browser = new PlainBrowser(context.request, headers);
  const answer = await browser.post(path, { ...name, ...fields });
  expect(answer.status(), form).toBe(303);
  await page.goto(leadsTo(answer) ?? "");
  const prefix = say("common.errorPrefix");
  expect.soft(await page.title(), form).toMatch(new RegExp(`^${prefix} `));
  await expectHeard(page, prefix, form);
}

async function throughAll(visitor: Visitor, forms: typeof ofNobody) {
  for (const form of forms) await test.step(form[0], () => refused(visitor, form));
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";

  test(`a form of the way in that is not taken says so first, and has the focus there${how}`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    await visitor.login.open();
    await throughAll(visitor, ofNobody);
    await visitor.page.goto("/forgot-password");
    await new PlainBrowser(visitor.context.request, {
      Origin: new URL(visitor.page.url()).origin,
    }).send("/forgot-password", "email", { email: customer.email });
    const link = linkTo("/reset-password", await customer.inbox.mail(subjectOf("password-reset")));
    const token = new URL(link, "http://page").searchParams.get("token") ?? "";
    await refused(visitor, ["reset-password", "/reset-password", { token, newPassword: "x" }]);
    await visitor.forgetNotices();
    await visitor.login.signIn(customer);
    await visitor.verify.expectOpen();
    // The field has the focus until something is wrong.
    await expect(visitor.verify.code).toBeFocused();
    await visitor.verify.typeCode("12");
    await expect(visitor.alert).toBeFocused();
    await expectHeard(visitor.page, visitor.say("common.errorPrefix"));
    await expect(visitor.page).toHaveTitle(/^Error: /);
    // What is said by one page makes no error of the next.
    await visitor.page.goto("/signup");
    await expect(visitor.page).not.toHaveTitle(/^Error: /);
  });

  test(`so does a form of a draft, of the customer area and of the staff's${how}`, async ({
    visit,
    visitAsStaff,
    customer,
  }) => {
    test.slow();
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    await openArea(visitor, customer, "/recover");
    await visitor.main.getByRole("button", { name: visitor.say("recover.start.submit") }).click();
    await expect(visitor.status).toBeVisible();
    await throughAll(visitor, ofDrafts);
    await throughAll(visitor, ofCustomers);
    const { visitor: desk } = await visitAsStaff("admin", { javaScriptEnabled });
    await throughAll(desk, ofStaff);
    await desk.forgetNotices();
    const path = await openCustomer(desk, customer.email);
    const id = path.split("/").at(-1) ?? "";
    const forms = ofActs.map(([form, , fields]): (typeof ofNobody)[number] => [
      form,
      path,
      { customer: id, ...fields },
    ]);
    await throughAll(desk, forms);
  });
}

test("no form of the registry is forgotten here", () => {
  const all = [...ofNobody, ...ofDrafts, ...ofCustomers, ...ofStaff, ...ofActs];
  const here = new Set([...all.map(([form]) => form), ...inSteps, ...buttons, ...inScenes]);
  expect(Object.keys(formRegistry).filter((form) => !here.has(form))).toEqual([]);
});

for (const language of locales) {
  test(`a title says that something is wrong in its reader's language: ${language}`, async ({
    visit,
  }) => {
    const { page, login, say } = await visit({ language });
    await login.open();
    const title = await page.title();
    await login.submit.click();
    await expect(page).toHaveTitle(`${say("common.errorPrefix")} ${title}`);
  });
}

test("a form of before an upgrade that comes back is heard like one that was not taken", async ({
  visit,
}) => {
  const visitor = await visit();
  const { page, login, alert } = visitor;
  await page.route("**/login", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/\$ACTION_ID_[0-9a-f]+/g, "$ACTION_ID_40");
    await route.fulfill({ response, body });
  });
  await login.open();
  await page.unroute("**/login");
  await login.submit.click();
  await expect(alert.first()).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
});
