import { expect, test } from "vitest";
import { confirmNewAddress, resendNewAddressCode } from "@/lib/cases/request/confirm-new-address";
import { db } from "@/lib/db/client";
import { signUp } from "@/lib/sign-up/sign-up";
import { makeActor } from "@/lib/testing/actors";
import { hoursAfter, later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  applicantOf,
  askAddress,
  caseNow,
  codeFor,
  draftOf,
  kindsTo,
  mailsTo,
  newDraft,
  somewhere,
  startFor,
} from "@/lib/testing/drafts";
import { clientAt, freshAddress, makeAccount, newBrowser, otherCode } from "@/lib/testing/people";

testDatabase();
stoppedClock();

const addressOf = async (id: string) => (await draftOf(id)).address;

test("the code goes to the new address alone, and says nothing of the account", async () => {
  const actor = await makeActor();
  const [id, email] = [await startFor(applicantOf(actor)), freshAddress()];
  expect(await askAddress(id, ` ${email.toUpperCase()} `)).toEqual({ kind: "code-sent", email });
  const [mail] = await mailsTo(email);
  expect(mail).toMatchObject({ kind: "new-address-code", accountId: null, notMeId: null });
  expect(JSON.stringify(mail)).not.toContain(actor.session.account.email);
  expect(await kindsTo(actor.session.account.email)).toEqual([]);
});

test("the right code confirms the address, once and from any network", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await askAddress(id, email);
  const code = await codeFor(id);
  expect(await addressOf(id)).toMatchObject({ kind: "waits", email, attemptsLeft: 3 });
  expect(await confirmNewAddress(id, ` ${code.slice(0, 3)}-${code.slice(3)}`, null)).toEqual({
    kind: "confirmed",
    email,
  });
  expect(await caseNow(id)).toMatchObject({ newEmail: email, newEmailConfirmedAt: start });
  expect(await addressOf(id)).toEqual({ kind: "confirmed", email });
  expect((await confirmNewAddress(id, code, null)).kind).toBe("confirmed");
  expect(await askAddress(id, email)).toEqual({ kind: "confirmed-already", email });
  expect(await kindsTo(email)).toEqual(["new-address-code"]);
});

test("two presses at once confirm once, and count nothing against it", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await askAddress(id, email);
  const code = await codeFor(id);
  const outcomes = await Promise.all([
    confirmNewAddress(id, code, null),
    confirmNewAddress(id, code, null),
  ]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["confirmed", "confirmed"]);
  expect(await db.codeAttempts.count({ where: { subject: `new-address:${email}` } })).toBe(0);
});

test("three wrong codes block that address from that network for an hour, and no other", async () => {
  const [id, email, home] = [await newDraft(), freshAddress(), somewhere()];
  await askAddress(id, email, home);
  const wrong = otherCode(await codeFor(id));
  expect(await confirmNewAddress(id, wrong, null)).toEqual({ kind: "wrong", attemptsLeft: 2 });
  expect(await confirmNewAddress(id, wrong, null)).toEqual({ kind: "wrong", attemptsLeft: 1 });
  expect(await confirmNewAddress(id, wrong, null)).toEqual({ kind: "over" });
  const until = new Date("2026-11-22T13:00:00Z");
  expect(await addressOf(id)).toMatchObject({ kind: "blocked", email, until });
  expect(await confirmNewAddress(id, await codeFor(id), null)).toEqual({ kind: "over" });
  expect(await askAddress(id, email, home)).toMatchObject({
    kind: "blocked",
    until,
    reference: expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{3}$/),
  });
  expect((await askAddress(await newDraft(), email, home)).kind).toBe("blocked");
  expect((await askAddress(id, freshAddress(), home)).kind).toBe("code-sent");
  expect((await askAddress(id, email)).kind).toBe("code-sent");
  later(60);
  expect((await askAddress(id, email, home)).kind).toBe("code-sent");
});

test("guesses at the same moment are counted one by one", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await askAddress(id, email);
  const wrong = otherCode(await codeFor(id));
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => confirmNewAddress(id, wrong, null)),
  );
  expect(outcomes.filter(({ kind }) => kind === "wrong")).toHaveLength(2);
  expect((await addressOf(id)).kind).toBe("blocked");
});

