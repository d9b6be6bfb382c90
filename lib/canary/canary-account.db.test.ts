import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeCanary, openCanary } from "@/lib/canary/canary-store";
import { codeInMail } from "@/lib/canary/rules/mailed-code";
import { formWith } from "@/lib/canary/rules/page-form";
import { findAccountId } from "@/lib/cases/request/draft-store";
import {
  arrivalIp,
  CANARY_NETWORK,
  newCanaryAddress,
  sealArrival,
} from "@/lib/client/canary-arrival";
import { makeClient } from "@/lib/client/client";
import { findRoleOf } from "@/lib/colleagues/store";
import { db } from "@/lib/db/client";
import { database, inTransaction } from "@/lib/db/transaction";
import { hashPassword } from "@/lib/password/password-hash";
import { storePassword } from "@/lib/recovery/store";
import { signIn } from "@/lib/sign-in/sign-in";
import { checkSignInPassword } from "@/lib/sign-in/sign-in-password";
import { findCustomer } from "@/lib/support/customer-store";
import { findByEmail } from "@/lib/support/search-store";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount, newBrowser } from "@/lib/testing/people";

testDatabase();

const EMAIL = "canary@example.com";
const PASSWORD = "a password of one run";
let id: string;

beforeEach(async () => {
  await db.account.deleteMany();
  const made = { email: EMAIL, name: "Canary", passwordHash: await hashPassword(PASSWORD) };
  await openCanary({ ...made, now: new Date() });
  id = (await db.account.findFirstOrThrow()).id;
});
afterEach(() => {
  vi.useRealTimers();
});

const from = (ip: string | null) =>
  checkSignInPassword(
    { email: EMAIL, password: PASSWORD },
    { client: makeClient({ ip, userAgent: "test" }), browserId: newBrowser() },
  );

test("its right password is right from its job's network alone; else it is wrong as any other", async () => {
  expect((await from(newCanaryAddress())).kind).toBe("right");
  for (const ip of ["203.0.113.5", "2001:db8:cb::1", null]) {
    expect(await from(ip)).toEqual({ kind: "wrong", saidUntil: null });
  }
});

test("a customer's password is right from wherever they are", async () => {
  const passwordHash = await hashPassword(PASSWORD);
  const { email } = await makeAccount({ passwordHash });
  const asking = { client: clientAt("203.0.113.5"), browserId: newBrowser() };
  expect((await checkSignInPassword({ email, password: PASSWORD }, asking)).kind).toBe("right");
});

test("between its runs no password opens it", async () => {
  await closeCanary(EMAIL, new Date());
  expect((await from(newCanaryAddress())).kind).toBe("wrong");
});

test("only who has AUTH_SECRET may say that a request comes from its network, and only for minutes", () => {
  const own = newCanaryAddress();
  const signed = sealArrival(own);
  expect(arrivalIp("203.0.113.5", signed)).toBe(own);
  expect(arrivalIp("203.0.113.5", undefined)).toBe("203.0.113.5");
  expect(arrivalIp("203.0.113.5", `${signed.slice(0, -3)}abc`)).toBe("203.0.113.5");
  expect(arrivalIp("203.0.113.5", sealArrival("198.51.100.7"))).toBe("203.0.113.5");
  expect(arrivalIp("203.0.113.5", [signed, signed])).toBe("203.0.113.5");
  expect(arrivalIp(own, undefined)).toBeNull();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(Date.now() + 16 * 60_000);
  expect(arrivalIp("203.0.113.5", signed)).toBe("203.0.113.5");
});

test("each of its addresses is in its network, as mails write it", async () => {
  for (let count = 0; count < 50; count += 1) {
    const ip = newCanaryAddress();
    const [row] = await db.$queryRaw<{ inside: boolean; text: string }[]>`
      SELECT ${ip}::inet <<= ${CANARY_NETWORK}::inet AS inside, host(${ip}::inet) AS text`;
    expect(row).toEqual({ inside: true, text: ip });
  }
});

const open = async () => {
  const { passwordHash } = await db.account.findUniqueOrThrow({ where: { id } });
  await closeCanary(EMAIL, new Date());
  await openCanary({
    email: EMAIL,
    name: "Canary",
    passwordHash: passwordHash ?? "",
    now: new Date(),
  });
};

