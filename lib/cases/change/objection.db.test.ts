import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { objectToCase, objectToLiveCases } from "@/lib/cases/change/object-to-case";
import { readObjectionPage } from "@/lib/cases/change/objection-page";
import { notifyOwner } from "@/lib/cases/notify-of-case";
import { findCase } from "@/lib/cases/store";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { inTransaction } from "@/lib/db/transaction";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { activitiesOf, addFurther, makeActor } from "@/lib/testing/actors";
import { laterDays, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import {
  applicantOf,
  caseNow,
  kindsTo,
  mailsTo,
  sentCase,
  somewhere,
  startFor,
} from "@/lib/testing/drafts";

testDatabase();
stoppedClock();

/** The link to object in the newest mail to an address. */
async function tokenIn(recipient: string): Promise<string> {
  const mail = (await mailsTo(recipient))
    .filter(({ linkType }) => linkType === "object-case")
    .at(-1);
  const link = await db.accountLink.findUniqueOrThrow({ where: { id: mail?.linkRowId ?? "" } });
  return linkTokenOf("object-case", link) ?? "";
}

async function opened() {
  const actor = await makeActor();
  const sent = await sentCase(applicantOf(actor));
  const { accountId, account } = actor.session;
  return { ...sent, accountId, old: account.email, object: await tokenIn(account.email) };
}

const approve = (id: string) =>
  db.recoveryCase.update({
    where: { id },
    data: {
      state: "approved",
      approvedAt: start,
      remindAt: start,
      remindedAt: start,
      coolsUntil: new Date("2026-11-25T12:00:00Z"),
    },
  });

test("opening the page changes nothing, and does not say where to find who asked", async () => {
  const { id, object, email } = await opened();
  const before = await caseNow(id);
  const page = await readObjectionPage(object);
  expect(page).toMatchObject({ kind: "live", reference: before.reference, coolsUntil: null });
  expect(JSON.stringify(page)).not.toContain(email);
  expect(await caseNow(id)).toEqual(before);
});

test("an objection stops the clock, forgets agreements and goes back to staff", async () => {
  const { id, object, old } = await opened();
  await approve(id);
  expect(await readObjectionPage(object)).toMatchObject({
    coolsUntil: new Date("2026-11-25T12:00:00Z"),
  });
  const { version } = await caseNow(id);
  expect(await objectToCase(object, somewhere())).toMatchObject({ kind: "objected" });
  expect(await caseNow(id)).toMatchObject({
    state: "open",
    objectedAt: start,
    objectedBy: old,
    round: 2,
    version: version + 1,
    approvedAt: null,
    remindAt: null,
    remindedAt: null,
    coolsUntil: null,
    endedAt: null,
  });
});

test.each(["open", "needs-more"])("a case that is %s can be objected to as well", async (state) => {
  const { id, object } = await opened();
  await db.recoveryCase.update({ where: { id }, data: { state } });
  expect(await objectToCase(object, somewhere())).toMatchObject({ kind: "objected" });
  expect(await caseNow(id)).toMatchObject({ state: "open", round: 2 });
});

test("all addresses and who asked are notified, and it is recorded", async () => {
  const { object, old, email, accountId } = await opened();
  await addFurther(accountId, `second-${old}`);
  const client = somewhere();
  await objectToCase(object, client);
  expect(await kindsTo(old)).toEqual(["case-objected", "case-opened"]);
  expect(await kindsTo(`second-${old}`)).toEqual(["case-objected"]);
  expect(await kindsTo(email)).toContain("case-objection");
  expect((await activitiesOf(accountId)).at(-1)).toMatchObject({
    kind: "case-objected",
    ip: client.ip,
  });
});

test("one press uses up the links of every address; pressed twice, or at the same moment, it counts once", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const second = `second-${account.email}`;
  await addFurther(accountId, second);
  const { id } = await sentCase(applicantOf(actor));
  const tokens = [await tokenIn(account.email), await tokenIn(second)];
  const outcomes = await Promise.all(
    [...tokens, ...tokens].map((token) => objectToCase(token, somewhere())),
  );
  expect(outcomes.filter(({ kind }) => kind === "objected")).toHaveLength(1);
  expect(await caseNow(id)).toMatchObject({ round: 2 });
  for (const token of tokens) {
    expect(await readObjectionPage(token)).toMatchObject({ kind: "objected", objectedAt: start });
  }
  expect(await kindsTo(second)).toEqual(["case-objected", "case-opened"]);
});

/** Objects to a case, which two of the staff then agree to all the same; returns the newest link. */
async function agreedAfterObjection({ id, object, old }: Awaited<ReturnType<typeof opened>>) {
  await objectToCase(object, somewhere());
  await approve(id);
  const found = await findCase(db, id);
  if (found === null) throw new Error("The case is gone.");
  laterDays(1);
  await notifyOwner(db, "case-will-change", found, found.account, { now: new Date() });
  return tokenIn(old);
}

test("O6: once staff have agreed after an objection, one more is noted and stops nothing, and nobody is mailed", async () => {
  const given = await opened();
  const { id, accountId, old, email } = given;
  await addFurther(accountId, `second-${old}`);
  const newest = await agreedAfterObjection(given);
  const coolsUntil = new Date("2026-11-25T12:00:00Z");
  expect(await readObjectionPage(newest)).toMatchObject({ kind: "reviewed", coolsUntil });
  const [before, mails] = [await caseNow(id), await db.mail.count()];
  const client = somewhere();
  const outcomes = await Promise.all([objectToCase(newest, client), objectToCase(newest, client)]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["noted", "over"]);
  expect(await caseNow(id)).toEqual(before);
  expect(before).toMatchObject({ state: "approved", objectedAt: start, objectedBy: old });
  expect(await db.mail.count()).toBe(mails);
  expect(await kindsTo(email)).toHaveLength(3);
  const objections = (await activitiesOf(accountId)).filter(({ kind }) => kind === "case-objected");
  expect(objections).toHaveLength(2);
  expect(objections[1]).toMatchObject({ ip: client.ip, at: new Date("2026-11-23T12:00:00Z") });
  // Its own link is used; the one that went to another address can be noted still.
  expect(await readObjectionPage(newest)).toMatchObject({ kind: "agreed", coolsUntil });
  const other = await tokenIn(`second-${old}`);
  expect(await objectToCase(other, somewhere())).toMatchObject({ kind: "noted" });
});

