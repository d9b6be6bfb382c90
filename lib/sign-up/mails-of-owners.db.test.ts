import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { enqueueMail } from "@/lib/mail/outbox";
import { MailRefused, type Transport } from "@/lib/mail/transports/transport";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { laterHours, pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail, oneWay } from "@/lib/testing/deliver-mail";
import { expectLogged, mayBeLogged } from "@/lib/testing/logged";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { signUpWith as signUpSomewhere } from "@/lib/testing/sign-ups";

const databaseUrl = testDatabase();
stoppedClock();

let claims: Claims;
beforeAll(() => {
  claims = openClaims(databaseUrl());
});
afterAll(() => claims.close());

// Each test is an hour after the one before it.
let hours = 0;
beforeEach(async () => {
  laterHours(++hours);
  await db.mail.deleteMany();
  await db.mailPace.deleteMany();
});

async function signUpWith(email: string) {
  // Two that were made at the same moment would be tried in any order.
  pass(1);
  return signUpSomewhere(email);
}

type Cookie = Awaited<ReturnType<typeof signUpWith>>;

const shown = async (cookie: Cookie) =>
  (await readPendingPage(cookie))?.mails.map(
    ({ state, isLate }) => `${state}${isLate ? " late" : ""}`,
  );

/** What becomes of each try at a moment: taken, or refused as by the address's own server or by the provider. */
const answers = {
  taken: () => undefined,
  full: () => new MailRefused("550", { meaning: "final" }),
  greylist: () => new MailRefused("450", { isOfRecipient: true }),
  away: () => new MailRefused("no answer"),
  throttle: () => new MailRefused("429", { meaning: "throttled" }),
  "long throttle": () => new MailRefused("429", { meaning: "throttled", retryAfterSeconds: 900 }),
} satisfies Record<string, () => MailRefused | undefined>;
type Answer = keyof typeof answers;

/** As `pauseChannel`, by the clock of this test. */
async function pause(seconds: number) {
  const at = new Date();
  const pausedUntil = new Date(Date.now() + seconds * 1000);
  await db.mailPace.upsert({
    where: { channel: env().emailTransports[0] ?? "" },
    create: { channel: env().emailTransports[0] ?? "", nextSlotAt: at, pausedUntil },
    update: { pausedUntil },
  });
}

const queued = async () =>
  (await db.mail.findMany({ where: { state: "queued" }, orderBy: { createdAt: "asc" } })).map(
    ({ id }) => id,
  );

const pausable = (transport: Transport) => ({
  ...oneWay(transport),
  pause: (_: unknown, seconds: number) => pause(seconds),
});

/** Tries all that wait once; returns to whom one was taken. */
async function deliverAll(
  answerTo: (to: string) => Answer,
  order: "as made" | "the last first" = "as made",
) {
  const { transport, taken } = recordingTransport(async ({ to }) => {
    const refusal = answers[answerTo(to)]();
    if (refusal) throw refusal;
  });
  const ids = await queued();
  for (const id of order === "as made" ? ids : ids.reverse()) {
    await deliverMail(id, { claims, ways: pausable(transport) });
  }
  return taken.map(({ to }) => to);
}

