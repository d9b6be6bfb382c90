import { expect, test } from "@/e2e/fixtures";
import { mailIsNotTaken } from "@/e2e/support/announced";
import { startFakeResend } from "@/e2e/support/fake-resend";
import { Inbox } from "@/e2e/support/inbox";
import { mailThrough } from "@/e2e/support/mail-settings";
import { signUpAt } from "@/e2e/support/own-installation";
import { leadsTo } from "@/e2e/support/plain-browser";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { startInstallation } from "@/lib/testing/installation";

test.describe.configure({ mode: "default", timeout: 120_000 });

test("while no mail leaves, /verify says so at each load; once it has left, without one", async ({
  person,
  browser,
}) => {
  const resend = await startFakeResend();
  const dataDir = makeTestDirectory("portaria-code-mails-");
  resend.fail("500");
  const server = await startInstallation("code-mails", {
    ...mailThrough(resend.url),
    DATA_DIR: dataDir,
  });
  server.mayLog(...mailIsNotTaken);
  try {
    const { context, page } = await signUpAt(server, browser, person);
    const mail = page.locator("[data-mail-state]");
    await expect(mail).toHaveAttribute("data-mail-state", "queued");
    // The words follow the row without a load, and what is being typed stays.
    await page.getByLabel("Verification code").fill("12");
    await expect(mail).toContainText("has not left yet", { timeout: 30_000 });
    await expect(page.locator("main")).not.toContainText("Our mail service has had");
    await page.reload();
    await expect(mail).toHaveAttribute("data-mail-state", "queued");
    await expect(page.locator("main")).not.toContainText("Our mail service has had");
    await page.getByLabel("Verification code").fill("12");
    // A look that fails because the line is gone takes nothing away either.
    const failed = page.waitForEvent("requestfailed");
    await context.setOffline(true);
    await failed;
    await context.setOffline(false);
    await page.waitForEvent("requestfinished");
    await expect(page.getByLabel("Verification code")).toHaveValue("12");
    resend.fail("none");
    await expect(mail).toHaveAttribute("data-mail-state", "accepted", { timeout: 60_000 });
    await expect(mail).toContainText("Our mail service has had the code");
    await expect(page.getByLabel("Verification code")).toHaveValue("12");
    expect(resend.mails(person.email)).toHaveLength(1);
    await page.reload();
    await expect(mail).toHaveAttribute("data-mail-state", "accepted");
    await context.close();
  } finally {
    await resend.close();
    await server.stop();
    await removeTestDirectory(dataDir);
  }
});

test("an address in other letters signs up as typed, and signs in as browsers send it", async ({
  person,
  visitPlainly,
  addresses,
}) => {
  const local = `r&d-${person.email.split("@")[0]}`;
  const { name, password } = person;
  const ip = addresses.ip();
  const visitor = await visitPlainly({ ip });
  const form = { name, email: ` ${local}@почта.рф `, password };
  expect(leadsTo(await visitor.send("/signup", "name", form))).toBe("/verify");
  const stored = `${local}@xn--80a1acny.xn--p1ai`.toLowerCase();
  const inbox = new Inbox(stored);
  expect(leadsTo(await visitor.typeCode(await inbox.nextCode()))).toBe("/account");
  expect(await inbox.codesUnread()).toBe(0);
  expect(await (await visitor.http.get("/account")).text()).toContain(
    `${local}@почта.рф`.replace("&", "&amp;"),
  );
  for (const email of [
    stored,
    `${local}@ПОЧТА.рф`,
    `mailto:${local.replace("&", "%26")}@почта.рф`,
  ]) {
    const again = await visitPlainly({ ip });
    expect(leadsTo(await again.signIn({ email, password }))).toBe("/account");
  }
});
