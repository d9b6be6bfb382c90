import { afterEach, beforeEach, expect, test } from "vitest";
import { notifyCustomer } from "@/lib/account/notify-customer";
import { saveApprovalsNeeded } from "@/lib/cases/review/settings";
import { readClock } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { mailFactsSchema } from "@/lib/mail/facts";
import { readNotMePage } from "@/lib/not-me/not-me-page";
import { pressNotMe } from "@/lib/not-me/press-not-me";
import { addPlace } from "@/lib/places/add-place";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { sendNotice } from "@/lib/sign-in/notice-mail";
import { addFurther, mailsOf, makeActor, signInFrom } from "@/lib/testing/actors";
import { owner, thiefsIp } from "@/lib/testing/break-in";
import { hoursAfter, later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { recordingTransport } from "@/lib/testing/mails";
import { clientAt } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

let claims: Claims;
const databaseUrl = testDatabase();
stoppedClock();

beforeEach(() => {
  claims = openClaims(databaseUrl());
});
afterEach(() => claims.close());

type Owner = Awaited<ReturnType<typeof makeActor>>;
const idOf = ({ session }: Owner) => session.accountId;
const notifiedAccountOf = ({ session }: Owner) => ({
  accountId: session.accountId,
  ...pick(session.account),
});
const pick = ({ email, locale, timeZone }: Owner["session"]["account"]) => ({
  email,
  locale,
  timeZone,
});

/** Adds places of these names to those that an account trusts, each on a network of its own. */
async function add(actor: Owner, names: string[]): Promise<void> {
  for (const name of names) {
    const network = `198.18.${added >> 8}.${added++ & 255}/32`;
    const adding = inTransaction((tx) => addPlace(tx, actor, { network, name }, readClock()));
    expect((await adding).kind).toBe("place-added");
  }
}

let added = 0;

const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `Place ${from + index}`);

const gathered = async (actor: Owner) =>
  (await mailsOf(idOf(actor), "more-notices")).map((mail) => ({
    ...mail,
    more: mailFactsSchema.parse(mail.facts).more,
  }));

async function tokenOf(mail: { notMeId: string | null }): Promise<string | null> {
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail.notMeId ?? "" } });
  return linkTokenOf("not-me", link);
}

test("60 added places make five mails at once, and one at the end of the hour that lists the others", async () => {
  const actor = await makeActor();
  await add(actor, numbered(5));
  expect(await mailsOf(idOf(actor), "place-added")).toHaveLength(5);
  expect(await gathered(actor)).toEqual([]);
  later(2);
  await add(actor, numbered(30, 6));
  later(47);
  await add(actor, numbered(25, 36));
  expect(await mailsOf(idOf(actor), "place-added")).toHaveLength(5);
  const [mail, ...others] = await gathered(actor);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    recipient: actor.session.account.email,
    state: "queued",
    nextTryAt: hoursAfter(1),
    more: { kind: "place-added", count: 55, first: hoursAfter(2 / 60).toISOString() },
    facts: { at: hoursAfter(47 / 60).toISOString(), ip: actor.client.ip },
  });
  expect(mail?.more?.items).toHaveLength(50);
  expect(mail?.more?.items[0]).toMatchObject({
    about: { placeName: "Place 6" },
    ip: actor.client.ip,
  });
});

test("60 sign-ins with new browsers at a trusted place make five mails and one", async () => {
  const actor = await makeActor({ ip: "203.0.113.60" });
  for (let count = 0; count < 60; count++) {
    expect((await signInFrom(idOf(actor), "203.0.113.60")).kind).toBe("entered");
  }
  expect(await mailsOf(idOf(actor), "new-browser")).toHaveLength(5);
  expect((await gathered(actor)).map(({ more }) => more?.count)).toEqual([55]);
});