/** As far as the code: what its job is answered to its password. */
async function signsIn(): Promise<string> {
  const client = makeClient({ ip: newCanaryAddress(), userAgent: "test" });
  const browserId = newBrowser();
  const checked = await checkSignInPassword(
    { email: EMAIL, password: PASSWORD },
    { client, browserId },
  );
  if (checked.kind !== "right") return checked.kind;
  const { accountId, proof } = checked;
  const request = { accountId, proof, client, browserId, callbackPath: null, earlier: null };
  return (await signIn(request)).kind;
}

test("after any number of runs whose mail did not come the next is asked for a code as ever", async () => {
  for (let failed = 0; failed < 21; failed += 1) {
    expect(await signsIn()).toBe("code-asked");
    await open();
  }
  expect(await signsIn()).toBe("code-asked");
});

test("however many wrong passwords somebody tried for it, and whoever took it off, the next run's is right", async () => {
  for (let tried = 0; tried < 25; tried += 1) {
    const client = clientAt(`203.0.113.${tried}`);
    const guess = { email: EMAIL, password: "a guess" };
    await checkSignInPassword(guess, { client, browserId: newBrowser() });
  }
  expect(await signsIn()).toBe("too-many");
  await db.account.update({
    where: { id },
    data: { passwordOffAt: new Date(), passwordOffBecause: "not-me" },
  });
  await open();
  expect(await signsIn()).toBe("code-asked");
});

test("a customer's new password empties the same counts", async () => {
  const account = await makeAccount({ passwordHash: await hashPassword("an old passphrase") });
  const asking = () => ({ client: clientAt("203.0.113.9"), browserId: newBrowser() });
  for (let tried = 0; tried < 20; tried += 1) {
    const client = clientAt(`203.0.114.${tried}`);
    const guess = { email: account.email, password: "a guess" };
    await checkSignInPassword(guess, { client, browserId: newBrowser() });
  }
  const { email } = account;
  const right = { email, password: PASSWORD };
  expect((await checkSignInPassword(right, asking())).kind).toBe("too-many");
  const passwordHash = await hashPassword(PASSWORD);
  await inTransaction((tx) => storePassword(tx, account, { passwordHash, now: new Date() }));
  expect((await checkSignInPassword(right, asking())).kind).toBe("right");
});

test("no case is about it, no search finds it, and support opens no page of it", async () => {
  expect(await findAccountId(database, EMAIL)).toBeNull();
  expect(await findByEmail(database, EMAIL, 5)).toEqual([]);
  expect(await findCustomer(database, id)).toBeNull();
  expect(await findRoleOf(database, { email: EMAIL })).toBeNull();
  const customer = await makeAccount();
  expect(await findAccountId(database, customer.email)).toBe(customer.id);
  expect(await findByEmail(database, customer.email, 5)).toHaveLength(1);
  expect(await findCustomer(database, customer.id)).not.toBeNull();
});

test.each([
  [
    "the code alone on its line, with the address",
    "Hello\r\n\r\n123456\r\n\r\nIP: 2001:db8:ca:1::2\r\n",
    "123456",
  ],
  ["another address", "Hello\n\n123456\n\nIP: 2001:db8:ca:1::3\n", null],
  ["an address that begins alike", "123456\nIP: 2001:db8:ca:1::22\n", null],
  ["no code", "Hello\n\nIP: 2001:db8:ca:1::2\n", null],
  ["a code within words", "the code 123456 is\nIP: 2001:db8:ca:1::2\n", null],
])("in a mail: %s", (_, text, code) => {
  expect(codeInMail(text, "2001:db8:ca:1::2")).toBe(code);
});

test("a form is known by its field, with what its page put into it", () => {
  const html = `<form action="/language?"><input type="hidden" name="a" value="1"/></form>
    <form id="x" action="?" method="post" encType="multipart/form-data"><input type="hidden" name="$ACTION_ID_x"/><input value="&quot;&amp;" type="hidden" name="loaded"/>
    <input name="password" type="password"/></form>`;
  expect(formWith(html, "password")).toEqual({
    action: "?",
    isMultipart: true,
    hidden: [
      ["$ACTION_ID_x", ""],
      ["loaded", '"&'],
    ],
  });
  expect(formWith(html, "code")).toBeNull();
});