// What the second of two sign-ups shows after each step but the first, in which it is not made yet.
test.each<[Answer[], string[]]>([
  [["taken", "taken"], ["accepted"]],
  [["full", "full"], ["refused"]],
  [
    ["greylist", "greylist", "taken"],
    ["queued late", "accepted"],
  ],
  [["greylist", "taken"], ["accepted"]],
  [["greylist", "full"], ["refused"]],
  [
    ["greylist", "greylist", "full"],
    ["queued late", "refused"],
  ],
  [
    ["away", "away", "taken"],
    ["queued late", "accepted"],
  ],
  [["away", "full"], ["refused"]],
  [
    ["taken", "away", "taken"],
    ["queued late", "accepted"],
  ],
  [
    ["throttle", "throttle", "taken"],
    ["queued", "accepted"],
  ],
  [
    ["taken", "throttle", "taken"],
    ["queued", "accepted"],
  ],
  [
    ["long throttle", "long throttle", "taken"],
    ["queued late", "accepted"],
  ],
])(
  "an address with an account shows what one without does while its mail is %j",
  async (steps, ends) => {
    mayBeLogged(
      /A mail was not taken and is tried again/,
      /A mail was refused for good and is not tried again/,
      /The mail provider had too much/,
    );
    for (const order of ["as made", "the last first"] as const) {
      await db.mail.deleteMany();
      await db.mailPace.deleteMany();
      const [owned, free, other] = [(await makeAccount()).email, freshAddress(), freshAddress()];
      const pairs = [[await signUpWith(owned), await signUpWith(free)] as const];
      const taken: string[] = [];
      for (const [index, step] of steps.entries()) {
        pass(2_000);
        const isOfAll = step === "away" || step.includes("throttle");
        const answer = (to: string) => (isOfAll || to !== other ? step : "taken");
        taken.push(...(await deliverAll(answer, order)));
        for (const [withAccount, without] of pairs) {
          expect(await shown(withAccount)).toEqual(await shown(without));
        }
        if (pairs[1]) expect(await shown(pairs[1][0])).toEqual([ends[index - 1]]);
        if (index > 0) continue;
        // Any customer's mail, whose tries show how the provider is.
        await signUpWith(other);
        pairs.push([await signUpWith(owned), await signUpWith(free)]);
      }
      expect(taken.filter((to) => to === owned).length).toBeLessThanOrEqual(1);
    }
  },
);

test.each(["taken", "full", "greylist"] as const)(
  "a second sign-up while the first one's mail is under way, which is then %s",
  async (answer) => {
    mayBeLogged(
      /A mail was not taken and is tried again/,
      /A mail was refused for good and is not tried again/,
    );
    const [owned, free] = [(await makeAccount()).email, freshAddress()];
    const firsts = [await signUpWith(owned), await signUpWith(free)];
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { transport, tried } = recordingTransport(async () => {
      await held;
      const refusal = answers[answer]();
      if (refusal) throw refusal;
    });
    const deliver = (ids: string[]) =>
      Promise.all(ids.map((id) => deliverMail(id, { claims, ways: pausable(transport) })));
    const first = await queued();
    const underWay = deliver(first);
    await expect.poll(() => tried.length).toBe(2);
    const seconds = [await signUpWith(owned), await signUpWith(free)];
    const later = deliver((await queued()).filter((id) => !first.includes(id)));
    await expect.poll(() => tried.length).toBe(3);
    for (const [one, other] of [firsts, seconds]) {
      expect(await shown(one as Cookie)).toEqual(await shown(other as Cookie));
    }
    letGo();
    await Promise.all([underWay, later]);
    for (const [one, other] of [firsts, seconds]) {
      expect(await shown(one as Cookie)).toEqual(await shown(other as Cookie));
    }
  },
);

test("what another address's own server refuses says nothing of the provider", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const [{ email: owned }, other] = [await makeAccount(), freshAddress()];
  await signUpWith(owned);
  await deliverAll(() => "taken");
  pass(1_000);
  await signUpWith(other);
  await deliverAll(() => "greylist");
  const again = await signUpWith(owned);
  await deliverAll(() => "greylist");
  expect(await shown(again)).toEqual(["accepted"]);
});

test("an owner is notified once at each address, the one of before a change too", async () => {
  expectLogged(/A mail was refused for good and is not tried again/);
  const { id, email } = await makeAccount();
  await db.account.update({ where: { id }, data: { toldOfSignUpAt: new Date() } });
  const first = await signUpWith(email);
  await deliverAll(() => "full");
  expect(await shown(first)).toEqual(["refused"]);
});

test.each([
  ["dropped", true],
  ["sent", false],
])(
  "where the only mail to an owner was %s, they are notified: %s, as nothing stands for no mail",
  async (state, notified) => {
    const { id: accountId, email } = await makeAccount();
    await db.account.update({ where: { id: accountId }, data: { toldOfSignUpAt: new Date() } });
    const before = await enqueueMail(db, notice({ recipient: email, accountId }));
    await db.mail.update({ where: { id: before }, data: { state, sentAt: new Date() } });
    const cookie = await signUpWith(email);
    const made = await db.mail.findFirstOrThrow({ where: { challengeId: cookie.id } });
    expect(made.accountId !== null).toBe(notified);
  },
);