test("things count, not recipients: each address gets five mails and one, with links of its own", async () => {
  const actor = await makeActor();
  const further = `further-${idOf(actor)}@example.com`;
  await addFurther(idOf(actor), further);
  await add(actor, numbered(8));
  expect(await mailsOf(idOf(actor), "place-added")).toHaveLength(10);
  const mails = await gathered(actor);
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    [actor.session.account.email, further].sort(),
  );
  expect(mails.map(({ more }) => more?.count)).toEqual([3, 3]);
  expect(new Set(mails.map(({ notMeId }) => notMeId)).size).toBe(2);
});

test("each kind and each account has an hour of its own", async () => {
  const [actor, other] = [await makeActor(), await makeActor()];
  await add(actor, numbered(7));
  for (const kind of ["browser-trusted", "session-ended"] as const) {
    await inTransaction((tx) =>
      notifyCustomer(tx, {
        kind,
        notified: notifiedAccountOf(actor),
        client: actor.client,
        now: start,
      }),
    );
    expect(await mailsOf(idOf(actor), kind)).toHaveLength(1);
  }
  await add(other, numbered(5));
  expect(await mailsOf(idOf(other), "place-added")).toHaveLength(5);
});

test("an hour after the first of them the next is mailed at once again, and what waits stays as it is", async () => {
  const actor = await makeActor();
  await add(actor, numbered(6));
  later(59);
  await add(actor, ["still in the hour"]);
  expect(await mailsOf(idOf(actor), "place-added")).toHaveLength(5);
  later(60);
  await add(actor, ["the next hour"]);
  expect(await mailsOf(idOf(actor), "place-added")).toHaveLength(6);
  await add(actor, numbered(5, 10));
  expect((await gathered(actor)).map(({ more }) => more?.count)).toEqual([2, 1]);
});

test("what carries a code is mailed at once, however often", async () => {
  const actor = await makeActor();
  for (let count = 0; count < 8; count++) {
    await inTransaction((tx) =>
      notifyCustomer(tx, {
        kind: "sign-in-code",
        notified: notifiedAccountOf(actor),
        client: actor.client,
        now: start,
      }),
    );
  }
  expect(await mailsOf(idOf(actor), "sign-in-code")).toHaveLength(8);
  expect(await db.noticeWindow.count({ where: { accountId: idOf(actor) } })).toBe(0);
});

test("30 at the same moment are five mails and one that lists 25", async () => {
  for (let round = 0; round < 10; round++) {
    const actor = await makeActor();
    const notified = notifiedAccountOf(actor);
    await Promise.all(
      Array.from({ length: 30 }, () =>
        inTransaction((tx) => sendNotice(tx, "new-browser", notified, clientAt(thiefsIp), start)),
      ),
    );
    expect(await mailsOf(idOf(actor), "new-browser")).toHaveLength(5);
    const mails = await gathered(actor);
    expect(mails.map(({ more }) => [more?.count, more?.items.length])).toEqual([[25, 25]]);
  }
});

test("what rolls back is neither mailed nor counted", async () => {
  const actor = await makeActor();
  for (let count = 0; count < 9; count++) {
    const undone = inTransaction(async (tx) => {
      await sendNotice(tx, "new-browser", notifiedAccountOf(actor), actor.client, start);
      throw new Error("rolled back");
    });
    await expect(undone).rejects.toThrow("rolled back");
  }
  expect(await db.noticeWindow.count({ where: { accountId: idOf(actor) } })).toBe(0);
  await signInFrom(idOf(actor), "203.0.113.7");
  expect(await mailsOf(idOf(actor), "new-browser")).toHaveLength(1);
});

test("once the mail is being sent nothing is added to it: what follows begins an hour of its own", async () => {
  for (let round = 0; round < 10; round++) {
    later(0);
    const actor = await makeActor();
    await add(actor, numbered(6));
    const [mail] = await gathered(actor);
    const { transport, taken } = recordingTransport();
    const send = () => deliverMail(mail?.id ?? "", { claims, transport });
    const addOne = () => add(actor, ["the last one"]);
    later(round % 3 === 0 ? 59 : 60);
    await Promise.all(round % 2 === 0 ? [send(), addOne()] : [addOne(), send()]);
    expect(taken).toHaveLength(1);
    const listed = taken[0]?.text.includes("the last one") === true;
    const mailed = await mailsOf(idOf(actor), "place-added");
    const alone = mailed.filter(({ facts }) => JSON.stringify(facts).includes("the last one"));
    expect(alone.length + Number(listed)).toBe(1);
  }
});

