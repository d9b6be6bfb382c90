import { type Customer, expect, test } from "@/e2e/fixtures";
import { openArea, send } from "@/e2e/pages/own-keys";
import { faults } from "@/e2e/support/axe";
import { ageLastMail, giveAddress, markAddress } from "@/e2e/support/host-database";
import { Inbox } from "@/e2e/support/inbox";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";
import { maskEmail } from "@/lib/typed/mask-email";

/** A customer whose contact e-mail gets nothing any more, and whose further address does. */
async function withFurther({ email }: Customer) {
  const further = `y-${email.replace("@example.com", "@web.example")}`;
  await giveAddress(email, further);
  await markAddress(email, { isTried: true });
  return { inbox: new Inbox(further), shown: maskEmail(further) };
}

const line = ({ main }: Visitor, state: string) => main.locator(`[data-mail-state="${state}"]`);

const buttonTo = ({ main, say }: Visitor, other: string) =>
  main.getByRole("button", { name: say("verify.step.sendThere", { other }), exact: true });

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`${way}: the line of an address that gets nothing has the code sent again to the other one alone`, async ({
    visit,
    customer,
  }) => {
    const { inbox, shown } = await withFurther(customer);
    const visitor = await visit({ javaScriptEnabled });
    const { page, main, login, status, account, verify, say } = visitor;
    await login.signIn(customer);
    await verify.expectOpen();
    const code = await inbox.nextCode();
    await page.reload();
    await expect(line(visitor, "suppressed")).toContainText(maskEmail(customer.email));
    await expect(line(visitor, "accepted")).toContainText(shown);
    if (javaScriptEnabled) expect(await faults(page)).toEqual([]);
    await main.getByLabel(say("verify.trust")).uncheck();
    await ageLastMail(customer.email, 30);
    const before = (await customer.inbox.mails()).length;

    await buttonTo(visitor, shown).click();
    const asked = say("verify.sentAgain", { maskedEmail: shown, time: anything });
    await expect(status).toContainText(like(asked));
    await expect(status).not.toContainText(maskEmail(customer.email));
    expect(await inbox.nextCode()).toBe(code);
    await expect(main.getByLabel(say("verify.trust"))).not.toBeChecked();

    // The page's own button is for all of them, and says so.
    await ageLastMail(customer.email, 30);
    await page.reload();
    await verify.resend.click();
    await expect(status).toContainText(maskEmail(customer.email));
    await expect(status).toContainText(shown);
    expect(await inbox.nextCode()).toBe(code);
    expect(await customer.inbox.mails()).toHaveLength(before);

    await verify.typeCode(code);
    await account.expectSignedIn(customer);
    // Another address is reached, so that not every page says it: the first one and that of addresses do.
    const said = say("common.unreachable.some", { count: 1 });
    await expect(status.filter({ hasText: said })).toContainText(customer.email);
    await page.goto("/account/security/mails");
    await expect(status.filter({ hasText: said })).toHaveCount(0);
    await page.goto("/account/contact");
    await expect(status.filter({ hasText: said })).toContainText(customer.email);
    if (javaScriptEnabled) expect(await faults(page)).toEqual([]);
  });

  test(`${way}: so it is with the code of what widens access`, async ({ visit, customer }) => {
    const { inbox, shown } = await withFurther(customer);
    const visitor = await visit({ ip: customer.home, javaScriptEnabled });
    await openArea(visitor, customer, "/account/security/sessions");
    await send(visitor, "security.browser.trust", {
      "security.browser.password": customer.password,
    });
    await visitor.page.waitForURL("/account/confirm");
    const code = await inbox.nextCode();
    await visitor.page.reload();
    await expect(line(visitor, "suppressed")).toContainText(maskEmail(customer.email));
    await ageLastMail(customer.email, 30);
    const before = (await customer.inbox.mails()).length;
    await buttonTo(visitor, shown).click();
    const asked = visitor.say("verify.sentAgain", { maskedEmail: shown, time: anything });
    await expect(visitor.status).toContainText(like(asked));
    expect(await inbox.nextCode()).toBe(code);
    expect(await customer.inbox.mails()).toHaveLength(before);
  });
}
