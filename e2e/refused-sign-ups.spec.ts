import { expect, test } from "@/e2e/fixtures";
import { otherThan } from "@/e2e/support/inbox";
import { subjectOf } from "@/e2e/support/mail-subject";
import { anything, like } from "@/e2e/support/words";

const countdown = /about \d+ minutes left/;

/** What a page says, less what differs between any two sign-ups. */
const withoutTimes = (words: string) =>
  words.replace(/\d\d:\d\d(:\d\d)?/g, "time").replace(/198\.[\d.]+/g, "ip");

test("signing up with an address that has an account looks like any other sign-up", async ({
  visit,
  person,
  customer,
}) => {
  const seen: string[] = [];
  for (const { email } of [person, customer]) {
    const { signUp, verify, alert, main, say, page } = await visit();
    await signUp.signUp({ ...person, email });
    await verify.expectOpen();
    for (const left of [2, 1]) {
      await verify.typeCode("271828");
      await expect(alert).toContainText(
        like(say("verify.errors.codeWrongSignUp", { left, blockDuration: anything })),
      );
    }
    // The countdown is the last thing to appear.
    await expect(main).toContainText(countdown);
    const shown = withoutTimes(await main.innerText()).replace(countdown, "countdown");
    seen.push(shown.replaceAll(email, "address"));
    await verify.typeCode("271828");
    await expect(page).toHaveURL("/login");
    const said = withoutTimes(await alert.innerText()).replace(/\S•••@\S•••\S+/, "address");
    seen.push(said.replace(/[A-Z0-9]{4}-[A-Z0-9]{3}/, "reference"));
  }
  const [strangersPage, strangersBlock, ownersPage, ownersBlock] = seen;
  expect(ownersPage).toBe(strangersPage);
  expect(ownersBlock).toBe(strangersBlock);
});

test("the owner of the address is notified, at most once a day, and gets no code", async ({
  visit,
  person,
  customer,
}) => {
  for (const stranger of [await visit(), await visit()]) {
    await stranger.signUp.signUp({ ...person, email: customer.email.toUpperCase() });
    await stranger.verify.expectOpen();
  }
  await customer.inbox.mail(subjectOf("already-have-account"));
  const visitor = await visit();
  await visitor.login.signIn(customer);
  await customer.inbox.nextCode();
  const subjects = (await customer.inbox.mails()).map((mail) => mail.subject.replace(/\d{6}/, ""));
  expect(subjects).toEqual([
    subjectOf("sign-up-code"),
    subjectOf("already-have-account"),
    subjectOf("sign-in-code"),
  ]);
});

test("no account exists before the code is right", async ({ visit, person }) => {
  const { login, alert, say, signUp, verify } = await visit();
  await signUp.signUp(person);
  await verify.expectOpen();
  await person.inbox.nextCode();
  await login.signIn(person);
  await expect(alert).toContainText(say("login.errors.wrongCredentials"));
});

test("three wrong codes block that address from that network, and a new sign-up too", async ({
  visit,
  person,
  addresses,
}) => {
  const visitor = await visit();
  const { page, signUp, verify, alert, say, account } = visitor;
  await signUp.signUp(person);
  const wrong = otherThan(await person.inbox.nextCode());
  for (const left of [2, 1]) {
    await verify.typeCode(wrong);
    await verify.expectAttemptsLeft(left);
  }
  await verify.typeCode(wrong);
  await expect(page).toHaveURL("/login");
  await visitor.forgetNotices();
  await signUp.signUp(person);
  await expect(alert).toContainText(like(say("signup.blocked.title", { time: anything })));
  await expect(page).toHaveURL("/signup");
  await expect(alert.getByRole("time").first()).toHaveAttribute("datetime", /Z$/);
  await expect(alert).toContainText(/[A-Z0-9]{4}-[A-Z0-9]{3}/);

  await visitor.moveTo(addresses.ip());
  await visitor.forgetNotices();
  await signUp.signUp(person);
  await verify.typeCode(await person.inbox.nextCode());
  await account.expectSignedIn(person);
});

const valid = { name: "Ines Castro", email: "ines@example.com", password: "four unrelated words" };

const mistakes = [
  { field: "name", value: "", error: "nameMissing" },
  { field: "name", value: "n".repeat(101), error: "nameTooLong", values: { max: 100 } },
  { field: "name", value: "Visit www.evil.example", error: "nameIsUrl" },
  { field: "email", value: "", error: "emailMissing" },
  { field: "email", value: "ines.example.com", error: "emailInvalid" },
  {
    field: "email",
    value: `${"i".repeat(250)}@b.com`,
    error: "emailTooLong",
    values: { max: 254, maxLocal: 64 },
  },
  { field: "password", value: "", error: "passwordMissing" },
  { field: "password", value: "short", error: "passwordTooShort", values: { min: 8 } },
  { field: "password", value: "p".repeat(129), error: "passwordTooLong", values: { max: 128 } },
  { field: "password", value: "Password123", error: "passwordCommon" },
  { field: "password", value: "INES@example.com", error: "passwordIsEmail" },
  { field: "password", value: "ines castro", error: "passwordIsName" },
] as const;

for (const wrong of ["name", "email", "password"] as const) {
  test(`the sign-up form says what is wrong with the ${wrong}, and keeps the rest`, async ({
    visit,
  }) => {
    const { page, signUp, alert, say } = await visit();
    for (const { value, error, ...rest } of mistakes.filter(({ field }) => field === wrong)) {
      await test.step(error, async () => {
        const typed = { ...valid, [wrong]: value };
        await signUp.signUp(typed);
        const message = say(`signup.errors.${error}`, "values" in rest ? rest.values : {});
        await expect(alert.getByRole("link")).toHaveText([message]);
        await expect(page).toHaveURL("/signup");
        await expect(signUp[wrong]).toHaveAccessibleDescription(like(message));
        await expect(signUp[wrong]).toHaveAttribute("aria-invalid", "true");
        await expect(signUp.name).toHaveValue(typed.name);
        await expect(signUp.email).toHaveValue(typed.email);
        await expect(signUp.password).toHaveValue("");
      });
    }
    await alert.getByRole("link").click();
    await expect(signUp[wrong]).toBeFocused();
  });
}

test("SIGNUPS_PER_HOUR: the eleventh sign-up from a network waits, from another not", async ({
  visit,
  visitPlainly,
  person,
  addresses,
}) => {
  const ip = addresses.ip();
  const { name, password } = person;
  const many = await visitPlainly({ ip });
  for (let number = 1; number <= 10; number++) {
    const email = `${"x".repeat(number)}.${person.email}`;
    const answer = await many.send("/signup", "name", { name, email, password });
    expect(answer.headers().location).toBe("/verify");
  }
  const { page, signUp, alert, say } = await visit({ ip });
  await signUp.signUp(person);
  await expect(page).toHaveURL("/signup");
  await expect(alert).toContainText(like(say("signup.errors.tooManySignups", { time: anything })));
  const elsewhere = await visit();
  await elsewhere.signUp.signUp(person);
  await elsewhere.verify.expectOpen();
});
