import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { presentSecretId } from "@/lib/secrets/code";
import { newLinkKey } from "@/lib/secrets/link-token";
import { newReference } from "@/lib/secrets/reference";
import { freshAddress, newBrowser } from "@/lib/testing/people";
import { sharedIp } from "@/lib/testing/taking-away";

const elsewhere = "198.51.100.77";
const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/** What an account was equipped with, as it is now. */
export type Equipment = {
  /** Which of it still opens the account, by name. */
  stillOpen(): Promise<string[]>;
  /** The causes that its rows which have ended say, each once. */
  causes(): Promise<string[]>;
};

/**
 * Gives an account one of everything that opens it, some of it twice where an act may distinguish
 * them.
 */
export async function equip(accountId: string): Promise<Equipment> {
  const at = new Date();
  const soon = new Date(at.getTime() + 3_600_000);
  const from = { ip: elsewhere, userAgent };
  const { email, supportPinUses } = await db.account.findUniqueOrThrow({
    where: { id: accountId },
  });
  const session = await db.session.create({
    data: {
      ...{ accountId, because: "code", browserId: newBrowser() },
      ...{ ...from, createdAt: at, lastSeenAt: at },
    },
  });
  const browser = await db.trustedBrowser.create({
    data: {
      ...{ accountId, browserId: newBrowser(), userAgent, renewedAt: at },
      ...{ createdAt: at, lastUsedAt: at, expiresAt: soon },
    },
  });
  const challenge = (purpose: string, more: object) =>
    db.challenge.create({
      data: {
        ...{ purpose, accountId, email, place: `${elsewhere}/32`, ...from, locale: "en" },
        ...{ browserId: newBrowser(), secretHash: randomBytes(), secretId: presentSecretId() },
        ...{ lastMailAt: at, createdAt: at, expiresAt: soon, ...more },
      },
    });
  const signIn = await challenge("sign-in", { reference: newReference(), passUntil: soon });
  const widening = await challenge("widening", { sessionId: session.id, wish: {} });
  const reset = await db.passwordReset.create({
    data: { ...newLinkKey("password reset"), accountId, createdAt: at, expiresAt: soon },
  });
  const moves = { accountId, oldEmail: email, newEmail: freshAddress(), createdAt: at };
  const waiting = await db.emailChange.create({ data: { ...moves, expiresAt: soon } });
  const done = { endedAt: at, endedBecause: "done", undoUntil: soon, oldEmail: freshAddress() };
  const undoable = await db.emailChange.create({ data: { ...moves, expiresAt: soon, ...done } });
  const link = (purpose: "not-me" | "confirm-address", more: object) =>
    db.accountLink.create({
      data: {
        ...newLinkKey(purpose),
        ...{ accountId, purpose, recipient: email, createdAt: at, expiresAt: soon },
        ...{ toldOf: { mail: "place-trusted", ip: null, network: null, trustedBefore: true } },
        ...more,
      },
    });
  const notMe = await link("not-me", {});
  const undoLink = await link("not-me", { targetId: undoable.id });
  const address = { accountId, createdAt: at, expiresAt: soon };
  const confirmed = await db.furtherAddress.create({
    data: { ...address, email: freshAddress(), confirmedAt: at },
  });
  const asked = await db.furtherAddress.create({ data: { ...address, email: freshAddress() } });
  const askedLink = await link("confirm-address", { targetId: asked.id });
  await db.trustedPlace.create({
    data: {
      ...{ accountId, network: `${elsewhere}/32`, because: "code" },
      ...{ createdAt: at, lastUsedAt: at },
    },
  });
  const seen = { accountId, browserId: newBrowser(), firstSeenAt: at, lastSeenAt: at };
  const networks = [`${sharedIp}/32`, `${elsewhere}/32`];
  await db.seenBrowser.createMany({ data: networks.map((network) => ({ ...seen, network })) });
  const phone = "+351215550100";
  await db.account.update({ where: { id: accountId }, data: { phone, phoneChangedAt: at } });
  const causes = async () => {
    const of = (...ids: string[]) => ({ where: { id: { in: ids }, endedAt: { not: null } } });
    const rows = [
      ...(await db.session.findMany(of(session.id))),
      ...(await db.trustedBrowser.findMany(of(browser.id))),
      ...(await db.challenge.findMany(of(signIn.id, widening.id))),
      ...(await db.passwordReset.findMany(of(reset.id))),
      ...(await db.emailChange.findMany(of(waiting.id))),
      ...(await db.accountLink.findMany(of(notMe.id, undoLink.id, askedLink.id))),
    ];
    return [...new Set(rows.map(({ endedBecause }) => String(endedBecause)))].sort();
  };
  const stillOpen = async () => {
    const open = (id: string) => ({ where: { id, endedAt: null } });
    const account = { id: accountId };
    const placesAt = (network: string) => db.trustedPlace.count({ where: { accountId, network } });
    const seenAt = (network: string) => db.seenBrowser.count({ where: { ...seen, network } });
    const found: Record<string, number> = {
      session: await db.session.count(open(session.id)),
      "trusted browser": await db.trustedBrowser.count(open(browser.id)),
      "pending sign-in": await db.challenge.count(open(signIn.id)),
      "pending widening": await db.challenge.count(open(widening.id)),
      "reset link": await db.passwordReset.count(open(reset.id)),
      "waiting change of e-mail": await db.emailChange.count(open(waiting.id)),
      "undoing of a change": await db.emailChange.count({
        where: { id: undoable.id, undoUntil: { not: null } },
      }),
      "not-me link": await db.accountLink.count(open(notMe.id)),
      "not-me link that undoes": await db.accountLink.count(open(undoLink.id)),
      "further address": await db.furtherAddress.count({ where: { id: confirmed.id } }),
      "asked address": await db.furtherAddress.count({ where: { id: asked.id } }),
      "link of an asked address": await db.accountLink.count(open(askedLink.id)),
      "shared place": await placesAt(`${sharedIp}/32`),
      "other place": await placesAt(`${elsewhere}/32`),
      "browser seen at the shared place": await seenAt(`${sharedIp}/32`),
      "browser seen at the other place": await seenAt(`${elsewhere}/32`),
      phone: await db.account.count({ where: { ...account, phone } }),
      "support PIN": await db.account.count({ where: { ...account, supportPinUses } }),
      password: await db.account.count({ where: { ...account, passwordOffAt: null } }),
    };
    return Object.keys(found).filter((name) => (found[name] ?? 0) > 0);
  };
  return { stillOpen, causes };
}

const randomBytes = () => new Uint8Array(Buffer.from(randomUUID().replaceAll("-", ""), "hex"));

/** What opens an account in whatever table, by name: counted by its rows, not by who made them. */
export async function waysInto(accountId: string): Promise<string[]> {
  const live = { where: { accountId, endedAt: null } };
  const account = { id: accountId };
  const found: Record<string, number> = {
    sessions: await db.session.count(live),
    "trusted browsers": await db.trustedBrowser.count(live),
    "pending codes": await db.challenge.count(live),
    "reset links": await db.passwordReset.count(live),
    "changes of e-mail": await db.emailChange.count(live),
    undoing: await db.emailChange.count({ where: { accountId, undoUntil: { not: null } } }),
    addresses: await db.furtherAddress.count({ where: { accountId } }),
    places: await db.trustedPlace.count({ where: { accountId } }),
    "seen browsers": await db.seenBrowser.count({ where: { accountId } }),
    phone: await db.account.count({ where: { ...account, phone: { not: null } } }),
    password: await db.account.count({ where: { ...account, passwordOffAt: null } }),
  };
  return Object.keys(found).filter((name) => (found[name] ?? 0) > 0);
}
