import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { storeBrowserZone } from "@/lib/account/store";
import { checkAddress } from "@/lib/contact/ask-address";
import { askEmailChange } from "@/lib/contact/ask-email-change";
import { removeAddress, resendAddressRequest } from "@/lib/contact/change-addresses";
import { confirmByLink, readConfirmable } from "@/lib/contact/confirm";
import { readContactPage } from "@/lib/contact/contact-page";
import { saveDetails } from "@/lib/contact/save-details";
import { db } from "@/lib/db/client";
import type { ConfirmingMailKind } from "@/lib/mail/kinds";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { signIn } from "@/lib/sign-in/sign-in";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { laterHours, stoppedClock } from "@/lib/testing/clock";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, freshAddress, newBrowser, passwordProof } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();
stoppedClock();

type Actor = Awaited<ReturnType<typeof makeActor>>;

const reader = clientAt("192.0.2.44");

async function tokenFor(actor: Actor, kind: ConfirmingMailKind): Promise<string> {
  const link = await db.accountLink.findFirstOrThrow({
    where: { accountId: actor.session.accountId, purpose: kind },
    orderBy: { createdAt: "desc" },
  });
  return linkTokenOf(kind, link) ?? "";
}

const askToAdd = (actor: Actor, email: string) =>
  askToWiden(actor, actorsPassword, { kind: "add-address", email });
const addressesOf = async ({ session }: Actor) => (await readContactPage(session)).addresses;
const kindsTo = async (recipient: string) =>
  (await db.mail.findMany({ where: { recipient }, orderBy: { createdAt: "asc" } })).map(
    ({ kind }) => kind,
  );

test("an address counts only after it was confirmed from its own mailbox", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const email = freshAddress();
  await askToAdd(actor, email);
  expect(await kindsTo(email)).toEqual(["confirm-address"]);
  const request = {
    accountId,
    proof: await passwordProof(accountId),
    client: reader,
    browserId: newBrowser(),
    callbackPath: null,
    earlier: null,
  };
  await signIn(request);
  expect(await kindsTo(email)).toEqual(["confirm-address"]);
  const token = await tokenFor(actor, "confirm-address");
  expect(await readConfirmable(token)).toMatchObject({ address: email, state: { kind: "open" } });
  expect(await addressesOf(actor)).toMatchObject([{ confirmed: false }]);
  expect(await confirmByLink(token, reader)).toEqual({ kind: "confirmed" });
  expect(await confirmByLink(token, reader)).toEqual({ kind: "over" });
  expect((await readConfirmable(token))?.state).toEqual({ kind: "done" });
  await signIn(request);
  expect(await kindsTo(email)).toEqual(["confirm-address", "address-added", "sign-in-code"]);
  expect(await mailsOf(accountId, "address-added")).toHaveLength(2);
  expect((await activitiesOf(accountId)).map(({ kind }) => kind)).toEqual([
    "address-asked",
    "address-added",
  ]);
});

test("a request that is a day old confirms nothing", async () => {
  const actor = await makeActor();
  await askToAdd(actor, freshAddress());
  const token = await tokenFor(actor, "confirm-address");
  laterHours(24);
  expect(await confirmByLink(token, reader)).toEqual({ kind: "over" });
  expect((await readConfirmable(token))?.state).toEqual({ kind: "lapsed" });
  expect(await addressesOf(actor)).toEqual([]);
});

test("a removed address is notified, confirms nothing, and gets nothing more", async () => {
  const actor = await makeActor();
  const email = freshAddress();
  const id = await addFurther(actor.session.accountId, email);
  expect(await removeAddress(actor, id)).toEqual({ kind: "removed", email });
  expect(await removeAddress(actor, id)).toEqual({ kind: "already-removed" });
  expect(await kindsTo(email)).toEqual(["address-removed"]);
  const unconfirmed = freshAddress();
  await askToAdd(actor, unconfirmed);
  const token = await tokenFor(actor, "confirm-address");
  const [asked] = await addressesOf(actor);
  await removeAddress(actor, asked?.id ?? "");
  expect(await confirmByLink(token, reader)).toEqual({ kind: "over" });
  expect((await readConfirmable(token))?.state).toEqual({ kind: "removed" });
  expect(await kindsTo(unconfirmed)).toEqual(["confirm-address"]);
});

