import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { hasLiveCase } from "@/lib/account/has-live-case";
import { addDocument } from "@/lib/cases/request/add-document";
import { readDraftPage } from "@/lib/cases/request/draft-page";
import { saveStory } from "@/lib/cases/request/fill-draft";
import { sendCase } from "@/lib/cases/request/send-case";
import { db } from "@/lib/db/client";
import { openLinkToken } from "@/lib/secrets/link-token";
import { activitiesOf, addFurther, makeActor } from "@/lib/testing/actors";
import { later, start, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { pdf } from "@/lib/testing/documents";
import {
  applicantOf,
  askAddress,
  caseNow,
  fillIn,
  kindsTo,
  mailsTo,
  nobody,
  sentCase,
  somewhere,
  startFor,
} from "@/lib/testing/drafts";
import { clientAt, freshAddress, makeAccount } from "@/lib/testing/people";

testDatabase();
stoppedClock();

test("a request is sent once it has a confirmed address and what happened, and says what it lacks", async () => {
  const id = await startFor(applicantOf(await makeActor()));
  const client = somewhere();
  expect(await sendCase(id, client)).toEqual({ kind: "missing", what: ["new-email", "story"] });
  await askAddress(id, freshAddress());
  expect(await sendCase(id, client)).toEqual({ kind: "missing", what: ["new-email", "story"] });
  await fillIn(id, freshAddress(), 0);
  await saveStory(id, "Too short.");
  expect(await sendCase(id, client)).toEqual({ kind: "missing", what: ["story"] });
  await saveStory(id, "é".repeat(2_001));
  expect(await sendCase(id, client)).toEqual({ kind: "missing", what: ["story"] });
  await saveStory(id, "é".repeat(2_000));
  expect((await sendCase(id, client)).kind).toBe("sent");
  expect(await caseNow(id)).toMatchObject({ state: "open", sentAt: start, version: 2 });
});

test("who has proven nothing sends documents", async () => {
  const account = await makeAccount();
  const id = await startFor(nobody, account.email);
  await fillIn(id, freshAddress(), 0);
  expect(await sendCase(id, somewhere())).toEqual({ kind: "missing", what: ["documents"] });
  await addDocument(id, { name: "id.pdf", bytes: pdf() }, somewhere());
  expect((await sendCase(id, somewhere())).kind).toBe("sent");
});

test("a proof is worth nothing once the password was changed", async () => {
  const actor = await makeActor();
  const id = await startFor(applicantOf(actor));
  await fillIn(id, freshAddress(), 0);
  later(1);
  const { accountId } = actor.session;
  await db.account.update({ where: { id: accountId }, data: { passwordChangedAt: new Date() } });
  expect(await readDraftPage(id)).toMatchObject({ draft: { proof: "nothing", timeZone: null } });
  expect(await sendCase(id, somewhere())).toEqual({ kind: "missing", what: ["documents"] });
  await addDocument(id, { name: "id.pdf", bytes: pdf() }, somewhere());
  await sendCase(id, clientAt("203.0.113.7"));
  expect(await caseNow(id)).toMatchObject({ proof: "nothing", fromLongTrusted: false });
});

test("every old address is notified at once and can object, each by a link of its own; the new one gets its page", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await addFurther(accountId, `second-${account.email}`);
  const { id, token, email } = await sentCase(applicantOf(actor));
  const { reference } = await caseNow(id);
  expect(openLinkToken("case", token)).toBe(id);
  const sent = [...(await mailsTo(account.email)), ...(await mailsTo(`second-${account.email}`))];
  expect(sent.map(({ kind }) => kind)).toEqual(["case-opened", "case-opened"]);
  expect(new Set(sent.map(({ linkRowId }) => linkRowId)).size).toBe(2);
  expect(sent.every(({ facts }) => JSON.stringify(facts).includes(reference))).toBe(true);
  // Whoever reads the old mailbox must not learn where to find who asked.
  expect(JSON.stringify([sent, await activitiesOf(accountId)])).not.toContain(email);
  expect(await kindsTo(email)).toEqual(["case-received", "new-address-code"]);
  expect((await activitiesOf(accountId)).map(({ kind }) => kind)).toEqual(["case-sent"]);
});

test("a request about an address without an account is sent alike, and notifies nobody but who asked", async () => {
  const typed = freshAddress();
  const { id, email } = await sentCase(nobody, { typed });
  expect(await caseNow(id)).toMatchObject({ state: "open", accountId: null, accountEmail: typed });
  expect(await kindsTo(typed)).toEqual([]);
  expect(await kindsTo(email)).toEqual(["case-received", "new-address-code"]);
});

test("two presses at once send once, and both lead to the same page", async () => {
  const actor = await makeActor();
  const [id, email] = [await startFor(applicantOf(actor)), freshAddress()];
  await fillIn(id, email);
  const outcomes = await Promise.all([sendCase(id, somewhere()), sendCase(id, somewhere())]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["sent", "sent-already"]);
  const tokens = outcomes.map((outcome) => "token" in outcome && outcome.token);
  expect(new Set(tokens).size).toBe(1);
  expect(await kindsTo(actor.session.account.email)).toEqual(["case-opened"]);
  expect(await readDraftPage(id)).toEqual({ kind: "sent", token: tokens[0] });
});

