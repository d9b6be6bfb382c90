import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FakeResend } from "@/e2e/support/fake-resend";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { lookOnce } from "@/lib/mail/fate/look";
import type { DeliveryReport } from "@/lib/mail/fate/report";
import { takeReport } from "@/lib/mail/fate/take-report";
import { noteHandOver } from "@/lib/mail/hand-over-times";
import { enqueueMail } from "@/lib/mail/outbox";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";
import { MailRefused } from "@/lib/mail/transports/transport";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { startAskedResend, stopAskedResend } from "@/lib/testing/asked-resend";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { mayBeLogged } from "@/lib/testing/logged";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { signUpWith } from "@/lib/testing/sign-ups";

const databaseUrl = testDatabase();
stoppedClock();

let claims: Claims;
let fake: FakeResend;
beforeAll(async () => {
  claims = openClaims(databaseUrl());
  fake = await startAskedResend();
  fake.answerOthersWith((route) => {
    const id = route.replace("GET /emails/", "");
    return { status: 200, body: { id, last_event: lastEvents.get(id) ?? "sent" } };
  });
});
afterAll(async () => {
  await claims.close();
  await stopAskedResend(fake);
});
beforeEach(async () => {
  await db.mail.deleteMany();
  lastEvents.clear();
});

type Step = Pick<DeliveryReport, "state" | "reason" | "marks">;
type Cookie = Awaited<ReturnType<typeof signUpWith>>;

const step = (
  state: DeliveryReport["state"],
  reason: FailureReason | null = null,
  marks: DeliveryReport["marks"] = null,
): Step => ({ state, reason, marks });

const ways: Record<string, Step[]> = {
  accepted: [],
  delayed: [step("delayed", "other")],
  "delayed, then delivered": [step("delayed", "other"), step("delivered")],
  delivered: [step("delivered")],
  full: [step("refused", "full")],
  blocked: [step("refused", "blocked", "bounced")],
  "no mailbox": [step("refused", "no-mailbox", "bounced")],
  "delivered, then returned": [step("delivered"), step("refused", "no-mailbox", "bounced")],
  complaint: [step("delivered"), step("suppressed", "complaint", "complaint")],
  suppressed: [step("suppressed", "no-mailbox", "suppressed")],
};

/** What a page shows of a mail, and how long after it left. */
async function shown(cookie: Cookie) {
  const page = await readPendingPage(cookie);
  const mail = await db.mail.findFirst({
    where: { challengeId: cookie.id },
    orderBy: { createdAt: "desc" },
  });
  return page?.mails.map(({ state, reason, source, isLate, isReplaced, at }) => ({
    ...{ state, reason, source, isLate, isReplaced },
    seconds: at && mail?.sentAt ? (at.getTime() - mail.sentAt.getTime()) / 1000 : null,
  }));
}

/** What Resend says happened last to a mail, by its own id. */
const lastEvents = new Map<string, string>();
const { transport } = recordingTransport();

// With the distances of the one before, which an id of half a round stands for.
const atSameDistance = () => db.$executeRaw`
  UPDATE mail SET id = overlay(id::text PLACING '800000' FROM 31 FOR 6)::uuid
  WHERE kind = 'already-have-account' AND account_id IS NULL AND state = 'queued'`;

async function deliverWaiting() {
  await atSameDistance();
  const waiting = await db.mail.findMany({ where: { state: "queued" } });
  for (const { id } of waiting) await deliverMail(id, { claims, transport });
}

/** How the host learns what became of a mail: a step happens every three seconds after it left. */
const hows = {
  "webhooks that come late": { source: "webhook", lateMs: 4_000 },
  "mails that come back later": { source: "return-mail", lateMs: 9_000 },
  "looks alone": { source: "look", lateMs: null },
} as const;
type How = keyof typeof hows;

const eventOf = ({ state, reason }: Step): string => {
  if (state === "delivered") return "delivered";
  if (state === "delayed") return "delivery_delayed";
  if (state === "refused") return "bounced";
  return reason === "complaint" ? "complained" : "suppressed";
};

const reported = new Set<string>();

