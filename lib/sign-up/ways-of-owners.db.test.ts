import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import type { DeliveryReport } from "@/lib/mail/fate/report";
import { takeReport } from "@/lib/mail/fate/take-report";
import type { FailureReason } from "@/lib/mail/rules/failure-reason";
import { MailRefused } from "@/lib/mail/transports/transport";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { mayBeLogged } from "@/lib/testing/logged";
import { recordingTransport } from "@/lib/testing/mails";
import { freshAddress, makeAccount } from "@/lib/testing/people";
import { signUpWith } from "@/lib/testing/sign-ups";

const databaseUrl = testDatabase();
stoppedClock();

let claims: Claims;
beforeAll(() => {
  claims = openClaims(databaseUrl());
});
afterAll(() => claims.close());

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
  return page?.mails.map(({ state, reason, isLate, at }) => ({
    state,
    reason,
    isLate,
    seconds: at && mail?.sentAt ? (at.getTime() - mail.sentAt.getTime()) / 1000 : null,
  }));
}

const { transport } = recordingTransport();

async function deliverWaiting() {
  const waiting = await db.mail.findMany({ where: { state: "queued" } });
  for (const { id } of waiting) await deliverMail(id, { claims, transport });
}

/** Each of the mails of one sign-up that left goes a way, a step every three seconds. */
async function goWay(cookies: Cookie[], steps: Step[]) {
  for (const one of steps) {
    pass(3_000);
    for (const { id: challengeId } of cookies) {
      const mail = await db.mail.findFirstOrThrow({ where: { challengeId } });
      const said = { status: null, words: null, source: "webhook", channel: "resend" } as const;
      await takeReport({ id: null, mail: { id: mail.id }, at: new Date(), ...said, ...one });
    }
  }
}

test.each(Object.entries(ways))(
  "an address with an account shows what one without does while its mails are %s",
  async (_, steps) => {
    mayBeLogged(/./);
    const [owned, free] = [(await makeAccount()).email, freshAddress()];
    const first = [await signUpWith(owned), await signUpWith(free)];
    pass(1_000);
    await deliverWaiting();
    await goWay(first, steps);
    for (const cookie of first)
      expect(await shown(cookie)).toEqual(await shown(first[1] as Cookie));
    // Past the hour in which a marked address is tried once.
    pass(61 * 60_000);
    const [ofOwner, ofNobody] = [await signUpWith(owned), await signUpWith(free)] as const;
    pass(1_000);
    await deliverWaiting();
    const { id: own } = await db.mail.findFirstOrThrow({ where: { challengeId: ofOwner.id } });
    expect((await db.mail.findUniqueOrThrow({ where: { id: own } })).accountId).toBeNull();
    expect(await shown(ofOwner)).toEqual(await shown(ofNobody));
    for (const one of steps) {
      // Between two steps nothing is ahead of its time.
      pass(2_000);
      expect(await shown(ofOwner)).toEqual(await shown(ofNobody));
      pass(-2_000);
      await goWay([ofNobody], [one]);
      expect(await shown(ofOwner)).toEqual(await shown(ofNobody));
    }
    const ends = steps.at(-1)?.state ?? "accepted";
    expect((await shown(ofOwner))?.[0]).toMatchObject({ state: ends, seconds: steps.length * 3 });
  },
);

test("what becomes of the mail before is shown also where it comes after the one that stands for it", async () => {
  const [owned, free] = [(await makeAccount()).email, freshAddress()];
  const first = [await signUpWith(owned), await signUpWith(free)];
  await deliverWaiting();
  pass(1_000);
  const second = [await signUpWith(owned), await signUpWith(free)] as const;
  await deliverWaiting();
  await goWay(first, [step("delivered")]);
  pass(1_000);
  expect((await shown(second[0]))?.[0]).toMatchObject({ state: "delivered", seconds: 4 });
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