test("another customer's address is not found, and stays", async () => {
  const [actor, stranger] = [await makeActor(), await makeActor()];
  const theirs = await addFurther(stranger.session.accountId, freshAddress());
  for (const id of [theirs, randomUUID(), "", "x"]) {
    expect(await removeAddress(actor, id)).toEqual({ kind: "unknown" });
    expect(await resendAddressRequest(actor, id)).toEqual({ kind: "unknown" });
  }
  expect(await addressesOf(stranger)).toHaveLength(1);
});

test("two further addresses are the most, also when asked for at the same moment", async () => {
  const actor = await makeActor();
  const outcomes = await Promise.all([1, 2, 3].map(() => askToAdd(actor, freshAddress())));
  const kinds = outcomes.map((outcome) => outcome.kind === "done" && outcome.result.kind);
  expect(kinds.sort()).toEqual(["address-asked", "address-asked", "address-refused"]);
  expect(await checkAddress(actor.session, freshAddress())).toEqual({ error: "too-many" });
});

test.each([
  ["", "emailMissing"],
  ["nobody", "emailInvalid"],
  [`${"x".repeat(250)}@example.com`, "emailTooLong"],
])("the address %j is refused", async (typed, error) => {
  const actor = await makeActor();
  expect(await checkAddress(actor.session, typed)).toEqual({ error });
});

test("the contact e-mail and an address that is there already are no further ones", async () => {
  const actor = await makeActor();
  const { account, accountId } = actor.session;
  expect(await checkAddress(actor.session, account.email.toUpperCase())).toEqual({
    error: "known",
  });
  await addFurther(accountId, "mine@example.com");
  expect(await checkAddress(actor.session, "mine@example.com")).toEqual({ error: "known" });
});

test("the request is sent again with a link that replaces the one before, five times an hour", async () => {
  const actor = await makeActor();
  await askToAdd(actor, freshAddress());
  const [asked] = await addressesOf(actor);
  const id = asked?.id ?? "";
  const first = await tokenFor(actor, "confirm-address");
  laterHours(0.1);
  expect((await resendAddressRequest(actor, id)).kind).toBe("sent");
  expect((await readConfirmable(first))?.state).toEqual({ kind: "superseded" });
  expect(await confirmByLink(first, reader)).toEqual({ kind: "over" });
  for (let count = 0; count < 3; count += 1) await resendAddressRequest(actor, id);
  expect(await resendAddressRequest(actor, id)).toEqual({ kind: "too-often" });
  laterHours(1.2);
  expect((await resendAddressRequest(actor, id)).kind).toBe("sent");
  expect(await confirmByLink(await tokenFor(actor, "confirm-address"), reader)).toEqual({
    kind: "confirmed",
  });
});

test("hostile tokens open nothing", async () => {
  for (const token of [null, "", "x", "A".repeat(64), "é".repeat(64), `${"A".repeat(63)}'`]) {
    expect(await readConfirmable(token)).toBeNull();
    expect(await confirmByLink(token, reader)).toEqual({ kind: "dead" });
  }
});

test("name, language and time zone are saved, and mailed with what changed", async () => {
  const actor = await makeActor();
  const typed = { name: " Ana  Maria ", language: "fr", timeZone: "Europe/Lisbon" };
  expect(await saveDetails(actor, typed)).toEqual({ kind: "saved" });
  const { accountId } = actor.session;
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  expect(account).toMatchObject({ name: "Ana Maria", locale: "fr", timeZone: "Europe/Lisbon" });
  const [mail] = await mailsOf(accountId, "details-changed");
  expect(mail?.facts).toMatchObject({ about: { details: ["name", "language", "time-zone"] } });
});

test("details that did not change are not mailed", async () => {
  const actor = await makeActor();
  const { name, locale } = actor.session.account;
  const typed = { name, language: locale, timeZone: "" };
  expect(await saveDetails(actor, typed)).toEqual({ kind: "unchanged" });
  expect(await mailsOf(actor.session.accountId, "details-changed")).toEqual([]);
});

