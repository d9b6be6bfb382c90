import { expect, test } from "@/e2e/fixtures";
import { formOf, openArea, send, unfold } from "@/e2e/pages/own-keys";
import { openCustomer } from "@/e2e/pages/support-pages";
import { otherThan } from "@/e2e/support/inbox";
import { leadsTo, type PlainBrowser } from "@/e2e/support/plain-browser";
import { wordsOf } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";
import { formId } from "@/lib/forms/form-table";
import { publishedShapes } from "@/lib/forms/published-shapes";
import { locales } from "@/lib/i18n/locales";
import { supportNumbers } from "@/lib/support/rules/limits";

// As a build before this one, or of another site, would have named an action.
const goneId = "$ACTION_ID_40112233445566778899aabbccddeeff0011223344";
const gone = { [goneId]: "" };

/** Opens a page whose forms are those of an earlier build. */
async function openAged({ page }: Visitor, path: string): Promise<void> {
  const url = (asked: URL) => asked.pathname === path;
  await page.route(url, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(/\$ACTION_ID_[0-9a-f]+/g, goneId);
    await route.fulfill({ response, body });
  });
  await page.goto(path);
  await page.unroute(url);
}

async function textOf(browser: PlainBrowser, path: string, fields: Record<string, string>) {
  const answer = await browser.post(path, fields);
  expect(answer.status(), path).toBe(200);
  return answer.text();
}

for (const language of locales) {
  test(`a form of an earlier build comes back as it was typed, and says so: ${language}`, async ({
    visitPlainly,
  }) => {
    const browser = await visitPlainly({ language });
    const say = wordsOf(language);
    const kept = 'value="typed@example.com"';
    const email = "typed@example.com";
    for (const [path, fields, shown] of [
      ["/login", { email, password: "hush-hush" }, [kept]],
      [
        "/signup",
        { name: "Ana <b>", email, password: "hush-hush" },
        [kept, 'value="Ana &lt;b&gt;"'],
      ],
      ["/forgot-password", { email }, [kept]],
      ["/recover", { email }, [kept]],
      ["/recover/status", { reference: "K7QM-2PX", email }, [kept, 'value="K7QM-2PX"']],
      [
        "/help/login-code",
        { article: "login-code", question: "Why a <code>?" },
        ["Why a &lt;code&gt;?"],
      ],
      ["/help/login-code", { article: "login-code", stars: "3" }, ["checked"]],
    ] as const) {
      const page = await textOf(browser, path, { ...gone, ...fields });
      expect.soft(page, path).toContain('role="alert"');
      for (const words of ["title", "what", "now"]) {
        expect.soft(page, path).toContain(say(`common.staleForm.${words}`));
      }
      for (const one of shown) expect.soft(page, path).toContain(one);
      expect.soft(page, path).not.toContain("hush-hush");
    }
  });
}

test("of whatever length was typed, nothing is lost", async ({ visitPlainly }) => {
  const browser = await visitPlainly();
  await browser.send("/recover", "email", { email: "somebody@example.com" });
  const story = "Once & again\n".repeat(4_000);
  const page = await textOf(browser, "/recover", { ...gone, story });
  const area = /<textarea[^>]*name="story"[^>]*>([\s\S]*?)<\/textarea>/.exec(page)?.[1] ?? "";
  expect(area.replaceAll("&amp;", "&").replaceAll("\r\n", "\n").trim()).toBe(story.trim());
});

test("a link's page comes back at its own address, whose link still works", async ({
  visitPlainly,
}) => {
  const browser = await visitPlainly();
  const fields = { ...gone, token: "a+b", newPassword: "hush-hush" };
  const first = await browser.post("/reset-password?", fields);
  expect([first.status(), leadsTo(first)]).toEqual([307, "/reset-password?token=a%2Bb"]);
  await textOf(browser, "/reset-password?token=a%2Bb", fields);
});

test("codes in forms of an earlier build are not judged, and the session stays", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  await browser.signIn(customer);
  const code = await customer.inbox.nextCode();
  for (let times = 0; times < 4; times++) {
    await textOf(browser, "/verify", { ...gone, code: otherThan(code) });
  }
  const right = await browser.post("/verify", { code });
  expect(leadsTo(right)).toBe("/account");
  const page = await textOf(browser, "/account", gone);
  expect(page).toContain(customer.email);
  expect((await browser.http.get("/account", { maxRedirects: 0 })).status()).toBe(200);
});

