import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { kindsWith, linkTypeOf, type MailKind, mailKinds } from "@/lib/mail/kinds";
import type { MailLinkType } from "@/lib/mail/mail-row";
import { enqueueMail } from "@/lib/mail/outbox";
import { linkTokenOf, newLinkKey } from "@/lib/secrets/link-token";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { expectLogged } from "@/lib/testing/logged";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress, makeAccount } from "@/lib/testing/people";

let claims: Claims;

const databaseUrl = testDatabase();
const later = new Date(Date.now() + 3_600_000);
const times = { createdAt: new Date(), expiresAt: later };

beforeEach(async () => {
  await db.mail.deleteMany();
  claims = openClaims(databaseUrl());
});

afterEach(() => claims.close());

type ColumnOfBefore = "reset_id" | "case_id" | "invitation_id" | "link_id";

/** Where the version before keeps a link of each type. */
const columns = {
  "password reset": "reset_id",
  case: "case_id",
  "staff-invitation": "invitation_id",
  "confirm-address": "link_id",
  "confirm-old-email": "link_id",
  "confirm-new-email": "link_id",
  "object-case": "link_id",
} as const satisfies Record<MailLinkType, ColumnOfBefore>;

/** Makes the row that a link opens; returns its key. */
async function makeLink(type: MailLinkType) {
  const key = newLinkKey(type);
  const { id: accountId, email } = await makeAccount();
  if (type === "password reset") {
    await db.passwordReset.create({ data: { ...key, ...times, accountId } });
  } else if (type === "staff-invitation") {
    await db.staffInvitation.create({ data: { ...key, ...times, email, role: "support" } });
  } else if (type === "case") {
    const made = { accountId, accountEmail: email, proof: "password", state: "open" };
    const from = { ip: null, countryCode: null, userAgent: "", locale: "en" };
    const reference = randomUUID();
    await db.recoveryCase.create({ data: { ...key, ...times, ...made, ...from, reference } });
  } else {
    const row = { ...key, ...times, accountId, purpose: type, recipient: email };
    await db.accountLink.create({ data: row });
  }
  return key;
}

const linking = mailKinds.flatMap((kind): [MailKind, MailLinkType][] => {
  const type = linkTypeOf(kind);
  return type === null ? [] : [[kind, type]];
});

/** The text of a mail that is sent. */
async function textOf(id: string): Promise<string> {
  const { transport, tried } = recordingTransport();
  expect(await deliverMail(id, { claims, transport })).toBe("sent");
  return tried[0]?.text ?? "";
}

function mailOf(kind: MailKind) {
  const mail = notice({ kind, recipient: freshAddress() });
  const facts = { ...mail.facts, until: later.toISOString(), reference: "K7QM-2PX" };
  return { ...mail, facts };
}

/** Puts up a mail as the version before does, which knows no types of links. */
async function enqueueAsBefore(kind: MailKind, column: ColumnOfBefore, linkId: string) {
  const id = randomUUID();
  const { recipient, facts } = mailOf(kind);
  await db.$executeRawUnsafe(
    `INSERT INTO mail (id, kind, ${column}, recipient, locale, facts, next_try_at, useful_until, created_at)
     VALUES ($1::uuid, $2, $3::uuid, $4, 'en', $5::jsonb, now(), $6, now())`,
    id,
    kind,
    linkId,
    recipient,
    JSON.stringify(facts),
    later,
  );
  return id;
}

test.each(linking)("%s that the version before put up carries its link", async (kind, type) => {
  const key = await makeLink(type);
  const id = await enqueueAsBefore(kind, columns[type], key.id);
  expect(await textOf(id)).toContain(`?token=${linkTokenOf(type, key)}\n`);
});

test.each(linking)("the version before finds the link of %s where it looks", async (kind, type) => {
  const key = await makeLink(type);
  const id = await enqueueMail(db, { ...mailOf(kind), link: { type, id: key.id } });
  const [row] = await db.$queryRaw<Record<ColumnOfBefore, string | null>[]>`
    SELECT reset_id, case_id, invitation_id, link_id FROM mail WHERE id = ${id}::uuid`;
  const none = { reset_id: null, case_id: null, invitation_id: null, link_id: null };
  expect(row).toEqual({ ...none, [columns[type]]: key.id });
});

test("a mail without a link has none for either version", async () => {
  for (const kind of kindsWith({ template: "new-browser" })) {
    const id = await enqueueMail(db, mailOf(kind));
    const [row] = await db.$queryRaw<object[]>`
      SELECT link_type, link_row_id, reset_id, case_id, invitation_id, link_id
      FROM mail WHERE id = ${id}::uuid`;
    expect(new Set(Object.values(row ?? { none: "" }))).toEqual(new Set([null]));
  }
});

test("a mail is not put up without the link that its kind carries, nor with another", async () => {
  const key = await makeLink("password reset");
  await expect(enqueueMail(db, mailOf("password-reset"))).rejects.toThrow(/password reset/);
  const link = { type: "password reset" as const, id: key.id };
  await expect(enqueueMail(db, { ...mailOf("new-browser"), link })).rejects.toThrow(/no link/);
  await expect(enqueueMail(db, { ...mailOf("staff-invited"), link })).rejects.toThrow(/invitation/);
  expect(await db.mail.count()).toBe(0);
});

test("a link of a type that only another version knows is not taken for one of ours", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const key = await makeLink("password reset");
  const link = { type: "password reset" as const, id: key.id };
  const id = await enqueueMail(db, { ...mailOf("password-reset"), link });
  await db.mail.update({ where: { id }, data: { linkType: "not yet thought of" } });
  const { transport, tried } = recordingTransport();
  // It waits for a process that knows it, and is not given up.
  expect(await deliverMail(id, { claims, transport })).toBe("put-off");
  expect(tried).toEqual([]);
});
