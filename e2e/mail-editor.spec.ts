import {
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { type ToolbarAction, toolName } from "@/components/mail-editor/words";
import { faults } from "@/e2e/support/axe";
import { type EditorServer, type Opening, startEditorServer } from "@/e2e/support/editor-server";
import words from "@/lib/i18n/messages/en/templateEditor.json" with { type: "json" };

let server: EditorServer;
base.beforeAll(async () => {
  server = await startEditorServer();
});
base.afterAll(() => server.close());

type Open = (opening: Opening, options?: BrowserContextOptions) => Promise<Page>;

/** Each page ends without a word in its console: of the policy, or of an error. */
const test = base.extend<{ open: Open; said: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  said: ({}, use) => use([]),
  open: async ({ browser, said }, use) => {
    const pages: Page[] = [];
    await use(async (opening, options) => {
      const page = await browser.newPage(options);
      pages.push(page);
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error.stack)));
      await page.goto(server.addressOf(opening));
      return page;
    });
    for (const page of pages) await page.close();
    expect(said).toEqual([]);
  },
});

const text = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
const subject = (page: Page) => page.getByRole("textbox", { name: "Subject" });
const toolbar = (page: Page) => page.getByRole("toolbar", { name: words.toolbar.label });
const tool = (page: Page, action: ToolbarAction) =>
  toolbar(page).getByRole("button", { name: toolName(words.toolbar, action), exact: true });
const list = (page: Page) => page.getByRole("region", { name: words.list.title });
const dialog = (page: Page) => page.getByRole("dialog");

const everything = [
  "# Hello {center}",
  "Dear {{name}}, [help]({{help-page}}) and **[more](https://host.example/a)** {{nobody}}",
  "{{code}}",
  "- one\n- two",
  "[Go {{name}}]({{sign-in-page}}) {center wide}",
  "![Logo](image:aaaaaaaa1)",
  "---",
  "{{> greeting}}",
  "The end {end}",
].join("\n\n");

/** What the form sends, field by field. */
async function sent(page: Page): Promise<Record<string, string>> {
  const before = server.posted.filter(({ path }) => path === "/saved").length;
  await page.getByRole("button", { name: "Save draft" }).click();
  const saved = () => server.posted.filter(({ path }) => path === "/saved");
  await expect.poll(() => saved().length).toBeGreaterThan(before);
  // A browser ends the lines of what it sends with both characters.
  const fields = [...(saved().at(-1)?.fields ?? [])];
  return Object.fromEntries(
    fields.map(([key, value]) => [key, String(value).replaceAll("\r\n", "\n")]),
  );
}

async function paste(
  page: Page,
  data: Record<string, string>,
  into: (page: Page) => Locator = text,
): Promise<void> {
  await into(page).evaluate((element, all) => {
    const clipboardData = new DataTransfer();
    for (const [type, value] of Object.entries(all)) clipboardData.setData(type, value);
    const options = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent("paste", options));
  }, data);
}

test("without scripts the form is the plain editor", async ({ open }) => {
  const page = await open({ text: "# Hello" }, { javaScriptEnabled: false });
  const field = page.getByRole("textbox", { name: "Text", exact: true });
  await expect(field).toHaveValue("# Hello");
  await expect(page.getByRole("toolbar")).toHaveCount(0);
  await field.fill("# Good day");
  expect(await sent(page)).toEqual({ subject: "", preview: "", text: "# Good day" });
});

test("where the script cannot do its work, the form stays as it was", async ({ open, said }) => {
  const page = await open({ text: "# Hello" });
  await page.route("**/?opening*", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("data-toolbar", "data-nothing");
    await route.fulfill({ response, body });
  });
  await page.reload();
  await expect.poll(() => said.splice(0)).toEqual([expect.stringContaining("no [data-toolbar]")]);
  await expect(page.locator("textarea[name=text]")).toBeVisible();
  await expect(page.locator("input[name=subject]")).toBeVisible();
});

test("without pictures and blocks there is nothing to choose of them", async ({ open }) => {
  const page = await open({ text: "", isBare: true });
  await expect(tool(page, "block")).toHaveCount(0);
  await tool(page, "image").click();
  await expect(dialog(page)).toContainText(words.dialog.noImages);
});

test("what nobody changed is sent as it was typed, to the character", async ({ open }) => {
  const typed = "#   Hello\n\n\n-  one\n- two\n\nThe   end ";
  const page = await open({ text: typed, subject: " Your  code" });
  await text(page).click();
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  expect(await sent(page)).toEqual({ subject: " Your  code", preview: "", text: typed });
});

