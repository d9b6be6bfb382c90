import { beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { checkPassword } from "@/lib/password/check-password";
import { hashPassword } from "@/lib/password/password-hash";
import { signIn } from "@/lib/sign-in/sign-in";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount, newBrowser, passwordProof } from "@/lib/testing/people";

// A real hash costs 20 ms; these tests are about what is counted before and after it.
vi.mock("@/lib/password/password-hash", () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  isPassword: async (hash: string | null, password: string) => hash === `hash of ${password}`,
}));

testDatabase();

const LIMIT = 20;
const right = "a long enough passphrase";
let next = 0;
const somewhere = () => clientAt(`10.7.${Math.floor(next / 250)}.${(next++ % 250) + 1}`);

async function someone(trusted: string[] = []) {
  return makeAccount({ trusted, passwordHash: await hashPassword(right) });
}

async function guess(email: string, times: number, client = somewhere(), browser = newBrowser()) {
  const kinds: string[] = [];
  for (let time = 0; time < times; time += 1) {
    kinds.push((await checkPassword(email, "wrong", client, browser)).kind);
  }
  return kinds;
}

let email: string;
beforeEach(async () => {
  email = (await someone()).email;
});

test("the 21st wrong password from one network waits, for whichever account", async () => {
  const client = somewhere();
  expect(await guess(email, LIMIT, client)).not.toContain("too-many");
  const other = await someone();
  expect((await checkPassword(other.email, right, client, newBrowser())).kind).toBe("too-many");
  expect((await checkPassword(other.email, right, somewhere(), newBrowser())).kind).toBe("right");
});

test("the 21st wrong password for one account waits from every untrusted network", async () => {
  for (let time = 0; time < LIMIT; time += 1) await guess(email, 1);
  expect(await checkPassword(email, right, somewhere(), newBrowser())).toMatchObject({
    kind: "too-many",
    until: expect.any(Date),
  });
});

test("an address without an account is counted and answered like one with", async () => {
  const unknown = "nobody-at-all@example.com";
  const kinds = [];
  for (let time = 0; time < LIMIT + 1; time += 1) kinds.push(...(await guess(unknown, 1)));
  expect(kinds).toEqual([...Array(LIMIT).fill("wrong"), "too-many"]);
});

test("a stranger's wrong passwords never keep a customer out of a trusted place", async () => {
  const home = somewhere();
  const customer = await someone([home.ip ?? ""]);
  for (let time = 0; time < LIMIT + 5; time += 1) await guess(customer.email, 1);
  expect((await checkPassword(customer.email, right, home, newBrowser())).kind).toBe("right");
});

test("from a trusted place only wrong passwords for that account from there count", async () => {
  const home = somewhere();
  const customer = await someone([home.ip ?? ""]);
  await guess(email, LIMIT, home);
  expect(await guess(customer.email, LIMIT, home)).not.toContain("too-many");
  expect((await checkPassword(customer.email, right, home, newBrowser())).kind).toBe("too-many");
});

test("a browser that signed in to this account before has a count of its own", async () => {
  const home = somewhere();
  const customer = await someone([home.ip ?? ""]);
  const browser = newBrowser();
  const callbackPath = null;
  await signIn({
    accountId: customer.id,
    proof: await passwordProof(customer.id),
    client: home,
    browserId: browser,
    callbackPath,
    earlier: null,
  });
  await guess(customer.email, LIMIT, home);
  const away = somewhere();
  await guess(email, LIMIT, away);
  expect((await checkPassword(customer.email, right, home, browser)).kind).toBe("right");
  expect((await checkPassword(customer.email, right, away, browser)).kind).toBe("right");
  expect((await checkPassword(email, right, away, browser)).kind).toBe("too-many");
});

test("a right password is not counted", async () => {
  const client = somewhere();
  for (let time = 0; time < LIMIT + 5; time += 1) {
    expect((await checkPassword(email, right, client, newBrowser())).kind).toBe("right");
  }
});

test("40 wrong passwords at the same moment are looked at 20 times", async () => {
  const client = somewhere();
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () => checkPassword(email, "wrong", client, newBrowser())),
  );
  expect(outcomes.filter((outcome) => outcome.kind === "wrong")).toHaveLength(LIMIT);
});

test("neither a password nor a typed address stands in the counts", async () => {
  await guess("typed-into-the-wrong-field", 1);
  const rows = await db.rateWindow.findMany();
  expect(JSON.stringify(rows)).not.toMatch(/typed-into|@example|wrong/);
});