/** What became of all mails that were sent by now is said in the way it is learned. */
async function learn(how: How, steps: Step[]) {
  const { source, lateMs } = hows[how];
  const now = Date.now();
  for (const mail of await db.mail.findMany({ where: { state: "sent", channel: "resend" } })) {
    for (const [index, one] of steps.entries()) {
      const at = new Date((mail.sentAt?.getTime() ?? 0) + (index + 1) * 3_000);
      if (lateMs === null) {
        if (at.getTime() <= now) lastEvents.set(mail.providerId ?? "", eventOf(one));
        continue;
      }
      const id = `${mail.id} ${index}`;
      if (reported.has(id) || at.getTime() + lateMs > now) continue;
      reported.add(id);
      const said = { status: null, words: null, source, channel: "resend" } as const;
      await takeReport({ id, mail: { id: mail.id }, at, ...said, ...one });
    }
  }
  if (lateMs !== null) return;
  do await db.mailPace.update({ where: { channel: "resend" }, data: { nextSlotAt: new Date(0) } });
  while ((await lookOnce()) === "asked");
}

/** Lets seconds pass; after each both pages show the same. */
async function watch(both: readonly [Cookie, Cookie], how: How, steps: Step[], seconds: number) {
  const seen: string[] = [];
  for (let second = 0; second <= seconds; second += 1) {
    await learn(how, steps);
    const [ofOwner, ofNobody] = [await shown(both[0]), await shown(both[1])];
    expect(ofOwner, `after ${second} seconds`).toEqual(ofNobody);
    seen.push(ofOwner?.[0]?.state ?? "");
    pass(1_000);
  }
  return [...new Set(seen)];
}

const signUpBoth = async (owned: string, free: string) =>
  [await signUpWith(owned), await signUpWith(free)] as const;

const endOf = (how: How, steps: Step[]) =>
  how === "looks alone"
    ? steps.slice(-1).map(({ state }) => state)
    : steps.map(({ state }) => state);

const table = Object.keys(hows).flatMap((how) =>
  Object.entries(ways).map(([name, steps]) => [name, how as How, steps] as const),
);

test.each(table)(
  "an address with an account shows what one without does while its mails are %s, by %s",
  async (_, how, steps) => {
    mayBeLogged(/./);
    const [owned, free] = [(await makeAccount()).email, freshAddress()];
    const first = await signUpBoth(owned, free);
    pass(1_000);
    await deliverWaiting();
    expect(await watch(first, how, steps, 25)).toEqual(["accepted", ...endOf(how, steps)]);
    // Past the hour in which a marked address is tried once.
    pass(61 * 60_000);
    const second = await signUpBoth(owned, free);
    pass(1_000);
    await deliverWaiting();
    const own = await db.mail.findFirstOrThrow({ where: { challengeId: second[0].id } });
    expect(own.accountId).toBeNull();
    expect(await watch(second, how, steps, 25)).toEqual(["accepted", ...endOf(how, steps)]);
  },
);

test.each(Object.keys(hows) as How[])(
  "signing up again before anything is known of the first mail shows the same too, by %s",
  async (how) => {
    const steps = [step("delivered")];
    for (const secondsBetween of [1, 19, 30]) {
      const [owned, free] = [(await makeAccount()).email, freshAddress()];
      const first = await signUpBoth(owned, free);
      await deliverWaiting();
      await watch(first, how, steps, secondsBetween - 1);
      const second = await signUpBoth(owned, free);
      // The sign-up before of the same browser is over, and nobody waits for its mail.
      const ids = first.map(({ id }) => id);
      await db.challenge.updateMany({
        where: { id: { in: ids } },
        data: { endedAt: new Date(), endedBecause: "superseded" },
      });
      await deliverWaiting();
      expect(await watch(second, how, steps, 40)).toEqual(["accepted", "delivered"]);
    }
  },
  120_000,
);