test("who comes back to the page finds what they wrote", async ({ open }) => {
  const page = await open({ text: "Hello", subject: "One" });
  await text(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" there");
  await subject(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" more");
  await sent(page);
  await page.waitForURL("**/saved");
  await page.goBack();
  await expect(text(page)).toHaveText("Hello there");
  await expect(subject(page)).toHaveText("One more");
  expect(await sent(page)).toMatchObject({ subject: "One more", text: "Hello there" });
});

test("a text is written with the keyboard alone", async ({ open }) => {
  const page = await open({ text: "" });
  await text(page).focus();
  await page.keyboard.type("# Good day");
  await page.keyboard.press("Enter");
  await page.keyboard.type("This is ");
  await page.keyboard.press("Control+b");
  await expect(tool(page, "bold")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.type("bold");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(", of {{name}} and {{nobody}}");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- one");
  await page.keyboard.press("Enter");
  await page.keyboard.type("two");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("The end");
  expect((await sent(page)).text).toBe(
    "# Good day\n\nThis is **bold**, of {{name}} and {{nobody}}\n\n- one\n- two\n\nThe end",
  );
});

test("Alt+F10 leads to the toolbar, arrows along it, Escape back to the text", async ({ open }) => {
  const page = await open({ text: "Hello" });
  await text(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Alt+F10");
  await expect(tool(page, "paragraph")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(tool(page, "redo")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(tool(page, "heading2")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text(page)).toBeFocused();
  await expect(tool(page, "heading2")).toHaveAttribute("aria-pressed", "true");
  // It comes back to where it was.
  await page.keyboard.press("Alt+F10");
  await expect(tool(page, "heading2")).toBeFocused();
  await page.keyboard.press("End");
  await expect(tool(page, "redo")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(text(page)).toBeFocused();
  // The toolbar is one stop.
  await page.keyboard.press("Shift+Tab");
  await expect(tool(page, "redo")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(text(page)).toBeFocused();
  const controls = await toolbar(page).getAttribute("aria-controls");
  expect(controls).toBe(await text(page).getAttribute("id"));
  expect((await sent(page)).text).toBe("## Hello");
});

test("what is done is undone and done again", async ({ open }) => {
  const page = await open({ text: "Hello" });
  await expect(tool(page, "undo")).toHaveAttribute("aria-disabled", "true");
  await text(page).click();
  await tool(page, "heading1").click();
  await expect(tool(page, "undo")).toHaveAttribute("aria-disabled", "false");
  await tool(page, "undo").click();
  await expect(tool(page, "heading1")).toHaveAttribute("aria-pressed", "false");
  await tool(page, "redo").click();
  expect((await sent(page)).text).toBe("# Hello");
});

test("alignment and space are set, and taken back by the same button", async ({ open }) => {
  const page = await open({ text: "Hello\n\nThere" });
  await text(page).focus();
  await page.keyboard.press("Control+a");
  await tool(page, "center").click();
  await tool(page, "wide").click();
  await expect(tool(page, "center")).toHaveAttribute("aria-pressed", "true");
  await text(page).getByText("There").click();
  await tool(page, "wide").click();
  await tool(page, "end").click();
  expect((await sent(page)).text).toBe("Hello {center wide}\n\nThere {end}");
});

test("a variable is chosen from a list, and without a caret stands at the end", async ({
  open,
}) => {
  const page = await open({ text: "# Hello\n\nGood until" });
  await expect(list(page).getByText("Still missing in the text")).toHaveText(
    "Still missing in the text: {{code}}, {{facts}}, {{until}}",
  );
  await tool(page, "variable").click();
  const until = dialog(page).getByRole("button", { name: "until" });
  await expect(until).toContainText("Required");
  await expect(until).toContainText("14:35 (UTC)");
  await until.click();
  await page.keyboard.type(".");
  await expect(list(page).locator("[data-missing]")).not.toContainText("until");
  await list(page)
    .getByRole("button", { name: "Insert", description: /code, large/ })
    .click();
  await list(page)
    .getByRole("button", { name: "Insert", description: /Where the sign-in/ })
    .click();
  await expect(list(page).locator("[data-missing]")).toHaveText(words.pieces.complete);
  // Said once to who does not see it.
  await expect(list(page).locator("[aria-live=polite]")).toHaveText(words.pieces.complete);
  expect((await sent(page)).text).toBe("# Hello\n\nGood until{{until}}.\n\n{{code}}\n\n{{facts}}");
});

test("a variable has a name, and is removed in the text or in the list", async ({ open }) => {
  const page = await open({
    text: "Hello {{name}}, [help]({{help-page}}), {{country}}",
    subject: "For {{name}}",
  });
  const spoken = "Variable country: The country, for example Portugal";
  await text(page)
    .getByRole("group", { name: spoken })
    .getByRole("button", { name: "Remove: country" })
    .click();
  await list(page).getByRole("button", { name: "Remove", description: "The help centre" }).click();
  await list(page)
    .getByRole("button", { name: "Remove", description: /customer/ })
    .click();
  await expect(list(page).getByRole("button", { name: "Remove" })).toHaveCount(0);
  expect(await sent(page)).toMatchObject({ subject: "For", text: "Hello , help," });
});

test("what is typed on a solid piece comes behind it, and Backspace takes it out whole", async ({
  open,
}) => {
  const page = await open({ text: "{{code}}\n\nDear {{name}}{{country}}" });
  await text(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("from here");
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("Type it");
  await expect(page.locator("textarea[name=text]")).toHaveValue(
    "{{code}}\n\nType it\n\nDear {{name}}{{country}}from here",
  );
  await page.keyboard.press("Control+End");
  for (const _ of "from here") await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  expect((await sent(page)).text).toBe("{{code}}\n\nType it\n\nDear {{name}}");
});

test("the subject is one line of text and variables", async ({ open }) => {
  const page = await open({ text: "", subject: "Your code" });
  await expect(subject(page)).toHaveAttribute("aria-multiline", "false");
  await subject(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(", ");
  await page.getByRole("button", { name: "Variable", description: "Subject" }).click();
  // No panel stands in a line.
  await expect(dialog(page).getByRole("button", { name: "facts" })).toBeHidden();
  await dialog(page).getByRole("button", { name: "name" }).click();
  await page.keyboard.type(" **here**");
  expect((await sent(page)).subject).toBe("Your code, {{name}} **here**");
});

test("a link gets its words and its address from a dialog", async ({ open }) => {
  const page = await open({ text: "Read this now" });
  await text(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+Shift+ArrowRight");
  await tool(page, "link").click();
  await expect(dialog(page).getByLabel(words.dialog.words)).toBeHidden();
  await dialog(page).getByLabel(words.dialog.target).selectOption("help-page");
  await dialog(page).getByRole("button", { name: words.dialog.save }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" or ");
  await tool(page, "link").click();
  await dialog(page).getByLabel(words.dialog.target).selectOption(words.dialog.ownAddress);
  await dialog(page).getByLabel(words.dialog.words).fill("there");
  const address = dialog(page).getByLabel(words.dialog.address);
  for (const wrong of ["", "javascript:alert(1)", "http://host.example"]) {
    await address.fill(wrong);
    await page.keyboard.press("Enter");
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await expect(address).toHaveAccessibleDescription(/Write a whole address/);
  }
  await address.fill("https://host.example/x");
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.type(".");
  expect((await sent(page)).text).toBe(
    "[Read]({{help-page}}) this now or [there](https://host.example/x).",
  );
});

test("buttons, pictures, lines and blocks come from the toolbar, and are changed", async ({
  open,
}) => {
  const page = await open({ text: "Hello" });
  await text(page).click();
  await tool(page, "button").click();
  await dialog(page).getByLabel(words.dialog.words).fill("Sign in");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" now");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Then");
  await tool(page, "divider").click();
  await tool(page, "block").click();
  await dialog(page).getByRole("button", { name: "greeting" }).click();
  await tool(page, "image").click();
  const alternative = dialog(page).getByLabel(words.dialog.alternative);
  await dialog(page).getByRole("button", { name: words.dialog.save }).click();
  await expect(alternative).toHaveAttribute("aria-invalid", "true");
  await alternative.fill("Our logo");
  await page.keyboard.press("Enter");
  const picture = text(page).getByRole("group", { name: "Picture" });
  await picture.getByRole("button", { name: "Change: Picture" }).click();
  await dialog(page).getByLabel("A door").check();
  await dialog(page).getByRole("button", { name: words.dialog.save }).click();
  await text(page).getByRole("button", { name: "Change: Button" }).click();
  await dialog(page).getByLabel(words.dialog.target).selectOption("help-page");
  await dialog(page).getByRole("button", { name: words.dialog.save }).click();
  await text(page).getByRole("button", { name: "Remove: Dividing line" }).click();
  expect((await sent(page)).text).toBe(
    "Hello\n\n[Sign in now]({{help-page}})\n\nThen\n\n{{> greeting}}\n\n![Our logo](image:bbbbbbbb2)",
  );
});

test("what is pasted becomes what a mail can say, and nothing else survives", async ({ open }) => {
  const page = await open({ text: "" });
  await text(page).focus();
  const html = `
    <style>p { color: red }</style><script>alert(1)</script><title>t</title>
    <h5 style="color: red" onclick="alert(1)">Title</h5>
    <p class="MsoNormal" style="display: none">Seen <b>bold</b> <u>under</u>
      <a href="https://host.example/a">good</a> <a href="javascript:alert(1)">bad</a>
      <a href="http://host.example/">plain</a> <img src="https://spy.example/x.png" onerror="alert(1)">
      <span data-variable="name">x</span> {{country}} {{nobody}}</p>
    <p class="MsoListParagraphCxSpFirst"><![if !supportLists]><span>·</span><![endif]>first</p>
    <p class="MsoListParagraphCxSpLast">second</p>
    <table><tr><td>cell one</td><td><iframe src="https://spy.example"></iframe>cell two</td></tr></table>
    <ul><li>outer<ul><li>inner</li></ul></li><li>last</li></ul>
    <div data-image="../x" data-panel="script" data-block="A B"></div>
    <div data-mail-button data-to="javascript:alert(1)">press</div>
    <svg onload="alert(1)"><text>drawn</text></svg><textarea>typed</textarea><hr>`;
  await paste(page, { "text/html": html, "text/plain": "x" });
  await expect(
    text(page).locator("script, style, iframe, [src], svg, table, [onclick], [style]"),
  ).toHaveCount(0);
  expect((await sent(page)).text).toBe(
    [
      "### Title",
      "Seen **bold** under [good](https://host.example/a) bad plain {{name}} {{country}} {{nobody}}",
      "- first\n- second",
      "cell one",
      "cell two",
      "- outer\n- inner\n- last",
      "press",
      "---",
    ].join("\n\n"),
  );
});

test("Google Docs' way to say bold is understood, and its lists", async ({ open }) => {
  const page = await open({ text: "" });
  await text(page).focus();
  const span = (words: string, style: string) => `<span style="${style}">${words}</span>`;
  const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
    <p dir="ltr" style="line-height:1.38">${span("Strong", "font-weight:700")}${span(" plain ", "font-weight:400")}${span("leaning", "font-weight:400;font-style:italic")}</p>
    <ul style="margin:0"><li dir="ltr"><p dir="ltr" role="presentation">${span("one", "color:#000")}</p></li>
    <li dir="ltr"><p dir="ltr">${span("two", "")}</p></li></ul></b>`;
  await paste(page, { "text/html": html });
  expect((await sent(page)).text).toBe("**Strong** plain *leaning*\n\n- one\n- two");
});

test("what is pasted into the subject is one line without marks", async ({ open }) => {
  const page = await open({ text: "" });
  await subject(page).focus();
  const html = "<h1>Your <b>code</b></h1><p>for {{name}},</p><ul><li>now</li></ul><hr>";
  await paste(page, { "text/html": html }, subject);
  await paste(page, { "text/plain": " and\n\nhere" }, subject);
  expect((await sent(page)).subject).toBe("Your code for {{name}}, nowand here");
});

test("pasted text is read as the notation", async ({ open }) => {
  const page = await open({ text: "" });
  await text(page).focus();
  const notation = "## Two\n\nHello {{name}}, **you**\n\n{{code}}";
  await paste(page, { "text/plain": notation });
  expect((await sent(page)).text).toBe(notation);
});

for (const type of ["text/plain", "text/html"]) {
  test(`what is copied is the same where it is pasted, as ${type}`, async ({ open }) => {
    const page = await open({ text: everything });
    await text(page).focus();
    await page.keyboard.press("Control+a");
    const copied = await text(page).evaluate((element, asked) => {
      const clipboardData = new DataTransfer();
      const options = { clipboardData, bubbles: true, cancelable: true };
      element.dispatchEvent(new ClipboardEvent("copy", options));
      return clipboardData.getData(asked);
    }, type);
    if (type === "text/plain") expect(copied).toBe(everything);
    await page.keyboard.press("Delete");
    await expect(page.locator("textarea[name=text]")).toHaveValue("");
    await paste(page, { [type]: copied });
    expect((await sent(page)).text).toBe(everything);
  });
}

test("the field is written once typing rests, and not at each key", async ({ open }) => {
  const page = await open({ text: "" });
  // A clock cannot be put into a frame that runs nothing.
  await page.locator("iframe").evaluateAll((frames) => frames.map((frame) => frame.remove()));
  await page.clock.install();
  await text(page).focus();
  const field = page.locator("textarea[name=text]");
  await page.evaluate(() => {
    const form = document.forms[0];
    form?.addEventListener("mail-edited", () => {
      form.dataset.edits = String(Number(form.dataset.edits ?? 0) + 1);
    });
  });
  await page.keyboard.type("Hello there");
  await expect(field).toHaveValue("");
  await page.clock.runFor(200);
  await expect(field).toHaveValue("Hello there");
  await expect(page.locator("form[data-edits]")).toHaveAttribute("data-edits", "1");
});

const previews = () => server.posted.filter(({ path }) => path === "/preview");
const preview = (page: Page) =>
  page.frameLocator("iframe[name=preview-phone-light]").locator("body");

test("the plain editor's preview follows what is typed", async ({ open }) => {
  const page = await open({ text: "Hello", isPlain: true });
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await expect(preview(page)).toHaveText("Hello");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("Good day");
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await expect(preview(page)).toHaveText("Good day");
});

test("the preview is posted into its frame, without a step of the Back button", async ({
  open,
}) => {
  const before = previews().length;
  const page = await open({ text: "Hello" });
  await expect(text(page)).toBeVisible();
  const steps = await page.evaluate(() => history.length);
  // Nothing is asked for what nobody sees.
  expect(previews()).toHaveLength(before);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await expect(preview(page)).toHaveText("Hello");
  await text(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.type(" there");
  await page.locator("iframe").scrollIntoViewIfNeeded();
  await expect(preview(page)).toHaveText("Hello there");
  expect(previews().at(-1)?.fields.get("show")).toBe("phone-light");
  // Back leads where it led before.
  expect(await page.evaluate(() => history.length)).toBe(steps);
});

test("one preview is asked for at a time, and the last one is of what was typed last", async ({
  open,
}) => {
  const page = await open({ text: "a" }, { viewport: { width: 1000, height: 2500 } });
  await expect(preview(page)).toHaveText("a");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked: string[] = [];
  await page.route("**/preview", async (route) => {
    const [, sentText = ""] =
      route
        .request()
        .postData()
        ?.match(/name="text"\s+(\S*)/) ?? [];
    asked.push(sentText);
    await held;
    await route.continue();
  });
  await text(page).focus();
  await page.keyboard.press("End");
  for (const key of ["b", "c", "d"]) {
    await page.keyboard.type(key);
    await expect(page.locator("textarea[name=text]")).toHaveValue(new RegExp(`${key}$`));
  }
  await expect.poll(() => asked).toEqual(["ab"]);
  release();
  await expect(preview(page)).toHaveText("abcd");
  expect(asked).toEqual(["ab", "abcd"]);
});

test("axe finds nothing wrong with the editor and its dialogs", async ({ open }) => {
  const page = await open({ text: everything, subject: "Hello {{name}}" });
  await page.locator("iframe").evaluate((frame) => frame.remove());
  await text(page).click();
  expect(await faults(page)).toEqual([]);
  for (const name of ["variable", "link", "image", "block"] as const) {
    await tool(page, name).click();
    await expect(dialog(page)).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
  }
});

for (const language of ["en", "fr", "pt", "es"] as const) {
  test(`on a phone of 320 px nothing is wider, and buttons are large: ${language}`, async ({
    open,
  }) => {
    const viewport = { width: 320, height: 640 };
    const page = await open({ text: everything, language }, { viewport, hasTouch: true });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect(page.getByRole("toolbar")).toBeVisible();
    expect(await wide()).toBe(320);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("form button:not(.mail-variable-remove)")]
        .filter((button) => button.checkVisibility() && button.getAttribute("type") !== "submit")
        .map((button) => button.getBoundingClientRect())
        .filter(({ width, height }) => width < 44 || height < 44),
    );
    expect(small).toEqual([]);
    await page.locator("[data-action=link]").tap();
    expect(await wide()).toBe(320);
  });
}
