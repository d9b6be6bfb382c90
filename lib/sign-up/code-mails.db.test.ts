import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { MailRefused } from "@/lib/mail/transports/transport";
import { readPendingPage } from "@/lib/sign-in/pending-page";
import { resendCode } from "@/lib/sign-in/resend-code";
import { signIn } from "@/lib/sign-in/sign-in";
import { addFurther } from "@/lib/testing/actors";
import { laterHours, pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { expectLogged } from "@/lib/testing/logged";
import { recordingTransport } from "@/lib/testing/mails";
import {
  cookieOf,
  freshAddress,
  makeAccount,
  newBrowser,
  passwordProof,
} from "@/lib/testing/people";
import { signUpWith, somewhere } from "@/lib/testing/sign-ups";

const databaseUrl = testDatabase();
stoppedClock();

let claims: Claims;
beforeAll(() => {
  claims = openClaims(databaseUrl());
});
afterAll(() => claims.close());

type Cookie = ReturnType<typeof cookieOf>;

async function signInTo(accountId: string): Promise<Cookie> {
  const outcome = await signIn({
    accountId,
    proof: await passwordProof(accountId),
    client: somewhere(),
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  });
  if (outcome.kind !== "code-asked") throw new Error(outcome.kind);
  return cookieOf(outcome);
}

const shown = async (cookie: Cookie) =>
  (await readPendingPage(cookie))?.mails.map(({ state, isLate }) => [state, isLate]);

const waiting = ["queued", false];
const triedAgain = ["queued", true];
const accepted = ["accepted", false];

const refusing = recordingTransport(async () => {
  throw new MailRefused("not now");
});

/** Tries all mails that wait, the oldest first. */
async function deliverAll({ transport } = recordingTransport()) {
  const mails = await db.mail.findMany({
    where: { state: "queued" },
    orderBy: { createdAt: "asc" },
  });
  for (const { id } of mails) await deliverMail(id, { claims, transport });
}

// Each test is an hour after the one before it.
let hours = 0;
beforeEach(async () => {
  laterHours(++hours);
  await db.mail.deleteMany();
});

test("a code's mail waits, is tried again and is accepted, and the page says which", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const cookie = await signUpWith(freshAddress());
  expect(await shown(cookie)).toEqual([waiting]);
  for (let time = 0; time < 3; time += 1) {
    await deliverAll(refusing);
    expect(await shown(cookie)).toEqual([triedAgain]);
  }
  await deliverAll();
  expect(await shown(cookie)).toEqual([accepted]);
});

test("each address of an account has a state of its own, the contact e-mail first", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const { id, email } = await makeAccount();
  const further = freshAddress();
  await addFurther(id, further);
  const cookie = await signInTo(id);
  expect(await shown(cookie)).toEqual([waiting, waiting]);
  await deliverAll(
    recordingTransport(async ({ to }) => {
      if (to === further) throw new MailRefused("not there");
    }),
  );
  expect(await shown(cookie)).toEqual([accepted, triedAgain]);
  await db.mail.updateMany({ where: { recipient: email }, data: { state: "dropped" } });
  await db.mailChange.deleteMany({ where: { mail: { recipient: email } } });
  expect(await shown(cookie)).toEqual([["refused", false], triedAgain]);
});

test("a code that was sent once stays sent when it is sent again; one that was not, waits", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const [sent, waits] = [await signUpWith(freshAddress()), await signUpWith(freshAddress())];
  const { email } = await db.challenge.findUniqueOrThrow({ where: { id: waits.id } });
  const half = recordingTransport(async ({ to }) => {
    if (to === email) throw new MailRefused("not there");
  });
  await deliverAll(half);
  pass(31_000);
  // Whose address it is does not show in the answer either.
  for (const cookie of [sent, waits])
    expect(await resendCode(cookie)).toEqual({ kind: "sent", to: [] });
  expect([await shown(sent), await shown(waits)]).toEqual([[accepted], [triedAgain]]);
  await deliverAll(refusing);
  expect([await shown(sent), await shown(waits)]).toEqual([[accepted], [triedAgain]]);
  await deliverAll();
  expect([await shown(sent), await shown(waits)]).toEqual([[accepted], [accepted]]);
});

test("the page of an address that has an account shows the same at each step, mailed today or not", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const { email } = await makeAccount();
  const notifiedNow = await signUpWith(email);
  const notifiedAlready = await signUpWith(email);
  const nobodys = await signUpWith(freshAddress());
  const pages = async () => [
    await shown(nobodys),
    await shown(notifiedNow),
    await shown(notifiedAlready),
  ];
  expect(await pages()).toEqual([[waiting], [waiting], [waiting]]);
  await deliverAll(refusing);
  pass(60_000);
  await deliverAll(refusing);
  expect(await pages()).toEqual([[triedAgain], [triedAgain], [triedAgain]]);
  const working = recordingTransport();
  pass(60_000);
  await deliverAll(working);
  pass(60_000);
  await deliverAll(working);
  expect(await pages()).toEqual([[accepted], [accepted], [accepted]]);
  expect(working.takenTo(email)).toHaveLength(1);
});

test("what says nothing new to an owner is never handed to a provider", async () => {
  const { email } = await makeAccount();
  await signUpWith(email);
  await deliverAll();
  const cookie = await signUpWith(email);
  const working = recordingTransport();
  await deliverAll(working);
  expect(await shown(cookie)).toEqual([accepted]);
  expect(working.tried).toEqual([]);
});

test("the owner is notified although the sign-up with their address has ended", async () => {
  const { email } = await makeAccount();
  const { id } = await signUpWith(email);
  await db.challenge.update({ where: { id }, data: { endedAt: new Date() } });
  const working = recordingTransport();
  await deliverAll(working);
  expect(working.takenTo(email)).toHaveLength(1);
});