test("O3: an older link does not say any more that the change has stopped", async () => {
  const given = await opened();
  await agreedAfterObjection(given);
  expect(await readObjectionPage(given.object)).toMatchObject({ kind: "agreed" });
  expect(await objectToCase(given.object, somewhere())).toEqual({ kind: "over" });
});

/** Objects to all cases of an account, as its owner's "that was not me" does. */
const objectToAll = (accountId: string, by: string, client = somewhere()) =>
  inTransaction(async (tx) => {
    await lockSubject(tx, accountId);
    return objectToLiveCases(tx, accountId, by, client, new Date());
  });

test("every live case of the account is stopped as by a link, and no other one", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  const draft = await startFor(applicantOf(actor));
  const cases = [];
  for (let request = 0; request < 3; request += 1) cases.push(await sentCase(applicantOf(actor)));
  const [first, second, third] = cases.map(({ id }) => id);
  const stranger = await opened();
  await approve(first ?? "");
  await db.recoveryCase.update({
    where: { id: third ?? "" },
    data: { state: "refused", endedAt: start },
  });
  const over = await caseNow(third ?? "");
  const client = somewhere();
  expect(await objectToAll(accountId, account.email, client)).toBe(2);
  for (const id of [first, second]) {
    expect(await caseNow(id ?? "")).toMatchObject({
      state: "open",
      objectedAt: start,
      objectedBy: account.email,
      round: 2,
      approvedAt: null,
      remindAt: null,
      coolsUntil: null,
    });
    const links = { targetId: id ?? "", purpose: "object-case" };
    expect(await db.accountLink.count({ where: { ...links, endedAt: { not: null } } })).toBe(1);
  }
  expect(await caseNow(third ?? "")).toEqual(over);
  expect(await caseNow(draft)).toMatchObject({ state: "draft", round: 1 });
  expect(await caseNow(stranger.id)).toMatchObject({ state: "open", round: 1, objectedAt: null });
  const kinds = await kindsTo(account.email);
  expect(kinds.filter((kind) => kind === "case-objected")).toHaveLength(2);
  expect(await kindsTo(cases[0]?.email ?? "")).toContain("case-objection");
  const objections = (await activitiesOf(accountId)).filter(({ kind }) => kind === "case-objected");
  expect(objections).toMatchObject([{ ip: client.ip }, { ip: client.ip }]);
});

test("what staff agreed to after an objection is noted alike, and stands", async () => {
  const given = await opened();
  await agreedAfterObjection(given);
  const [before, mails] = [await caseNow(given.id), await db.mail.count()];
  expect(await objectToAll(given.accountId, `other-${given.old}`)).toBe(0);
  expect(await caseNow(given.id)).toEqual(before);
  expect(await db.mail.count()).toBe(mails);
  const kinds = (await activitiesOf(given.accountId)).map(({ kind }) => kind);
  expect(kinds).toEqual(["case-sent", "case-objected", "case-objected"]);
});

test.each([
  ["done", "done"],
  ["refused", "ended"],
  ["withdrawn", "ended"],
  ["taken", "ended"],
  ["superseded", "ended"],
])("after the end (%s) the page says so, and a press does nothing", async (state, kind) => {
  const { id, object, old } = await opened();
  await db.recoveryCase.update({ where: { id }, data: { state, endedAt: start } });
  expect(await readObjectionPage(object)).toMatchObject({ kind });
  expect(await objectToCase(object, somewhere())).toEqual({ kind: "over" });
  expect(await caseNow(id)).toMatchObject({ state, round: 1, objectedAt: null });
  expect(await kindsTo(old)).toEqual(["case-opened"]);
});

test("a link is good for 60 days, and says so afterwards", async () => {
  const { id, object } = await opened();
  laterDays(59.9);
  expect((await readObjectionPage(object)).kind).toBe("live");
  laterDays(60);
  expect((await readObjectionPage(object)).kind).toBe("expired");
  expect(await objectToCase(object, somewhere())).toEqual({ kind: "over" });
  expect(await caseNow(id)).toMatchObject({ round: 1 });
});

test("forged tokens, those of other purposes and those of an account that is gone do nothing", async () => {
  const { id, object, token, accountId } = await opened();
  const found = await caseNow(id);
  const dead = [
    null,
    "",
    "A".repeat(64),
    `${object.slice(0, -2)}${object.endsWith("AA") ? "BB" : "AA"}`,
    token,
    linkTokenOf("object-case", found),
    linkTokenOf("object-case", { ...found, id: randomUUID() }),
  ];
  for (const one of dead) {
    expect(await readObjectionPage(one)).toEqual({ kind: "dead" });
    expect(await objectToCase(one, somewhere())).toEqual({ kind: "over" });
  }
  expect(await caseNow(id)).toMatchObject({ state: "open", objectedAt: null });
  await db.account.delete({ where: { id: accountId } });
  expect(await readObjectionPage(object)).toEqual({ kind: "dead" });
  expect(await objectToCase(object, somewhere())).toEqual({ kind: "over" });
});
