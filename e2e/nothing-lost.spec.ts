import { expect, test } from "@/e2e/fixtures";
import { openArea, press, send, unfold } from "@/e2e/pages/own-keys";
import { Inbox } from "@/e2e/support/inbox";
import { anything, like, wordsOf } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";
import { chunk, png } from "@/lib/testing/documents";

const story = "My employer closed the mailbox when I left.\n🔒 I cannot open it any more.";

const inFrench = wordsOf("fr");

/** Chooses French at the foot of the page. */
async function chooseFrench({ page }: Visitor): Promise<void> {
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";

  test(`the choice of a language empties no form of the way in but its passwords${how}`, async ({
    visit,
    person,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { page, main, say } = visitor;
    const forms: [path: string, fields: Record<string, string>, secret: string | null][] = [
      ["/login", { "login.email": person.email }, "login.password"],
      ["/signup", { "signup.name": person.name, "signup.email": "half@" }, "signup.password"],
      ["/forgot-password", { "password.forgot.email": person.email }, null],
      ["/recover", { "recover.start.email": person.email }, null],
      [
        "/recover/status",
        { "recover.lookUp.reference": "K7QM", "recover.lookUp.email": person.email },
        null,
      ],
    ];
    for (const [path, fields, secret] of forms) {
      await page.goto(path);
      for (const [label, text] of Object.entries(fields)) {
        await main.getByLabel(say(label), { exact: true }).fill(text);
      }
      if (secret !== null) await main.getByLabel(say(secret), { exact: true }).fill("hush-hush");
      await chooseFrench(visitor);
      await expect(page).toHaveURL(new RegExp(`${path}(\\?returned=.*)?$`));
      for (const [label, text] of Object.entries(fields)) {
        await expect(main.getByLabel(inFrench(label), { exact: true })).toHaveValue(text);
      }
      if (secret !== null) {
        await expect(main.getByLabel(inFrench(secret), { exact: true })).toHaveValue("");
      }
      // Nothing was sent by it, and nothing is said to be wrong.
      await expect(main.getByRole("alert")).toHaveCount(0);
      await expect(page).not.toHaveTitle(new RegExp(`^${inFrench("common.errorPrefix")}`));
      await page.getByRole("button", { name: "English" }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", "en");
    }
  });

  test(`what is wrong with a form is said again in the chosen language${how}`, async ({
    visit,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { page, signUp, alert } = visitor;
    await signUp.open();
    await signUp.name.fill("Ana");
    await signUp.submit.click();
    await expect(alert).toBeVisible();
    await signUp.email.fill("half@");
    await chooseFrench(visitor);
    await expect(alert).toContainText(inFrench("signup.errors.emailMissing"));
    await expect(alert).toBeFocused();
    await expect(page).toHaveTitle(new RegExp(`^${inFrench("common.errorPrefix")} `));
    const email = visitor.main.getByLabel(inFrench("signup.email"), { exact: true });
    await expect(email).toHaveValue("half@");
  });

  test(`whatever is pressed on a draft, all that was typed stays${how}`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    const { page, main, alert, status, say } = visitor;
    const field = (label: string) => main.getByLabel(say(label), { exact: true });
    const happened = field("recover.story.label");
    const email = field("recover.address.email");
    const inbox = new Inbox(`new-${customer.email}`);
    await openArea(visitor, customer, "/recover");
    await press(visitor, "recover.start.submit");
    await expect(status).toBeVisible();

    await test.step("Send request", async () => {
      await happened.fill(story);
      await email.fill("half@");
      await press(visitor, "recover.draft.send.submit");
      await expect(alert).toContainText(say("recover.errors.missingAddress"));
      await expect(happened).toHaveValue(story);
      await expect(email).toHaveValue("half@");
    });
    await test.step("Save", async () => {
      await happened.fill(`${story} Once more.`);
      await press(visitor, "recover.story.submit");
      await expect(status).toContainText(say("recover.notices.story-saved"));
      await expect(happened).toHaveValue(`${story} Once more.`);
      await expect(email).toHaveValue("half@");
      await expect(page).not.toHaveTitle(/^Error/);
    });
    await test.step("Send code", async () => {
      await happened.fill(story);
      await send(visitor, "recover.address.submit", { "recover.address.email": inbox.address });
      await expect(status).toContainText(
        say("recover.notices.code-sent", { address: inbox.address }),
      );
      await expect(happened).toHaveValue(story);
    });
    await test.step("Send the code again, too early: a notice, no error", async () => {
      await happened.fill(`${story} Again.`);
      await press(visitor, "recover.address.resend");
      await expect(status).toContainText(
        like(say("recover.notices.too-early", { time: anything })),
      );
      await expect(alert).toHaveCount(0);
      await expect(page).not.toHaveTitle(/^Error/);
      await expect(happened).toHaveValue(`${story} Again.`);
    });
    await test.step("Confirm address, with a document chosen that is larger than a form", async () => {
      await happened.fill(`${story} Confirmed.`);
      const bytes = Buffer.from(png(1, 1, [chunk("tEXt", new Uint8Array(100_000).fill(65))]));
      await field("recover.documents.label").setInputFiles({
        ...{ name: "id.png", mimeType: "image/png", buffer: bytes },
      });
      await send(visitor, "recover.address.confirm", {
        "recover.address.code": await inbox.nextCode(),
      });
      await expect(status).toContainText(
        say("recover.notices.address-confirmed", { address: inbox.address }),
      );
      await expect(happened).toHaveValue(`${story} Confirmed.`);
      await expect(main.getByText("id.png", { exact: true })).toBeVisible();
    });
    await test.step("Add document, Remove", async () => {
      await happened.fill(`${story} Added.`);
      await press(visitor, "recover.documents.add");
      await expect(alert).toContainText(say("recover.errors.documentMissing"));
      await expect(happened).toHaveValue(`${story} Added.`);
      await happened.fill(`${story} Removed.`);
      await press(visitor, "recover.documents.remove");
      await expect(status).toContainText(say("recover.notices.document-removed"));
      await expect(happened).toHaveValue(`${story} Removed.`);
    });
    await test.step("the choice of a language, and the address confirmed meanwhile", async () => {
      await happened.fill(`${story} En français.`);
      await chooseFrench(visitor);
      await expect(main.getByLabel(inFrench("recover.story.label"), { exact: true })).toHaveValue(
        `${story} En français.`,
      );
      await page.getByRole("button", { name: "English" }).click();
    });
    await test.step("and it is what is sent", async () => {
      await press(visitor, "recover.draft.send.submit");
      await expect(page).toHaveURL(/\/recover\/status\?token=/);
    });
  });
}

test("of a page with several forms, those that stand half filled go along with whichever is sent", async ({
  visit,
  customer,
}) => {
  const visitor = await visit({ ip: customer.home });
  const { page, main, alert, status, say } = visitor;
  const phone = (words = say) => main.getByLabel(words("contact.phone.phone"), { exact: true });
  const name = (words = say) => main.getByLabel(words("contact.details.name"), { exact: true });
  await openArea(visitor, customer, "/account/contact");
  // One is unfolded at a time, and what was typed into the others stays.
  await unfold(phone());
  await phone().fill("+351 91");
  await unfold(name());
  await name().fill("");
  await press(visitor, "contact.details.submit");
  await expect(alert).toBeFocused();
  await expect(phone()).toHaveValue("+351 91");
  await name().fill("Somebody Else");
  await chooseFrench(visitor);
  await expect(phone(inFrench)).toHaveValue("+351 91");
  await expect(name(inFrench)).toHaveValue("Somebody Else");
  await page.getByRole("button", { name: "English" }).click();
  await expect(phone()).toHaveValue("+351 91");
  await unfold(name());
  await press(visitor, "contact.details.submit");
  await expect(status).toContainText(say("contact.done.details-saved"));
  await expect(phone()).toHaveValue("+351 91");
  await expect(name()).toHaveValue("Somebody Else");
});