test.each([
  ["Europe/Kiev", "Europe/Kyiv"],
  ["Asia/Kolkata", "Asia/Kolkata"],
  ["Asia/Calcutta", "Asia/Kolkata"],
  ["US/Pacific", "America/Los_Angeles"],
])("the time zone %s is saved under today's name: %s", async (timeZone, today) => {
  const actor = await makeActor();
  const { name, locale } = actor.session.account;
  expect(await saveDetails(actor, { name, language: locale, timeZone })).toEqual({ kind: "saved" });
  const { id } = actor.session.account;
  expect(await db.account.findUnique({ where: { id } })).toMatchObject({ timeZone: today });
});

/** The same customer as a page finds it now, by a browser that says a zone. */
async function asFound(actor: Awaited<ReturnType<typeof makeActor>>, said: string | null = null) {
  const { id } = actor.session.account;
  const account = await db.account.findUniqueOrThrow({ where: { id } });
  const client = { ...actor.client, timeZone: said };
  return {
    ...actor,
    client,
    session: { ...actor.session, account: { ...actor.session.account, ...account } },
  };
}

test("a zone that was chosen is none that a browser said, until the browser is to say again", async () => {
  const actor = await makeActor();
  const { id, name, locale } = actor.session.account;
  const choose = async (timeZone: string, said: string | null) => {
    await saveDetails(await asFound(actor, said), { name, language: locale, timeZone });
    const select = { timeZone: true, timeZoneFromBrowser: true };
    return Object.values(await db.account.findUniqueOrThrow({ where: { id }, select }));
  };
  await storeBrowserZone(db, id, "Europe/Lisbon");
  expect(await choose("", null)).toEqual(["Europe/Lisbon", true]);
  expect(await mailsOf(id, "details-changed")).toEqual([]);
  // The same zone, but chosen: the next browser does not move it.
  expect(await choose("Europe/Lisbon", "Asia/Tokyo")).toEqual(["Europe/Lisbon", false]);
  await storeBrowserZone(db, id, "Asia/Tokyo");
  expect(await choose("Europe/Paris", "Asia/Tokyo")).toEqual(["Europe/Paris", false]);
  expect(await choose("", "Asia/Tokyo")).toEqual(["Asia/Tokyo", true]);
  expect(await choose("Europe/Paris", null)).toEqual(["Europe/Paris", false]);
  expect(await choose("", null)).toEqual([null, false]);
});

test("a zone that was kept under yesterday's name has not changed", async () => {
  const actor = await makeActor();
  const { account } = actor.session;
  const kept = { ...account, timeZone: "Europe/Kiev" };
  const typed = { name: account.name, language: account.locale, timeZone: "Europe/Kyiv" };
  const outcome = await saveDetails(
    { ...actor, session: { ...actor.session, account: kept } },
    typed,
  );
  expect(outcome).toEqual({ kind: "unchanged" });
});

test.each(["", " ", "\u200b", "\u3164", "\u2800"])("the name %j is missing", async (name) => {
  const actor = await makeActor();
  const outcome = await saveDetails(actor, { name, language: "en", timeZone: "" });
  expect(outcome).toEqual({ kind: "invalid", errors: { name: "nameMissing" } });
});

test("details that cannot be are refused, each with its reason", async () => {
  const actor = await makeActor();
  const typed = { name: "https://evil.example", language: "xx", timeZone: "Nowhere/Land" };
  expect(await saveDetails(actor, typed)).toEqual({
    kind: "invalid",
    errors: { name: "nameIsUrl", language: "languageUnknown", timeZone: "timeZoneUnknown" },
  });
});

test("a mailbox is asked five times in an hour to confirm something, by however many accounts", async () => {
  const email = freshAddress();
  const actors = await Promise.all(Array.from({ length: 7 }, () => makeActor()));
  const kinds: string[] = [];
  for (const actor of actors.slice(0, 6)) kinds.push(JSON.stringify(await askToAdd(actor, email)));
  expect(await kindsTo(email)).toEqual(Array(5).fill("confirm-address"));
  expect(kinds[5]).toContain("too-often");
  const change = await askEmailChange(actors[6] as Actor, actorsPassword, email);
  expect(change).toEqual({ kind: "too-often" });
  laterHours(1.1);
  const later = await makeActor();
  await askToAdd(later, email);
  expect(await kindsTo(email)).toHaveLength(6);
});
