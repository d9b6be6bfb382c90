import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { checkPlace } from "@/lib/places/check-place";
import { listPlaces } from "@/lib/places/list-places";
import { removePlace } from "@/lib/places/remove-place";
import { renamePlace } from "@/lib/places/rename-place";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";
import { activitiesOf, actorsPassword, addFurther, mailsOf, makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { clientAt, makeAccount } from "@/lib/testing/people";
import { askToWiden } from "@/lib/widening/ask-to-widen";

testDatabase();

type Actor = Awaited<ReturnType<typeof makeActor>>;

const add = (actor: Actor, network: string, name: string | null = null) =>
  askToWiden(actor, actorsPassword, { kind: "add-place", network, name });
const placesOf = ({ session, client }: Actor) => listPlaces(session, client);
const idOf = async (actor: Actor, network: string) =>
  (await placesOf(actor)).find((place) => place.network === network)?.id ?? "";

test("a place added by hand is trusted, recorded, and mailed to every confirmed address", async () => {
  const actor = await makeActor();
  const { accountId, account } = actor.session;
  await addFurther(accountId, "second@example.com");
  const outcome = await add(actor, "198.51.100.0/24", "Office");
  expect(outcome).toEqual({
    kind: "done",
    result: { kind: "place-added", network: "198.51.100.0/24" },
  });
  const [, place] = await placesOf(actor);
  expect(place).toMatchObject({ network: "198.51.100.0/24", name: "Office", because: "by-hand" });
  const mails = await mailsOf(accountId, "place-added");
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual(
    [account.email, "second@example.com"].sort(),
  );
  expect(new Set(mails.map(({ notMeId }) => notMeId)).size).toBe(2);
  expect(await activitiesOf(accountId)).toMatchObject([
    { kind: "place-added", ip: "203.0.113.7", about: { place: "198.51.100.0/24" } },
  ]);
});

test("the same place at the same moment is added once", async () => {
  const actor = await makeActor();
  const outcomes = await Promise.all([1, 2, 3].map(() => add(actor, "198.51.100.9/32")));
  const kinds = outcomes.map((outcome) => outcome.kind === "done" && outcome.result.kind);
  expect(kinds.sort()).toEqual(["place-added", "place-known", "place-known"]);
  expect(await mailsOf(actor.session.accountId, "place-added")).toHaveLength(1);
});

test("a range that overlaps names the place it overlaps with, and an equal one is known", async () => {
  const actor = await makeActor({ trusted: ["198.51.100.9"] });
  const check = (network: string) => checkPlace(actor.session, { network, name: "" });
  expect(await check("198.51.100.0/24")).toEqual({
    kind: "invalid",
    errors: { network: "overlaps" },
    overlapping: "198.51.100.9",
  });
  expect(await check("198.51.100.9")).toEqual({ kind: "known", network: "198.51.100.9/32" });
  await add(actor, "192.0.2.0/24", "Office");
  expect(await check("192.0.2.77")).toEqual({
    kind: "invalid",
    errors: { network: "covered" },
    overlapping: "Office (192.0.2.0/24)",
  });
});

test.each([
  ["10.0.0.1", "", { network: "private" }],
  ["203.0.0.0/16", "", { network: "too-wide" }],
  ["home", "", { network: "malformed" }],
  [" ", "", { network: "networkMissing" }],
  ["192.0.2.1", "www.example.com", { name: "nameIsUrl" }],
  ["192.0.2.1", "x".repeat(41), { name: "nameTooLong" }],
  ["192.0.2.1", "<b>", { name: "nameInvalid" }],
  ["home", "<b>", { network: "malformed", name: "nameInvalid" }],
])("the form with %s and the name %j is refused", async (network, name, errors) => {
  const actor = await makeActor();
  const check = await checkPlace(actor.session, { network, name });
  expect(check).toMatchObject({ kind: "invalid", errors });
});

test("another account's places are no obstacle, and are not named", async () => {
  await makeAccount({ trusted: ["198.51.100.9"] });
  const actor = await makeActor();
  const check = await checkPlace(actor.session, { network: "198.51.100.9", name: "" });
  expect(check).toEqual({ kind: "place", network: "198.51.100.9/32", name: null });
});

test("beyond 100 places the least recently used makes room", async () => {
  const actor = await makeActor({ trusted: [] });
  const { accountId } = actor.session;
  const lastUsedAt = (index: number) => new Date(Date.UTC(2026, 0, 1, 0, index));
  await db.trustedPlace.createMany({
    data: Array.from({ length: TRUSTED_PLACES_PER_ACCOUNT }, (_, index) => ({
      accountId,
      network: `192.0.2.${index}/32`,
      because: "code",
      createdAt: lastUsedAt(0),
      lastUsedAt: lastUsedAt(index),
    })),
  });
  await add(actor, "198.51.100.9/32");
  const networks = (await placesOf(actor)).map(({ network }) => network);
  expect(networks).toHaveLength(TRUSTED_PLACES_PER_ACCOUNT);
  expect(networks).toContain("198.51.100.9");
  expect(networks).not.toContain("192.0.2.0");
  expect(networks).toContain("192.0.2.1");
});

test("removing the place one is in ends its other sessions, not this one, and is mailed", async () => {
  const actor = await makeActor();
  const { accountId } = actor.session;
  const neighbour = await makeActor({ accountId });
  const elsewhere = await makeActor({ accountId, ip: "198.51.100.9" });
  const outcome = await removePlace(actor, await idOf(actor, "203.0.113.7"));
  expect(outcome).toEqual({
    kind: "removed",
    network: "203.0.113.7",
    wasHere: true,
    wasLast: true,
  });
  const open = await db.session.findMany({ where: { accountId, endedAt: null } });
  expect(open.map(({ id }) => id).sort()).toEqual([actor.session.id, elsewhere.session.id].sort());
  expect(await mailsOf(accountId, "place-removed")).toHaveLength(1);
  expect(neighbour.session.id).not.toBe(actor.session.id);
});

test("pressed twice, a place is removed once and mailed once", async () => {
  const actor = await makeActor({ trusted: ["203.0.113.7", "198.51.100.9"] });
  const id = await idOf(actor, "198.51.100.9");
  expect(await removePlace(actor, id)).toMatchObject({ kind: "removed", wasHere: false });
  expect(await removePlace(actor, id)).toEqual({ kind: "already-removed" });
  expect(await mailsOf(actor.session.accountId, "place-removed")).toHaveLength(1);
});

test("another customer's place is not found, and stays as it is", async () => {
  const actor = await makeActor();
  const stranger = await makeActor({ ip: "198.51.100.9" });
  const id = await idOf(stranger, "198.51.100.9");
  for (const wrong of [id, randomUUID(), "", "1", "' OR true"]) {
    expect(await removePlace(actor, wrong)).toEqual({ kind: "unknown" });
    expect(await renamePlace(actor, wrong, "Mine")).toEqual({ kind: "unknown" });
  }
  expect(await placesOf(stranger)).toMatchObject([{ network: "198.51.100.9", name: null }]);
});

test("a place is named, which is an activity; the same name again is none, and nobody is mailed", async () => {
  const actor = await makeActor();
  const id = await idOf(actor, "203.0.113.7");
  expect(await renamePlace(actor, id, "  Home  office ")).toMatchObject({ kind: "renamed" });
  expect((await placesOf(actor))[0]).toMatchObject({ name: "Home office" });
  expect(await renamePlace(actor, id, "Home office")).toMatchObject({ kind: "unchanged" });
  expect(await renamePlace(actor, id, "see evil.example")).toEqual({
    kind: "invalid",
    error: "nameIsUrl",
  });
  expect(await renamePlace(actor, id, "")).toMatchObject({ kind: "renamed" });
  expect((await placesOf(actor))[0]).toMatchObject({ name: null });
  const { accountId } = actor.session;
  expect((await activitiesOf(accountId)).map(({ kind, about }) => [kind, about])).toEqual([
    ["place-renamed", { place: "203.0.113.7", placeName: "Home office", placeNameBefore: null }],
    ["place-renamed", { place: "203.0.113.7", placeName: null, placeNameBefore: "Home office" }],
  ]);
  expect(await db.mail.count({ where: { accountId } })).toBe(0);
});

test("the present place comes first, also where a range holds it, then the last used", async () => {
  const actor = await makeActor({ trusted: ["192.0.2.1"] });
  await add(actor, "203.0.113.0/24");
  const places = await placesOf(actor);
  expect(places.map(({ network, isHere }) => [network, isHere])).toEqual([
    ["203.0.113.0/24", true],
    ["192.0.2.1", false],
  ]);
  const unknown = await listPlaces(actor.session, { ...clientAt("192.0.2.9"), ip: null });
  expect(unknown.some(({ isHere }) => isHere)).toBe(false);
});

test("a place that five accounts trust is named as shared, with four it is not", async () => {
  const ip = "8.8.4.4";
  const actor = await makeActor({ ip });
  for (let others = 1; others <= 3; others += 1) await makeAccount({ trusted: [ip] });
  expect((await placesOf(actor))[0]).toMatchObject({ isShared: false });
  await makeAccount({ trusted: [ip] });
  expect((await placesOf(actor))[0]).toMatchObject({ isShared: true });
});

test("a session that was ended meanwhile changes nothing", async () => {
  const actor = await makeActor();
  const id = await idOf(actor, "203.0.113.7");
  await db.session.update({ where: { id: actor.session.id }, data: { endedAt: new Date() } });
  expect(await removePlace(actor, id)).toEqual({ kind: "signed-out" });
  expect(await renamePlace(actor, id, "Home")).toEqual({ kind: "signed-out" });
  expect(await add(actor, "198.51.100.9/32")).toEqual({ kind: "signed-out" });
});