test("wrong passwords in forms of an earlier build are not counted", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  for (let times = 0; times < 22; times++) {
    await textOf(browser, "/login", { ...gone, email: customer.email, password: "wrong" });
  }
  expect(leadsTo(await browser.signIn(customer))).toBe("/verify");
});

test("in the browser: what was typed is there again, and goes through the second time", async ({
  visit,
  person,
}) => {
  const visitor = await visit();
  const { page, alert, say, signUp, verify } = visitor;
  await openAged(visitor, "/signup");
  await signUp.name.fill(person.name);
  await signUp.email.fill(person.email);
  await signUp.password.fill(person.password);
  await signUp.submit.click();
  await expect(page).toHaveURL(/\/signup\??$/);
  await expect(alert).toContainText(say("common.staleForm.title"));
  await expect(signUp.name).toHaveValue(person.name);
  await expect(signUp.email).toHaveValue(person.email);
  await expect(signUp.password).toHaveValue("");
  await signUp.password.fill(person.password);
  await signUp.submit.click();
  await verify.expectOpen();
});

test("in the browser: of several forms of a page, the one that was sent is filled in and open", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, alert, say } = visitor;
  await openArea(visitor, customer, "/account");
  await openAged(visitor, "/account/security");
  await main.getByText(say("places.rename")).first().click();
  const name = main.getByLabel(say("places.name"), { exact: true }).first();
  await name.fill("Home, by the sea");
  await name.press("Enter");
  await expect(alert).toContainText(say("common.staleForm.title"));
  await expect(name).toBeVisible();
  await expect(name).toHaveValue("Home, by the sea");
  await main
    .getByRole("button", { name: say("places.saveName") })
    .first()
    .click();
  await expect(page.getByRole("status")).not.toHaveCount(0);
  await expect(main).toContainText("Home, by the sea");

  await openAged(visitor, "/account/contact");
  const phone = main.getByLabel(say("contact.phone.phone"), { exact: true });
  await unfold(phone);
  await phone.fill("+351 912 345 678");
  await phone.press("Enter");
  await expect(alert).toContainText(say("common.staleForm.title"));
  await expect(phone).toHaveValue("+351 912 345 678");
  const email = main.getByLabel(say("contact.email.email"), { exact: true });
  await expect(email).toBeHidden();
  await expect(email).toHaveValue(customer.email);
});

test("a form needs nothing that only loading its page gives", async ({
  visitPlainly,
  customer,
}) => {
  const browser = await visitPlainly();
  const { email, password, name } = customer;
  const wrong = await browser.http.post("/login", {
    form: { email, password: "wrong" },
    maxRedirects: 0,
  });
  expect([wrong.status(), leadsTo(wrong)]).toEqual([303, "/login"]);
  expect(await (await browser.http.get("/login")).text()).toContain('role="alert"');
  const right = await browser.post("/login?callbackUrl=%2Faccount%2Fdata", { email, password });
  expect(leadsTo(right)).toBe("/verify");
  const code = await customer.inbox.nextCode();
  expect(leadsTo(await browser.post("/verify", { code }))).toBe("/account/data");
  const saved = await browser.post("/account/contact", { name, language: "en", timeZone: "" });
  expect(leadsTo(saved)).toMatch(/^\/account\/contact/);
  const stars = await browser.post("/help/login-code", { stars: "5" });
  expect(leadsTo(stars)).toMatch(/^\/help\/login-code/);
});

