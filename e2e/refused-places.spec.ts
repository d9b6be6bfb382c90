import { type Customer, expect, test } from "@/e2e/fixtures";
import { otherThan } from "@/e2e/support/inbox";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";
import type { Visitor } from "@/e2e/visitor";

async function getBlocked({ login, verify, page }: Visitor, customer: Customer): Promise<void> {
  await login.signIn(customer);
  const wrong = otherThan(await customer.inbox.nextCode());
  for (const left of [2, 1]) {
    await verify.typeCode(wrong);
    await verify.expectAttemptsLeft(left);
  }
  await verify.typeCode(wrong);
  await expect(page).toHaveURL("/login");
}

const endAndReference = async ({ alert }: Visitor) => ({
  end: await alert.getByRole("time").first().getAttribute("datetime"),
  reference: /[A-Z0-9]{4}-[A-Z0-9]{3}/.exec((await alert.textContent()) ?? "")?.[0],
});

test("S3: a new browser at a known place gets in, and the customer is notified", async ({
  visit,
  customer,
}) => {
  const [first, second] = [await visit({ ip: customer.home }), await visit({ ip: customer.home })];
  await first.login.signIn(customer);
  await first.account.expectSignedIn(customer);
  const mail = await customer.inbox.mail(subjectOf("new-browser"));
  expect(mail.text).toContain(customer.home);

  await first.account.signOut.click();
  await first.login.fillIn(customer);
  await first.account.expectSignedIn(customer);
  await second.login.signIn(customer);
  await second.account.expectSignedIn(customer);
  // The browser that came back was known: with the second one's there are two mails, not three.
  await expect.poll(() => customer.inbox.count(subjectOf("new-browser"))).toBe(2);
  const stranger = await visit();
  await stranger.login.signIn(customer);
  await customer.inbox.nextCode();
  expect(await customer.inbox.count(subjectOf("new-browser"))).toBe(2);
});

test("S5: a block holds with the same end, however often the right password comes", async ({
  visit,
  customer,
}) => {
  const visitor = await visit();
  await getBlocked(visitor, customer);
  const block = await endAndReference(visitor);
  expect(block.end).not.toBeNull();
  expect(block.reference).toBeDefined();
  const sameNetwork = await visit({ ip: visitor.ip });
  for (const again of [visitor, sameNetwork]) {
    await again.forgetNotices();
    await again.login.signIn(customer);
    await expect(again.page).toHaveURL("/login");
    await expect(again.alert).toContainText(
      like(again.say("login.blocked.title", { time: anything })),
    );
    expect(await endAndReference(again)).toEqual(block);
  }
  expect(await customer.inbox.count(subjectOf("sign-in-blocked"))).toBe(1);
});

test("S4 and rule 7: a block touches that account from that network and nothing else", async ({
  visit,
  customer,
  makeCustomer,
}) => {
  const blocked = await visit();
  await getBlocked(blocked, customer);

  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);

  const elsewhere = await visit();
  await elsewhere.login.signIn(customer);
  await elsewhere.verify.expectOpen();
  await elsewhere.verify.expectAttemptsLeft(3);
  await elsewhere.verify.typeCode(await customer.inbox.nextCode());
  await elsewhere.account.expectSignedIn(customer);

  const neighbour = await makeCustomer();
  const sameNetwork = await visit({ ip: blocked.ip });
  await sameNetwork.login.signIn(neighbour);
  await sameNetwork.verify.expectOpen();
});

test("S7: after five codes in an hour new networks wait, known ones do not, one mail says so", async ({
  visit,
  visitPlainly,
  customer,
}) => {
  for (let sent = 0; sent < 5; sent++) {
    await (await visitPlainly()).signIn(customer);
    await customer.inbox.nextCode();
  }
  for (const stranger of [await visit(), await visit()]) {
    const { login, page, alert, say } = stranger;
    await login.signIn(customer);
    await expect(page).toHaveURL("/login");
    await expect(alert).toContainText(like(say("login.codesUsedUp.title", { time: anything })));
    await expect(alert.getByRole("time").first()).toHaveAttribute("datetime", /Z$/);
  }
  await customer.inbox.mail(subjectOf("someone-knows-your-password"));
  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);
  await customer.inbox.mail(subjectOf("new-browser"));
  expect(await customer.inbox.count(subjectOf("someone-knows-your-password"))).toBe(1);
});

test("a wrong password and an unknown account read the same", async ({
  visit,
  customer,
  person,
}) => {
  const seen: string[] = [];
  for (const email of [customer.email, person.email]) {
    const { page, login, alert, main, say } = await visit();
    await login.signIn({ email, password: "wrong, whoever it is" });
    await expect(page).toHaveURL("/login");
    await expect(alert).toContainText(say("login.errors.wrongCredentials"));
    await expect(login.email).toHaveValue(email);
    await expect(login.password).toHaveValue("");
    seen.push(await main.innerText());
  }
  expect(seen[0]).toBe(seen[1]);
  expect(await customer.inbox.mails()).toHaveLength(1);
});

test("too many wrong passwords: the network waits even with the right one, home does not", async ({
  visit,
  visitPlainly,
  customer,
  person,
  addresses,
}) => {
  const ip = addresses.ip();
  const guesser = await visitPlainly({ ip });
  for (let guess = 0; guess < 20; guess++) {
    const email = guess % 2 === 0 ? person.email : customer.email;
    await guesser.signIn({ email, password: `guess number ${guess}` });
  }
  const seen: string[] = [];
  for (const email of [person.email, customer.email]) {
    const { login, alert, say, page } = await visit({ ip });
    await login.signIn({ email, password: customer.password });
    await expect(page).toHaveURL("/login");
    await expect(alert).toContainText(
      like(say("login.errors.tooManyAttempts", { time: anything })),
    );
    seen.push((await alert.innerText()).replace(/\d\d:\d\d/g, "time"));
  }
  expect(seen[0]).toBe(seen[1]);
  const atHome = await visit({ ip: customer.home });
  await atHome.login.signIn(customer);
  await atHome.account.expectSignedIn(customer);
});

test("sign-in form errors name the field and keep what was typed", async ({ visit }) => {
  const { login, alert, say, page } = await visit();
  await login.open();
  await login.submit.click();
  await expect(alert).toContainText(say("login.errors.emailMissing"));
  await expect(alert).toContainText(say("login.errors.passwordMissing"));
  await alert.getByRole("link", { name: say("login.errors.passwordMissing") }).click();
  await expect(login.password).toBeFocused();
  await login.fillIn({ email: "maria at home", password: "something long" });
  await expect(page).toHaveURL("/login");
  await expect(alert).toContainText(say("login.errors.emailInvalid"));
  await expect(login.email).toHaveValue("maria at home");
  await expect(login.email).toHaveAccessibleDescription(like(say("login.errors.emailInvalid")));
});

test("an alert is something that went wrong, and there is never a second one", async ({
  visit,
  customer,
}) => {
  const { page, login, verify } = await visit();
  await login.signIn(customer);
  await verify.expectOpen();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await verify.typeCode(otherThan(await customer.inbox.nextCode()));
  await verify.expectAttemptsLeft(2);
  await expect(page.getByRole("alert")).toHaveCount(1);
});