test("after 24 hours a draft is not sent, and nobody is notified", async () => {
  const actor = await makeActor();
  const id = await startFor(applicantOf(actor));
  await fillIn(id, freshAddress());
  later(24 * 60);
  expect(await sendCase(id, somewhere())).toEqual({ kind: "lapsed" });
  expect(await kindsTo(actor.session.account.email)).toEqual([]);
});

test("no draft is sent without one, or once its account is gone", async () => {
  const actor = await makeActor();
  const [id, email] = [await startFor(applicantOf(actor)), freshAddress()];
  await fillIn(id, email);
  await db.account.delete({ where: { id: actor.session.accountId } });
  for (const draft of [null, randomUUID(), id]) {
    expect(await sendCase(draft, somewhere())).toEqual({ kind: "no-draft" });
  }
  expect(await kindsTo(email)).toEqual(["new-address-code"]);
});

const home = "198.51.100.77";
const days = (count: number) => new Date(start.getTime() - count * 86_400_000);

/** Sends a request from an address, and says whether it counts as a place trusted for long. */
async function sendsFrom(
  ip: string | null,
  places: { network: string; since: Date }[],
  others = 0,
  proof: "session" | "nothing" = "session",
): Promise<boolean> {
  const actor = await makeActor({ trusted: [] });
  const { accountId, account } = actor.session;
  const place = (network: string, since: Date) => ({
    network,
    because: "code",
    createdAt: since,
    lastUsedAt: since,
  });
  await db.trustedPlace.deleteMany({ where: { account: { email: { startsWith: "neighbour" } } } });
  for (const { network, since } of places) {
    await db.trustedPlace.create({ data: { accountId, ...place(network, since) } });
  }
  for (let other = 0; other < others; other += 1) {
    const { id } = await makeAccount({ email: `neighbour-${randomUUID()}@example.com` });
    await db.trustedPlace.create({ data: { accountId: id, ...place(`${home}/32`, start) } });
  }
  const id = await startFor(proof === "session" ? applicantOf(actor) : nobody, account.email);
  await fillIn(id, freshAddress());
  const client = ip === null ? { ...clientAt(home), ip: null, network: null } : clientAt(ip);
  await sendCase(id, client);
  await db.trustedPlace.deleteMany({ where: { accountId } });
  return (await caseNow(id)).fromLongTrusted;
}

test("a place that was trusted for 30 days and that few others share shortens the wait", async () => {
  expect(await sendsFrom(home, [{ network: `${home}/32`, since: days(30) }])).toBe(true);
  expect(await sendsFrom(home, [{ network: "198.51.100.0/24", since: days(90) }])).toBe(true);
  expect(await sendsFrom(home, [{ network: `${home}/32`, since: days(30) }], 3)).toBe(true);
});

test.each([
  ["trusted for 29 days", home, [{ network: `${home}/32`, since: days(29) }], 0],
  ["shared by five accounts", home, [{ network: `${home}/32`, since: days(90) }], 4],
  [
    "trusted, but not where the request is sent",
    "192.0.2.8",
    [{ network: `${home}/32`, since: days(90) }],
    0,
  ],
  ["not known at all", null, [{ network: "128.0.0.0/1", since: days(90) }], 0],
  ["not trusted", home, [], 0],
] as const)("a place that is %s does not", async (_, ip, places, others) => {
  expect(await sendsFrom(ip, [...places], others)).toBe(false);
});

test("without password or session no place shortens the wait", async () => {
  const places = [{ network: `${home}/32`, since: days(90) }];
  expect(await sendsFrom(home, places, 0, "nothing")).toBe(false);
});

test("two requests of one account stand side by side, each with its mails", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  expect(await hasLiveCase(db, accountId)).toBe(false);
  await startFor(applicantOf(actor));
  expect(await hasLiveCase(db, accountId)).toBe(false);
  const cases = await Promise.all([sentCase(applicantOf(actor)), sentCase(applicantOf(actor))]);
  expect(await kindsTo(account.email)).toEqual(["case-opened", "case-opened"]);
  expect(await hasLiveCase(db, accountId)).toBe(true);
  for (const state of ["needs-more", "approved"]) {
    await db.recoveryCase.updateMany({
      where: { accountId, sentAt: { not: null } },
      data: { state },
    });
    expect(await hasLiveCase(db, accountId)).toBe(true);
  }
  for (const state of ["done", "refused", "withdrawn", "taken", "superseded"]) {
    await db.recoveryCase.updateMany({
      where: { accountId, sentAt: { not: null } },
      data: { state },
    });
    expect(await hasLiveCase(db, accountId)).toBe(false);
  }
  expect(cases[0].id).not.toBe(cases[1].id);
});