test("what is not six digits costs no attempt", async () => {
  const id = await newDraft();
  await askAddress(id, freshAddress());
  for (const typed of ["", "12345", "abcdef", "1".repeat(5_000)]) {
    expect(await confirmNewAddress(id, typed, null)).toEqual({ kind: "not-a-code" });
  }
  expect(await addressOf(id)).toMatchObject({ attemptsLeft: 3 });
});

test("a code lives ten minutes, and the page says that it has ended, also hours later", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await askAddress(id, email);
  const code = await codeFor(id);
  later(10);
  expect(await confirmNewAddress(id, code, null)).toEqual({ kind: "over" });
  expect(await addressOf(id)).toEqual({ kind: "expired", email, at: hoursAfter(1 / 6) });
  expect(await resendNewAddressCode(id)).toEqual({ kind: "over" });
  later(23 * 60);
  expect(await addressOf(id)).toEqual({ kind: "expired", email, at: null });
});

test("another address replaces the one before, whose code no longer counts", async () => {
  const [id, first, second] = [await newDraft(), freshAddress(), freshAddress()];
  await askAddress(id, first);
  const code = await codeFor(id);
  const shown = await addressOf(id);
  later(1);
  await askAddress(id, second);
  const codeId = shown.kind === "waits" ? shown.codeId : null;
  expect(await confirmNewAddress(id, code, codeId)).toEqual({ kind: "newer-address" });
  expect(await addressOf(id)).toMatchObject({ kind: "waits", email: second });
  await confirmNewAddress(id, await codeFor(id), null);
  later(2);
  await askAddress(id, first);
  expect(await caseNow(id)).toMatchObject({ newEmail: first, newEmailConfirmedAt: null });
});

test("the code of one draft confirms nothing for another", async () => {
  const [mine, theirs, email] = [await newDraft(), await newDraft(), freshAddress()];
  await askAddress(theirs, email);
  const code = await codeFor(theirs);
  expect(await confirmNewAddress(mine, code, null)).toEqual({ kind: "over" });
  await askAddress(mine, email);
  expect((await confirmNewAddress(mine, code, null)).kind).toBe("wrong");
});

test("the same code is sent again after half a minute, three times, to its end", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await askAddress(id, email);
  expect(await resendNewAddressCode(id)).toMatchObject({ kind: "too-early" });
  for (const minute of [1, 2, 3]) {
    later(minute);
    expect(await resendNewAddressCode(id)).toEqual({ kind: "sent", email });
  }
  later(4);
  expect(await resendNewAddressCode(id)).toEqual({
    kind: "too-often",
    from: new Date("2026-11-22T12:10:00Z"),
  });
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(4);
  expect(new Set(mails.map(({ challengeId }) => challengeId)).size).toBe(1);
});

test("a mailbox gets five codes an hour, however many drafts ask", async () => {
  const email = freshAddress();
  for (let asked = 0; asked < 5; asked += 1) {
    later(asked);
    expect((await askAddress(await newDraft(), email)).kind).toBe("code-sent");
  }
  expect(await askAddress(await newDraft(), email)).toEqual({
    kind: "too-often",
    until: new Date("2026-11-22T13:00:00Z"),
  });
  later(60);
  expect((await askAddress(await newDraft(), email)).kind).toBe("code-sent");
});

test("drafts that ask for one mailbox at the same moment mail five codes together", async () => {
  const email = freshAddress();
  const ids = [];
  for (let draft = 0; draft < 8; draft += 1) ids.push(await newDraft());
  const asked = await Promise.all(ids.map((id) => askAddress(id, email)));
  expect(asked.filter(({ kind }) => kind === "code-sent")).toHaveLength(5);
  expect(await mailsTo(email)).toHaveLength(5);
});

test("a draft mails five codes an hour, to however many mailboxes; also at the same moment", async () => {
  const id = await newDraft();
  const asked = await Promise.all(Array.from({ length: 8 }, () => askAddress(id, freshAddress())));
  expect(asked.filter(({ kind }) => kind === "code-sent")).toHaveLength(5);
  expect(asked.filter(({ kind }) => kind === "too-often")).toHaveLength(3);
});

