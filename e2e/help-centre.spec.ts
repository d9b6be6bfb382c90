import { randomBytes } from "node:crypto";
import { expect, test } from "@/e2e/fixtures";
import { formOf, press, send } from "@/e2e/pages/own-keys";
import { faults } from "@/e2e/support/axe";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";

/** Letters that no other test's question holds. */
const letters = () =>
  [...randomBytes(8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");

/** Gives the article that is open its stars. */
async function rate(visitor: Visitor, stars: number): Promise<void> {
  const { main, say } = visitor;
  const name = say("helpFeedback.stars.star", { count: stars });
  await main.getByRole("radio", { name, exact: true }).press("Space");
  await press(visitor, "helpFeedback.stars.submit");
}

/** Asks a question below the article that is open. */
async function ask(visitor: Visitor, question: string): Promise<void> {
  const { main, say } = visitor;
  const area = main.getByLabel(say("helpFeedback.questions.label"), { exact: true });
  if (!(await area.isVisible())) await main.getByText(say("helpFeedback.questions.ask")).click();
  await area.fill(question);
  await press(visitor, "helpFeedback.questions.submit");
}

test("a search leads to the part of an article that answers it", async ({ visit }) => {
  const { page, main, status, say } = await visit();
  await page.goto("/help");
  await main.getByLabel(say("help.search.label"), { exact: true }).fill("code has not come");
  await main.getByRole("button", { name: say("help.search.submit"), exact: true }).click();
  await expect(page).toHaveURL("/help?q=code+has+not+come");
  await expect(main.getByLabel(say("help.search.label"))).toHaveValue("code has not come");
  await expect(status).toContainText("code has not come");
  await main.getByRole("link", { name: say("loginCode.notArrived.title"), exact: true }).click();
  await expect(page).toHaveURL("/help/login-code#notArrived");
});

test("a search in words that no article holds, with a typing error", async ({ visit }) => {
  const { page, main, say } = await visit();
  for (const [typed, title] of [
    ["hacked", "helpBrokenInto.title"],
    ["reset my pasword", "helpPassword.forgot.title"],
  ] as const) {
    await page.goto(`/help?q=${encodeURIComponent(typed)}`);
    const results = main.getByRole("region", { name: say("help.search.title") });
    await expect(results.getByRole("link").first()).toHaveText(say(title));
  }
});

test("a search in another language, without accents; and one that finds nothing", async ({
  visit,
}) => {
  const { page, main, status, say } = await visit({ language: "es" });
  await page.goto("/help?q=contrasena+olvidada");
  await expect(
    main.getByRole("link", { name: say("helpPassword.forgot.title"), exact: true }),
  ).toBeVisible();
  const query = "<img src=qqx onerror=qqx(qqx)>";
  await page.goto(`/help?q=${encodeURIComponent(query)}`);
  await expect(status).toContainText(say("help.search.nothing", { query }));
  await expect(status).toContainText(say("help.search.nothingNext"));
  await expect(main.getByRole("link", { name: say("loginCode.title"), exact: true })).toBeVisible();
  await expect(main.locator("img")).toHaveCount(0);
});

test("the page of the help is only read", async ({ visitPlainly }) => {
  const plain = await visitPlainly();
  expect((await plain.post("/help", { q: "code" })).status()).toBe(405);
  expect((await plain.http.get(`/help?q=${"%F0%9F%92%A5".repeat(500)}`)).status()).toBe(200);
});

test("search engines are shown the help, and nothing else", async ({ visitPlainly }) => {
  const { http } = await visitPlainly();
  const served = async (path: string) => {
    const answer = await http.get(path);
    const html = await answer.text();
    const [, robots] = /<meta name="robots" content="([^"]*)"/.exec(html) ?? [];
    const [, canonical] = /<link rel="canonical" href="([^"]*)"/.exec(html) ?? [];
    const isDescribed = /<meta name="description" content="[^"]{50,}"/.test(html);
    const header = answer.headers()["x-robots-tag"];
    return { robots, isDescribed, path: canonical && new URL(canonical).pathname, header };
  };
  const isShown = { robots: "index", isDescribed: true, header: undefined };
  for (const path of ["/help", "/help/login-code", "/help/broken-into"]) {
    expect.soft(await served(`${path}?from=mail`), path).toEqual({ ...isShown, path });
  }
  for (const path of [
    ...["/login", "/signup", "/forgot-password", "/recover", "/recover/status", "/account"],
    ...["/reset-password?token=x", "/not-me?token=x", "/support", "/no-such-page"],
    ...["/help?q=code", "/help/login-code?before=x", "/help/no-such-article"],
  ]) {
    const { robots, path: canonical } = await served(path);
    expect.soft(robots, path).toBe("noindex");
    expect.soft(canonical, path).toBeUndefined();
  }
});

