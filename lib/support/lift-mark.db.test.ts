import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { resetEnvironment } from "@/lib/env/env";
import { markAddress } from "@/lib/mail/fate/report-store";
import { liftMark } from "@/lib/support/lift-mark";
import { testDatabase } from "@/lib/testing/database";
import { expectLogged } from "@/lib/testing/logged";
import { makeScene, requestOf, type Scene } from "@/lib/testing/support-scene";

testDatabase();

let fake: FakeResend;

beforeAll(async () => {
  fake = await startFakeResend();
});
afterAll(async () => {
  leaveResend();
  await fake.close();
});
beforeEach(() => {
  leaveResend();
  fake.answerOthersWith(() => null);
});

function leaveResend() {
  delete process.env.RESEND_BASE_URL;
  delete process.env.RESEND_API_KEY;
  process.env.EMAIL_TRANSPORT = "mailbox";
  resetEnvironment();
}

function mailByResend() {
  process.env.RESEND_BASE_URL = fake.url;
  process.env.RESEND_API_KEY = "re_of_a_test";
  process.env.EMAIL_TRANSPORT = "resend";
  resetEnvironment();
}

const mark = (address: string, at = new Date()) =>
  inTransaction((tx) =>
    markAddress(tx, {
      address,
      because: "bounced",
      status: "5.1.1",
      words: "no such user",
      mailId: null,
      at,
    }),
  );

const stands = async (address: string) => {
  const found = await db.markedAddress.findUnique({ where: { address: address.toLowerCase() } });
  return found !== null && found.liftedAt === null;
};

const lift = (scene: Scene, which = "contact") => liftMark({ ...requestOf(scene), which });

test("the mark of the contact e-mail and of a further address is lifted, each alone", async () => {
  const scene = await makeScene();
  const { account, further, customerId } = scene;
  await mark(account.email);
  await mark(further);
  expect(await lift(scene)).toEqual({ kind: "lifted" });
  expect([await stands(account.email), await stands(further)]).toEqual([false, true]);
  const { id } = await db.furtherAddress.findFirstOrThrow({ where: { accountId: customerId } });
  expect(await lift(scene, id)).toEqual({ kind: "lifted" });
  expect(await stands(further)).toBe(false);
});

test.each(["contact", "", "x", "00000000-0000-4000-8000-000000000000"])(
  "there is nothing to lift at %j, and nothing is recorded",
  async (which) => {
    const scene = await makeScene();
    const others = await makeScene();
    await mark(others.account.email);
    expect(await lift(scene, which)).toEqual({ kind: "not-marked" });
    expect(await db.auditEntry.count({ where: { subjectId: scene.customerId } })).toBe(0);
    expect(await stands(others.account.email)).toBe(true);
  },
);

test.each([
  ["takes it off its list", null, "lifted"],
  [
    "has no such entry",
    { status: 404, body: { statusCode: 404, name: "not_found", message: "" } },
    "lifted",
  ],
  [
    "fails",
    { status: 500, body: { statusCode: 500, name: "application_error", message: "" } },
    "lifted-here",
  ],
  [
    "says that it did not",
    { status: 200, body: { object: "suppression", deleted: false } },
    "lifted-here",
  ],
  ["answers with no JSON", { status: 200, body: "<html>" }, "lifted-here"],
  ["is away", "cut" as const, "lifted-here"],
  ["hangs", "hang" as const, "lifted-here"],
])(
  "where Resend %s, that is said: %o",
  async (_, answer, kind) => {
    mailByResend();
    if (kind === "lifted-here") expectLogged(/Resend did not take an address off its suppressions/);
    const scene = await makeScene();
    await mark(scene.account.email);
    fake.answerOthersWith(() => answer);
    expect(await lift(scene)).toEqual({ kind });
    expect(fake.others().at(-1)).toBe(`DELETE /suppressions/${scene.account.email}`);
    expect(await stands(scene.account.email)).toBe(false);
  },
  20_000,
);

test("where no mail leaves by Resend, it is asked nothing", async () => {
  const scene = await makeScene();
  await mark(scene.account.email);
  const before = fake.others().length;
  expect(await lift(scene)).toEqual({ kind: "lifted" });
  expect(fake.others()).toHaveLength(before);
});

test("a report of before the lift marks nothing again, and one of after it does", async () => {
  const scene = await makeScene();
  const { email } = scene.account;
  const before = new Date(Date.now() - 1000);
  await mark(email, before);
  await lift(scene);
  await mark(email, before);
  expect(await stands(email)).toBe(false);
  await mark(email, new Date(Date.now() + 1000));
  expect(await stands(email)).toBe(true);
});

test("a bounce that support could not have seen is not lifted with the one before", async () => {
  const scene = await makeScene();
  const { email } = scene.account;
  await mark(email);
  await mark(email, new Date(Date.now() + 60_000));
  expect(await lift(scene)).toEqual({ kind: "marked-anew" });
  expect(await stands(email)).toBe(true);
});

test("whichever comes first, a lift or a newer bounce at the same moment, the bounce stands, in ten rounds", async () => {
  for (let round = 0; round < 10; round += 1) {
    const scene = await makeScene();
    const { email } = scene.account;
    await mark(email, new Date(Date.now() - 1000));
    const newer = new Date(Date.now() + 60_000);
    const steps = [() => lift(scene), () => mark(email, newer)];
    if (round % 2 === 1) steps.reverse();
    await Promise.all(steps.map((step) => step()));
    expect(await stands(email), `round ${round}`).toBe(true);
  }
});