test("one network has ten codes an hour mailed, by whichever drafts and to whichever mailboxes; also at the same moment", async () => {
  const client = clientAt("203.0.113.55");
  const ids = [];
  for (let draft = 0; draft < 12; draft += 1) ids.push(await newDraft());
  const asked = await Promise.all(ids.map((id) => askAddress(id, freshAddress(), client)));
  expect(asked.filter(({ kind }) => kind === "code-sent")).toHaveLength(10);
  const tooOften = { kind: "too-often", until: new Date("2026-11-22T13:00:00Z") };
  expect(asked.filter(({ kind }) => kind !== "code-sent")).toEqual([tooOften, tooOften]);
  const [id, email] = [await newDraft(), freshAddress()];
  expect(await askAddress(id, email, client)).toEqual(tooOften);
  expect(await mailsTo(email)).toEqual([]);
  expect((await caseNow(id)).newEmail).toBeNull();
  expect((await askAddress(id, email)).kind).toBe("code-sent");
  later(60);
  expect((await askAddress(await newDraft(), freshAddress(), client)).kind).toBe("code-sent");
});

test("what mails no code uses up none of the network's", async () => {
  const actor = await makeActor();
  const [id, client] = [await startFor(applicantOf(actor)), clientAt("203.0.113.56")];
  for (let time = 0; time < 11; time += 1) {
    expect((await askAddress(id, actor.session.account.email, client)).kind).toBe("invalid");
    expect((await askAddress(null, freshAddress(), client)).kind).toBe("no-draft");
  }
  expect((await askAddress(id, freshAddress(), client)).kind).toBe("code-sent");
});

test("the account's own address is refused, as it was and as it is; another account's reads like any", async () => {
  const [actor, other] = [await makeActor(), await makeAccount()];
  const { accountId, account } = actor.session;
  const id = await startFor(applicantOf(actor));
  const same = { kind: "invalid", error: "emailSame" };
  expect(await askAddress(id, account.email)).toEqual(same);
  expect(await askAddress(id, other.email)).toEqual({ kind: "code-sent", email: other.email });
  const now = freshAddress();
  await db.account.update({ where: { id: accountId }, data: { email: now } });
  expect(await askAddress(id, now)).toEqual(same);
});

test("who has proven nothing does not learn what the account's address has become since", async () => {
  const account = await makeAccount();
  const id = await startFor({ proof: "nothing" }, account.email);
  const now = freshAddress();
  await db.account.update({ where: { id: account.id }, data: { email: now } });
  expect((await askAddress(id, now)).kind).toBe("code-sent");
  expect(await askAddress(id, account.email)).toEqual({ kind: "invalid", error: "emailSame" });
});

test("a code for a new address signs nobody up and in, and takes nothing from a sign-up's", async () => {
  const [id, email, client] = [await newDraft(), freshAddress(), clientAt("203.0.113.99")];
  await askAddress(id, email, client);
  const wrong = otherCode(await codeFor(id));
  for (let time = 0; time < 3; time += 1) await confirmNewAddress(id, wrong, null);
  const person = { kind: "new", name: "Ines", password: "a long enough passphrase" } as const;
  const common = { locale: "en", browserId: newBrowser(), callbackPath: null } as const;
  const asked = await signUp({ ...common, email, client, earlier: null, person });
  expect(asked.kind).toBe("code-asked");
  expect(await db.account.count({ where: { email } })).toBe(0);
});

test.each(["", "maria", "a@b.", `${"a".repeat(250)}@example.com`])(
  "%j is no address, and nothing is sent",
  async (typed) => {
    const id = await newDraft();
    expect((await askAddress(id, typed)).kind).toBe("invalid");
    expect(await db.challenge.count({ where: { caseId: id } })).toBe(0);
  },
);

test("a draft that lapsed, or none at all, takes neither address nor code", async () => {
  const [id, email] = [await newDraft(), freshAddress()];
  await askAddress(id, email);
  const code = await codeFor(id);
  later(24 * 60);
  for (const draft of [id, null, crypto.randomUUID()]) {
    expect(await askAddress(draft, email)).toEqual({ kind: "no-draft" });
    expect(await confirmNewAddress(draft, code, null)).toEqual({ kind: "no-draft" });
    expect(await resendNewAddressCode(draft)).toEqual({ kind: "no-draft" });
  }
});
