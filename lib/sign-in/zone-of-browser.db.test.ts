import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { resendCode } from "@/lib/sign-in/resend-code";
import { signIn } from "@/lib/sign-in/sign-in";
import { usePass } from "@/lib/sign-in/use-pass";
import { verifyCode } from "@/lib/sign-in/verify-code";
import { signUp } from "@/lib/sign-up/sign-up";
import { pass, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  clientAt,
  cookieOf,
  freshAddress,
  makeAccount,
  newBrowser,
  otherCode,
  passwordProof,
} from "@/lib/testing/people";

testDatabase();
stoppedClock();

const home = "203.0.113.7";
const saying = (timeZone: string | null, ip = "198.51.100.9") => ({ ...clientAt(ip), timeZone });

async function asks(accountId: string, client = saying("Europe/Lisbon")) {
  const proof = await passwordProof(accountId);
  const common = { accountId, proof, browserId: newBrowser(), callbackPath: null, earlier: null };
  return signIn({ ...common, client });
}

async function pendingOf(outcome: { kind: string }) {
  if (!("challengeId" in outcome && "secret" in outcome)) throw new Error(outcome.kind);
  const asked = outcome as { challengeId: string; secret: string };
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: asked.challengeId } });
  return { cookie: cookieOf(asked), typed: codeOf(challenge) ?? "" };
}

async function kept(id: string) {
  const { timeZone, timeZoneFromBrowser } = await db.account.findUniqueOrThrow({ where: { id } });
  return [timeZone, timeZoneFromBrowser];
}

const zonesOfMails = async (recipient: string, kind?: string) => {
  const mails = await db.mail.findMany({
    where: { recipient, ...(kind ? { kind } : {}) },
    orderBy: { createdAt: "asc" },
  });
  return mails.map(({ timeZone }) => timeZone);
};

const chosen = (id: string) =>
  db.account.update({ where: { id }, data: { timeZone: "America/Sao_Paulo" } });

test("whoever knows the password alone changes nothing that is kept, whatever their browser says", async () => {
  const { id } = await makeAccount({ trusted: [home] });
  const { cookie, typed } = await pendingOf(await asks(id, saying("Asia/Tokyo")));
  const client = saying("Asia/Tokyo");
  await verifyCode({ typed: otherCode(typed), cookie, shown: null, client });
  pass(31_000);
  await resendCode(cookie);
  expect(await kept(id)).toEqual([null, false]);
});

test("a right code keeps the zone of its browser, and the next sign-in that of the next", async () => {
  const { id } = await makeAccount({ trusted: [home] });
  const { cookie, typed } = await pendingOf(await asks(id));
  await verifyCode({ typed, cookie, shown: null, client: saying("Europe/Lisbon") });
  expect(await kept(id)).toEqual(["Europe/Lisbon", true]);
  expect((await asks(id, saying("Asia/Tokyo", home))).kind).toBe("entered");
  expect(await kept(id)).toEqual(["Asia/Tokyo", true]);
  expect((await asks(id, saying(null, home))).kind).toBe("entered");
  expect(await kept(id)).toEqual(["Asia/Tokyo", true]);
});

test("a pass of support keeps it too", async () => {
  const { id } = await makeAccount();
  const { cookie } = await pendingOf(await asks(id));
  const passUntil = new Date(Date.now() + 60_000);
  await db.challenge.update({ where: { id: cookie.id }, data: { passUntil } });
  expect((await usePass(cookie, saying("Europe/Lisbon"))).kind).toBe("entered");
  expect(await kept(id)).toEqual(["Europe/Lisbon", true]);
});

test("a zone that was chosen stays, by a code and at a known place", async () => {
  const { id } = await makeAccount({ trusted: [home] });
  await chosen(id);
  const { cookie, typed } = await pendingOf(await asks(id));
  await verifyCode({ typed, cookie, shown: null, client: saying("Europe/Lisbon") });
  await asks(id, saying("Asia/Tokyo", home));
  expect(await kept(id)).toEqual(["America/Sao_Paulo", false]);
});

test("many sign-ins of one account at the same moment keep one zone and all get in", async () => {
  const { id } = await makeAccount({ trusted: [home] });
  const zones = ["Asia/Tokyo", "Europe/Lisbon"];
  const all = Array.from({ length: 12 }, (_, index) =>
    asks(id, saying(zones[index % 2] ?? null, home)),
  );
  expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual(all.map(() => "entered"));
  expect(zones).toContain((await kept(id))[0]);
});

test("a code's mail has the account's zone, else that of the browser that asks, sent again too", async () => {
  const [one, other] = [await makeAccount(), await makeAccount()];
  await chosen(other.id);
  for (const { id } of [one, other]) {
    const { cookie } = await pendingOf(await asks(id));
    pass(31_000);
    expect(await resendCode(cookie)).toMatchObject({ kind: "sent" });
  }
  expect(await zonesOfMails(one.email)).toEqual(["Europe/Lisbon", "Europe/Lisbon"]);
  expect(await zonesOfMails(other.email)).toEqual(["America/Sao_Paulo", "America/Sao_Paulo"]);
});

test("the mail of a block has the zone of the browser that was blocked, where no other is known", async () => {
  const { id, email } = await makeAccount();
  const { cookie, typed } = await pendingOf(await asks(id));
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const client = saying("Europe/Lisbon");
    await verifyCode({ typed: otherCode(typed), cookie, shown: null, client });
  }
  expect(await zonesOfMails(email, "sign-in-blocked")).toEqual(["Europe/Lisbon"]);
});

test("a sign-up's mail and the account that it makes have the zone of its browser", async () => {
  const email = freshAddress();
  const client = saying("Europe/Lisbon");
  const outcome = await signUp({
    email,
    locale: "en",
    client,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
    person: { kind: "new", name: "Ana Silva", password: "a long enough passphrase" },
  });
  const { cookie, typed } = await pendingOf(outcome);
  expect(await zonesOfMails(email)).toEqual(["Europe/Lisbon"]);
  await verifyCode({ typed, cookie, shown: null, client });
  const { id } = await db.account.findUniqueOrThrow({ where: { email } });
  expect(await kept(id)).toEqual(["Europe/Lisbon", true]);
});