test("its link locks the account and undoes all that the mail is about", async () => {
  const actor = await makeActor({ trusted: [] });
  const networks = numbered(8).map((_, index) => `192.0.2.${index * 16}/28`);
  for (const network of networks) {
    await inTransaction((tx) => addPlace(tx, actor, { network, name: null }, start));
  }
  const [mail] = await gathered(actor);
  expect(mail?.more?.count).toBe(3);
  const page = await readNotMePage(await tokenOf(mail ?? { notMeId: null }));
  expect(page).toMatchObject({ kind: "live", undo: "place", undoesMore: true });
  expect((await pressNotMe(await tokenOf(mail ?? { notMeId: null }), owner)).kind).toBe("secured");
  const places = await db.trustedPlace.findMany({ where: { accountId: idOf(actor) } });
  expect(places.map(({ network }) => network).sort()).toEqual(networks.slice(0, 5).sort());
  const account = await db.account.findUniqueOrThrow({ where: { id: idOf(actor) } });
  expect(account.passwordOffBecause).toBe("not-me");
  expect(await db.session.count({ where: { accountId: idOf(actor), endedAt: null } })).toBe(0);
});

test("of several networks the one that was not trusted before is blocked, and all are forgotten", async () => {
  const actor = await makeActor({ trusted: ["203.0.113.7", "203.0.113.8"] });
  const notified = notifiedAccountOf(actor);
  const notify = (ip: string) =>
    inTransaction((tx) => sendNotice(tx, "new-browser", notified, clientAt(ip), start));
  for (const ip of Array.from({ length: 5 }, () => "203.0.113.7")) await notify(ip);
  for (const ip of ["203.0.113.7", thiefsIp, "203.0.113.8"]) await notify(ip);
  const [mail] = await gathered(actor);
  await pressNotMe(await tokenOf(mail ?? { notMeId: null }), owner);
  const blocks = await db.codeAttempts.findMany({ where: { subject: idOf(actor) } });
  expect(blocks.map(({ place }) => place)).toEqual([`${thiefsIp}/32`]);
  expect(await db.trustedPlace.count({ where: { accountId: idOf(actor) } })).toBe(0);
});

test("a press uses the link of what waits up too; what comes after it has a link of its own", async () => {
  const actor = await makeActor();
  await add(actor, numbered(6));
  const [first] = await mailsOf(idOf(actor), "place-added");
  const [before] = await gathered(actor);
  await pressNotMe(await tokenOf(first ?? { notMeId: null }), owner);
  expect((await pressNotMe(await tokenOf(before ?? { notMeId: null }), owner)).kind).toBe("over");
  await inTransaction((tx) =>
    notifyCustomer(tx, {
      kind: "place-added",
      notified: notifiedAccountOf(actor),
      client: actor.client,
      now: start,
    }),
  );
  const [after, ...others] = await gathered(actor);
  expect(others).toEqual([]);
  expect(after?.more?.count).toBe(2);
  expect(after?.notMeId).not.toBe(before?.notMeId);
  expect((await pressNotMe(await tokenOf(after ?? { notMeId: null }), owner)).kind).toBe("secured");
});

test("admins are notified of the others in one mail too, without a link about their own account", async () => {
  const [ana, rui] = [await makeStaff("admin"), await makeStaff("admin")];
  for (let count = 0; count < 4; count++) {
    await saveApprovalsNeeded(ana, "1");
    await saveApprovalsNeeded(ana, "2");
  }
  expect(await mailsOf(idOf(rui), "approvals-changed")).toHaveLength(5);
  const [mail, ...others] = await gathered(rui);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ notMeId: null, more: { kind: "approvals-changed", count: 3 } });
});
