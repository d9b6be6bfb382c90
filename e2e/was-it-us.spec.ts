import { createTransport } from "nodemailer";
import { expect, test } from "@/e2e/fixtures";
import type { TakenMail } from "@/e2e/support/fake-resend";
import { anything, like } from "@/e2e/support/words";

/** The source of a mail as a mailbox shows it. */
async function sourceOf({ from, to, subject, html, text, headers }: TakenMail): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const made = await transport.sendMail({ from, to, subject, html, text, headers });
  return made.message.toString();
}

const referenceIn = ({ text }: TakenMail) =>
  /[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{4}/.exec(text)?.[0] ?? "";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";

  test(`${how} scripts: a mail's own link leads to where its source is known, and its reference alone is not enough`, async ({
    visit,
    customer,
  }) => {
    const visitor = await visit({ javaScriptEnabled });
    const { page, main, login, verify, status, alert, say } = visitor;
    await login.signIn(customer);
    await verify.expectOpen();
    const mail = await customer.inbox.nextCodeMail();
    const address = /^https?:\S+\/help\/was-it-us$/m.exec(mail.text)?.[0] ?? "";
    await page.goto(new URL(address).pathname);
    const reference = main.getByLabel(say("wasItUs.reference"), { exact: true });
    const source = main.getByLabel(say("wasItUs.source"), { exact: true });
    const check = main.getByRole("button", { name: say("wasItUs.submit"), exact: true });

    await reference.fill(referenceIn(mail).toLowerCase());
    await check.click();
    await expect(status).toContainText(like(say("wasItUs.known.title", { time: anything })));
    await expect(status).toContainText(say("wasItUs.known.text"));
    await expect(status).not.toContainText(customer.email);

    await source.fill(await sourceOf(mail));
    await check.click();
    await expect(status).toContainText(like(say("wasItUs.ours.title", { time: anything })));
    // What was pasted is not there again.
    await expect(source).toHaveValue("");

    const other = mail.text.replace(mail.code, mail.code === "271828" ? "314159" : "271828");
    await source.fill(await sourceOf({ ...mail, text: other }));
    await check.click();
    await expect(alert).toContainText(say("wasItUs.changed.title"));
    await expect(main.getByText(say("wasItUs.now.links"))).toBeVisible();

    await source.fill("Dear customer");
    await reference.fill(referenceIn(mail));
    await check.click();
    await expect(alert).toContainText(say("wasItUs.errors.sourceNone"));
    await expect(reference).toHaveValue(referenceIn(mail));
    await expect(source).toHaveValue("");
  });
}

test("a reference that nobody was ever sent, and one that is none", async ({ visit }) => {
  const { page, main, alert, say } = await visit({ language: "pt" });
  await page.goto("/help");
  await main.getByRole("link", { name: say("wasItUs.link"), exact: true }).click();
  const reference = main.getByLabel(say("wasItUs.reference"), { exact: true });
  const check = main.getByRole("button", { name: say("wasItUs.submit"), exact: true });
  await reference.fill("A9KS4-QJSAP-XP67");
  await check.click();
  await expect(alert).toContainText(say("wasItUs.unknown.title"));
  await expect(alert).toContainText(say("wasItUs.unknown.text", { days: 30 }));
  await reference.fill("A9KS4-QJSAP-XP76");
  await check.click();
  await expect(alert).toContainText(
    say("wasItUs.errors.mailReferenceMalformed", { example: "A9KS4-QJSAP-XP67" }),
  );
  await expect(reference).toHaveValue("A9KS4-QJSAP-XP76");
});