test("an article's pictures are of its reader's language, and say what is to be seen on them", async ({
  visit,
}) => {
  const { page, main, say } = await visit({ language: "fr" });
  await page.goto("/help/two-step");
  const pictures = main.getByRole("img");
  await expect(pictures).toHaveCount(4);
  for (const name of ["what", "app", "passkey", "codes"]) {
    const picture = main.getByRole("img", { name: say(`helpTwoStep.${name}.picture`) });
    await picture.scrollIntoViewIfNeeded();
    await expect(picture).toHaveAttribute("src", /^\/help-pictures\/fr\//);
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  }
  expect(await faults(page)).toEqual([]);
});

test("yes with a comment, then no: one voice per browser, and the latest counts", async ({
  visit,
  visitAsStaff,
}) => {
  const visitor = await visit();
  const { page, main, status, say } = visitor;
  const word = letters();
  await page.goto("/help/my-places");
  await main
    .getByLabel(say("helpFeedback.useful.comment"), { exact: true })
    .fill(`First ${word}: mail ines@example.com`);
  await press(visitor, "helpFeedback.useful.yes");
  await expect(page).toHaveURL("/help/my-places#feedback");
  await expect(status).toContainText(say("helpFeedback.done.useful"));
  await expect(main).toContainText(say("helpFeedback.useful.saidYes"));
  const { visitor: support } = await visitAsStaff("support");
  await support.page.goto("/support/questions");
  await expect(support.main).toContainText(`First ${word}: mail •••`);
  await main.getByLabel(say("helpFeedback.useful.comment"), { exact: true }).fill(`Second ${word}`);
  await press(visitor, "helpFeedback.useful.no");
  await expect(main).toContainText(say("helpFeedback.useful.saidNo"));
  await support.page.reload();
  await expect(support.main).toContainText(`Second ${word}`);
  await expect(support.main).not.toContainText(`First ${word}`);
});

test("stars: none chosen is said, four are counted, five replace them", async ({ visit }) => {
  const visitor = await visit();
  const { page, main, alert, status, say } = visitor;
  await page.goto("/help/change-password");
  await press(visitor, "helpFeedback.stars.submit");
  await expect(alert).toContainText(say("helpFeedback.errors.starsMissing", { mostStars: 5 }));
  await rate(visitor, 4);
  await expect(status).toContainText(say("helpFeedback.done.stars", { stars: 4 }));
  const figures = (count: number, average = anything) =>
    like(say("helpFeedback.stars.average", { average, most: 5, count }));
  await expect(main).toContainText(figures(1, "4.0"));
  await rate(visitor, 5);
  await expect(main).toContainText(figures(1, "5.0"));
  const other = await visit({ language: "fr" });
  await other.page.goto("/help/change-password");
  await rate(other, 4);
  await expect(other.main).toContainText("4,5");
  await page.reload();
  await expect(main).toContainText(figures(2, "4.5"));
});

test("a question is answered by staff, and then stands below the article as plain text", async ({
  visit,
  visitAsStaff,
}) => {
  test.slow();
  const reader = await visit();
  const word = letters();
  await reader.page.goto("/help/broken-into");
  await ask(reader, "Too short");
  await expect(reader.alert).toContainText(
    reader.say("helpFeedback.errors.questionTooShort", { minQuestion: 10 }),
  );
  await expect(
    reader.main.getByLabel(reader.say("helpFeedback.questions.label"), { exact: true }),
  ).toHaveValue("Too short");
  await ask(reader, `I am Ines. Is ${word} safe?\nSee https://example.com or ines@example.com`);
  await expect(reader.status).toContainText(reader.say("helpFeedback.done.asked"));
  await expect(reader.main).not.toContainText(word);

  const { visitor: first } = await visitAsStaff("support");
  const { visitor: second } = await visitAsStaff("admin");
  for (const { page } of [first, second]) await page.goto("/support/questions");
  const entryOf = ({ main }: Visitor) => main.getByRole("listitem").filter({ hasText: word });
  const open = async (visitor: Visitor) => {
    const answer = entryOf(visitor).getByLabel("Answer", { exact: true });
    if (!(await answer.isVisible())) await entryOf(visitor).getByText("Answer or decline").click();
    return answer;
  };
  await expect(entryOf(first)).toContainText("or •••");
  const answer = await open(first);
  await entryOf(first)
    .getByLabel("Question as published")
    .fill(`Is ${word} safe?\nSee https://example.com`);
  await answer.fill(`Yes, ${word} is.\nCall +351 215 550 100`);
  await entryOf(first).getByRole("button", { name: "Publish answer" }).click();
  await expect(first.status).toContainText(first.say("helpFeedback.staff.done.published"));
  await expect(entryOf(first).getByText("Answer or decline")).toHaveCount(0);

  await (await open(second)).fill(`No, ${word} is not.`);
  await entryOf(second).getByRole("button", { name: "Publish answer" }).click();
  await expect(second.alert).toContainText(second.say("helpFeedback.staff.errors.overPublished"));
  await expect(second.alert).toContainText(`No, ${word} is not.`);

  await reader.page.goto("/help/broken-into");
  const shown = reader.main.getByRole("listitem").filter({ hasText: `Yes, ${word} is.` });
  await expect(shown).toContainText("See https://example.com");
  await expect(shown).toContainText("Call •••");
  await expect(shown).not.toContainText("Ines");
  await expect(shown.getByRole("link")).toHaveCount(0);
  const french = await visit({ language: "fr" });
  await french.page.goto("/help/broken-into");
  await expect(french.main).not.toContainText(word);

  await second.page.goto("/support/questions");
  await entryOf(second).getByRole("button", { name: "Take back" }).click();
  await expect(second.status).toContainText(second.say("helpFeedback.staff.done.takenBack"));
  await reader.page.reload();
  await expect(reader.main).not.toContainText(word);
  await expect(await open(second)).toHaveValue(`Yes, ${word} is.\nCall •••`);
});

test("a declined question is shown to nobody", async ({ visit, visitAsStaff }) => {
  const reader = await visit();
  const word = letters();
  await reader.page.goto("/help/change-email");
  await ask(reader, `Buy ${word} at a good price`);
  const { visitor } = await visitAsStaff("support");
  await visitor.page.goto("/support/questions");
  const entry = visitor.main.getByRole("listitem").filter({ hasText: word });
  const decline = entry.getByRole("button", { name: "Decline" });
  if (!(await decline.isVisible())) await entry.getByText("Answer or decline").click();
  await decline.click();
  await expect(visitor.status).toContainText(visitor.say("helpFeedback.staff.done.declined"));
  await expect(entry).toHaveCount(0);
  await reader.page.reload();
  await expect(reader.main).not.toContainText(word);
});

test("staff's page of questions is for support and admins alone", async ({
  visit,
  customer,
  visitAsStaff,
}) => {
  const visitor = await visit({ ip: customer.home });
  await visitor.page.goto("/support/questions");
  await expect(visitor.page).toHaveURL("/login?callbackUrl=%2Fsupport%2Fquestions");
  await visitor.login.signIn(customer);
  await visitor.account.expectSignedIn(customer);
  expect((await visitor.page.goto("/support/questions"))?.status()).toBe(404);
  const { visitor: marketing } = await visitAsStaff("marketing");
  expect((await marketing.page.goto("/support/questions"))?.status()).toBe(404);
});

test("without JavaScript: search, vote, stars, a question too many", async ({ visit }) => {
  const visitor = await visit({ javaScriptEnabled: false });
  const { page, main, status, alert, say } = visitor;
  await page.goto("/help");
  await main.getByLabel(say("help.search.label"), { exact: true }).fill("blocked");
  await main.getByRole("button", { name: say("help.search.submit"), exact: true }).click();
  await main.getByRole("link", { name: say("loginCode.blocked.title"), exact: true }).click();
  await expect(page).toHaveURL("/help/login-code#blocked");
  await press(visitor, "helpFeedback.useful.no");
  await expect(status).toContainText(say("helpFeedback.done.useful"));
  await rate(visitor, 1);
  await expect(status).toContainText(say("helpFeedback.done.stars", { stars: 1 }));
  const word = letters();
  for (const which of ["one", "two", "three", "four", "five"]) {
    await ask(visitor, `What about ${word} ${which}?`);
    await expect(status).toContainText(say("helpFeedback.done.asked"));
  }
  await ask(visitor, `What about ${word} six?`);
  await expect(alert).toContainText(
    like(say("helpFeedback.errors.tooManyQuestions", { time: anything })),
  );
  await expect(alert.getByRole("time")).toBeVisible();
  await expect(
    formOf(visitor, "helpFeedback.questions.submit").getByLabel(
      say("helpFeedback.questions.label"),
      { exact: true },
    ),
  ).toHaveValue(`What about ${word} six?`);
});

test("axe finds nothing on an article with all of it, nor on staff's page", async ({
  visit,
  visitAsStaff,
}) => {
  test.slow();
  const visitor = await visit();
  const word = letters();
  await visitor.page.goto("/help/lost-access");
  await rate(visitor, 3);
  await ask(visitor, `How long does ${word} take?`);
  const { visitor: support } = await visitAsStaff("support");
  await support.page.goto("/support/questions");
  const entry = support.main.getByRole("listitem").filter({ hasText: word });
  const publish = entry.getByRole("button", { name: "Publish answer" });
  if (!(await publish.isVisible())) await entry.getByText("Answer or decline").click();
  await publish.click();
  await expect(support.alert).toContainText(support.say("helpFeedback.staff.errors.answerMissing"));
  expect.soft(await faults(support.page)).toEqual([]);
  await entry.getByLabel("Answer", { exact: true }).fill("As long as it takes.");
  await publish.click();
  await send(visitor, "helpFeedback.useful.yes", { "helpFeedback.useful.comment": "Thank you" });
  await ask(visitor, "Short");
  await expect(visitor.alert).toBeVisible();
  await expect(visitor.main).toContainText("As long as it takes.");
  expect.soft(await faults(visitor.page)).toEqual([]);
  await visitor.page.goto("/help?q=code");
  expect.soft(await faults(visitor.page)).toEqual([]);
});