test.each(Object.keys(hows) as How[])(
  "so it does where the newest mail to the owner is a notice that nobody waited for, by %s",
  async (how) => {
    const steps = [step("delivered")];
    const { email: owned, id: accountId } = await makeAccount();
    const free = freshAddress();
    const first = await signUpBoth(owned, free);
    await deliverWaiting();
    await watch(first, how, steps, 30);
    pass(3_600_000);
    await enqueueMail(db, notice({ recipient: owned, accountId }));
    await deliverWaiting();
    for (let second = 0; second < 20; second += 1) {
      await learn(how, steps);
      pass(1_000);
    }
    for (const minutes of [1, 60]) {
      pass(minutes * 60_000);
      const next = await signUpBoth(owned, free);
      await deliverWaiting();
      expect(await watch(next, how, steps, 30)).toEqual(["accepted", "delivered"]);
    }
  },
  120_000,
);

test("no two of the mails that stand for others take equally long", async () => {
  const took: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { email, id: accountId } = await makeAccount();
    await signUpWith(email);
    await deliverWaiting();
    const { id, sentAt } = await db.mail.findFirstOrThrow({ where: { accountId, state: "sent" } });
    const at = new Date((sentAt?.getTime() ?? 0) + 10_000);
    const noted = { at, notedAt: at, source: "webhook", channel: "resend" };
    await db.mailChange.create({ data: { mailId: id, state: "delivered", ...noted } });
    pass(60_000);
    const cookie = await signUpWith(email);
    const waiting = await db.mail.findMany({ where: { state: "queued" } });
    for (const mail of waiting) await deliverMail(mail.id, { claims, transport });
    pass(13_000);
    const [mail] = (await shown(cookie)) ?? [];
    expect(mail?.state).toBe("delivered");
    took.push(mail?.seconds ?? 0);
  }
  expect(new Set(took).size).toBeGreaterThan(1);
  for (const seconds of took) {
    expect(seconds).toBeGreaterThanOrEqual(8);
    expect(seconds).toBeLessThanOrEqual(12);
  }
});

test("a mail that stands for another is taken in no less time than mails are", async () => {
  const { email } = await makeAccount();
  await signUpWith(email);
  await deliverWaiting();
  for (let count = 0; count < 20; count += 1) noteHandOver(400);
  await signUpWith(email);
  const stands = await db.mail.findFirstOrThrow({ where: { state: "queued" } });
  const delivered = deliverMail(stands.id, { claims, transport });
  const first = await Promise.race([delivered, sleep(200).then(() => "still under way")]);
  expect(first).toBe("still under way");
  expect(await delivered).toBe("sent");
  for (let count = 0; count < 20; count += 1) noteHandOver(0);
});

test.each(["no-mailbox", "full", "blocked", "other"] as const)(
  "a refusal at hand-over (%s) is shown with its reason at both",
  async (failure) => {
    mayBeLogged(/./);
    const [owned, free] = [(await makeAccount()).email, freshAddress()];
    const refusing = recordingTransport(async () => {
      throw new MailRefused("550", { meaning: "final", failure });
    });
    for (const round of [1, 2]) {
      const both = [await signUpWith(owned), await signUpWith(free)] as const;
      pass(1_000);
      const waiting = await db.mail.findMany({ where: { state: "queued" } });
      for (const { id } of waiting)
        await deliverMail(id, { claims, transport: refusing.transport });
      expect(await shown(both[0]), `${round}`).toEqual(await shown(both[1]));
      expect((await shown(both[0]))?.[0]).toMatchObject({ state: "refused", reason: failure });
    }
  },
);

test("at a marked address a sign-up is tried once an hour, whether or not there is an account", async () => {
  mayBeLogged(/./);
  const [owned, free] = [(await makeAccount()).email, freshAddress()];
  const mark = { because: "bounced", markedAt: new Date() };
  await db.markedAddress.createMany({
    data: [owned, free].map((address) => ({ ...mark, address: address.toLowerCase() })),
  });
  const states: string[][] = [];
  for (const minutes of [0, 10, 61]) {
    pass(minutes * 60_000);
    const both = [await signUpWith(owned), await signUpWith(free)] as const;
    await deliverWaiting();
    const [one, other] = [await shown(both[0]), await shown(both[1])];
    expect(one).toEqual(other);
    states.push(one?.map(({ state }) => state) ?? []);
  }
  expect(states).toEqual([["accepted"], ["suppressed"], ["accepted"]]);
});