test("every form carries a name and version that outlive the build", async ({
  visitPlainly,
  visitAsStaff,
  customer,
}) => {
  const known = new Set(
    Object.keys(publishedShapes).map((shape) => {
      const [name = "", version] = shape.split(".");
      return `$ACTION_ID_${formId(name, Number(version))}`;
    }),
  );
  const own = await visitPlainly({ ip: customer.home });
  const idsAt = async (http: Pick<PlainBrowser["http"], "get">, path: string) => {
    const page = await (await http.get(path)).text();
    return [...page.matchAll(/name="(\$ACTION_ID_[^"]*)"/g)].map(([, id]) => id);
  };
  const wayIn = [
    "login",
    "signup",
    "forgot-password",
    "recover",
    "recover/status",
    "help/my-places",
  ];
  const area = [
    ...["", "/contact", "/password", "/data"],
    ...["/security", "/security/sessions", "/security/mails"],
  ].map((path) => `account${path}`);
  const visited: [Pick<PlainBrowser["http"], "get">, string][] = [];
  for (const path of wayIn) visited.push([own.http, path]);
  await own.signIn(customer);
  for (const path of area) visited.push([own.http, path]);
  const { visitor } = await visitAsStaff("admin");
  for (const path of ["staff", "settings"]) visited.push([visitor.page.request, `support/${path}`]);
  for (const [http, path] of visited) {
    const ids = await idsAt(http, `/${path}`);
    expect.soft(ids, path).not.toEqual([]);
    expect
      .soft(
        ids.filter((id) => !known.has(id ?? "")),
        path,
      )
      .toEqual([]);
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`a form that is not taken brings back its longest text${javaScriptEnabled ? "" : ", without JavaScript"}`, async ({
    visitAsStaff,
    customer,
  }) => {
    const { visitor: desk } = await visitAsStaff("support", { javaScriptEnabled });
    const { page, main, alert, say } = desk;
    await openCustomer(desk, customer.email);
    const address = page.url();
    const longest = "🔒".repeat(supportNumbers.maxReason);
    await main.getByText(say("acts.hotline-pass.summary"), { exact: true }).click();
    await send(desk, "acts.hotline-pass.submit", {
      "acts.hotline-pass.reference": "K7",
      "support.acts.reason": longest,
    });
    await expect(alert).toContainText(
      say("support.errors.referenceMalformed", { example: "K7QM-2PX" }),
    );
    await expect(page).toHaveURL(address);
    const form = formOf(desk, "acts.hotline-pass.submit");
    const field = (label: string) => form.getByLabel(say(label), { exact: true });
    await expect(field("support.acts.reason")).toHaveValue(longest);
    await expect(field("acts.hotline-pass.reference")).toHaveValue("K7");
    // Shown once: the next look says so, and what was wrong.
    await page.reload();
    await expect(alert.filter({ hasText: say("support.errors.checkMissing") })).toBeVisible();
    await expect(page.getByText(say("common.inputGone.title"))).toBeVisible();
    await expect(field("support.acts.reason")).toHaveValue("");
  });
}

test("two tabs that send the same form at the same moment each see their own", async ({
  visit,
}) => {
  const visitor = await visit();
  const tabs = [visitor, await visitor.openTab(), await visitor.openTab()];
  const { say } = visitor;
  const texts = tabs.map((_, tab) => `Tab ${tab} ${"🔒".repeat(1_500)}`);
  const area = (tab: number) =>
    tabs[tab]?.main.getByLabel(say("helpFeedback.questions.label"), { exact: true });
  for (const [index, { page, main }] of tabs.entries()) {
    await page.goto("/help/login-code");
    await main.getByText(say("helpFeedback.questions.ask")).click();
    // As a browser that knows no maxlength.
    await area(index)?.evaluate((element) => element.removeAttribute("maxlength"));
    await area(index)?.fill(texts[index] ?? "");
  }
  await Promise.all(
    tabs.map(({ main }) =>
      main.getByRole("button", { name: say("helpFeedback.questions.submit"), exact: true }).click(),
    ),
  );
  for (const [index, { alert }] of tabs.entries()) {
    await expect(alert.first()).toBeVisible();
    await expect.soft(area(index) ?? visitor.main).toHaveValue(texts[index] ?? "");
  }
});

test("what waits for a browser is erased when somebody signs in with it, and when they sign out", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { context, page, login, account } = visitor;
  const isNotice = ({ name }: { name: string }) => name.endsWith("notice");
  const leave = async () => {
    await page.goto("/help/login-code");
    const form = { article: "login-code", question: "Unseen" };
    await page.request.post("/help/login-code", { multipart: form, maxRedirects: 0 });
    return (await context.cookies()).filter(isNotice);
  };
  const isShown = async (notice: Awaited<ReturnType<typeof leave>>) => {
    await context.addCookies(notice);
    const answer = await page.request.get("/help/login-code");
    return (await answer.text()).includes("Unseen");
  };
  expect(await isShown(await leave())).toBe(true);
  const before = await leave();
  await login.signIn(customer);
  await account.expectSignedIn(customer);
  expect(await isShown(before)).toBe(false);
  const during = await leave();
  await page.goto("/account");
  await account.signOut.click();
  await expect(page).toHaveURL("/login");
  expect(await isShown(during)).toBe(false);
});
