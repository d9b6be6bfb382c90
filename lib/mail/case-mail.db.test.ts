import { afterEach, beforeEach, expect, test } from "vitest";
import { type NotifiableCase, notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { type Claims, openClaims } from "@/lib/mail/claims";
import type { ApplicantMailKind, OwnerMailKind } from "@/lib/mail/kinds";
import { enqueueMail } from "@/lib/mail/outbox";
import { type LinkPurpose, newLinkKey, openLinkToken } from "@/lib/secrets/link-token";
import { addFurther } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { expectLogged } from "@/lib/testing/logged";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { freshAddress, makeAccount } from "@/lib/testing/people";

let claims: Claims;

const databaseUrl = testDatabase();
const at = new Date();
const later = new Date(at.getTime() + 3_600_000);

beforeEach(async () => {
  await db.mail.deleteMany();
  claims = openClaims(databaseUrl());
});

afterEach(() => claims.close());

let made = 0;

/** A case that was sent, of an account of its own with one further address. */
async function sentCase() {
  const account = await makeAccount();
  const further = freshAddress();
  await addFurther(account.id, further);
  made += 1;
  const found = await db.recoveryCase.create({
    data: {
      ...newLinkKey("case"),
      reference: `K7QM-${String(made).padStart(3, "B")}`,
      accountId: account.id,
      accountEmail: account.email,
      proof: "password",
      state: "open",
      newEmail: `nova-${freshAddress()}`,
      ip: "203.0.113.42",
      countryCode: "BR",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
      locale: "en",
      createdAt: at,
      expiresAt: later,
    },
  });
  return { account, further, found, newEmail: found.newEmail ?? "" };
}

const toApplicant = (kind: ApplicantMailKind, found: NotifiableCase) =>
  notifyApplicant(db, kind, found, { now: at, until: later });

async function toOwner(kind: OwnerMailKind, found: NotifiableCase) {
  const owner = await db.account.findUniqueOrThrow({ where: { id: found.accountId ?? "" } });
  await notifyOwner(db, kind, found, owner, { now: at, until: later });
}

/** Tries each queued mail once. */
async function deliverAll() {
  const { transport, tried } = recordingTransport();
  const mails = await db.mail.findMany({ where: { state: "queued" } });
  const outcomes = [];
  for (const { id } of mails) outcomes.push(await deliverMail(id, { claims, transport }));
  return { outcomes, tried };
}

const tokenAt = (path: string, text = "") =>
  new RegExp(`^https?://[^/]+${path}\\?token=([\\w-]+)$`, "m").exec(text)?.[1] ?? "";

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname IN ('public', 'graphile_worker')`;
  const rows = tables.map(({ name }) =>
    db.$queryRawUnsafe<{ text: string }[]>(`SELECT to_jsonb(t)::text AS text FROM ${name} t`),
  );
  return (await Promise.all(rows))
    .flat()
    .map(({ text }) => text)
    .join("\n");
}

test("the mail to who asked gets the token of its case when it is delivered, and nothing stored holds it", async () => {
  const { found, newEmail } = await sentCase();
  await toApplicant("case-received", found);
  const before = await everythingStored();
  const { outcomes, tried } = await deliverAll();
  expect(outcomes).toEqual(["sent"]);
  expect(tried[0]?.to).toBe(newEmail);
  const token = tokenAt("/recover/status", tried[0]?.text);
  expect(openLinkToken("case", token)).toBe(found.id);
  const signature = Buffer.from(token, "base64url").subarray(16).toString("hex");
  for (const stored of [before, await everythingStored()]) {
    expect(stored).toContain(found.reference);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(signature);
  }
});

test("each old address gets an objection of its own, and the new address only masked", async () => {
  const { account, further, found, newEmail } = await sentCase();
  await toOwner("case-opened", found);
  const { outcomes, tried } = await deliverAll();
  expect(outcomes).toEqual(["sent", "sent"]);
  expect(tried.map(({ to }) => to).sort()).toEqual([account.email, further].sort());
  const stored = await everythingStored();
  for (const { to, subject, html, text } of tried) {
    const token = tokenAt("/recover/object", text);
    const id = openLinkToken("object-case", token) ?? "";
    const link = await db.accountLink.findUniqueOrThrow({ where: { id } });
    expect([link.recipient, link.targetId]).toEqual([to, found.id]);
    expect(stored).not.toContain(token);
    expect(text).toMatch(/^New address +n•••@e•••\.com$/m);
    expect(`${subject}${html}${text}`).not.toContain(newEmail);
    // Nor may they find the page of who asked.
    expect(`${html}${text}`).not.toContain("/recover/status");
  }
});

test.each<OwnerMailKind>(["case-objected", "case-ended", "case-changed"])(
  "with %s no objection is made, stored or sent",
  async (kind) => {
    const { account, found } = await sentCase();
    await toOwner(kind, found);
    const { outcomes, tried } = await deliverAll();
    expect(outcomes).toEqual(["sent", "sent"]);
    for (const { html, text } of tried) expect(`${html}${text}`).not.toContain("/recover/object");
    expect(await db.accountLink.count({ where: { accountId: account.id } })).toBe(0);
  },
);

test("the mail of a case that is gone is dropped, and so is an objection that was made before", async () => {
  const gone = await sentCase();
  await toApplicant("case-question", gone.found);
  await db.recoveryCase.delete({ where: { id: gone.found.id } });
  const objected = await sentCase();
  await toOwner("case-reminder", objected.found);
  await db.accountLink.updateMany({ data: { endedAt: at, endedBecause: "used" } });
  const { outcomes, tried } = await deliverAll();
  expect(outcomes).toEqual(["dropped", "dropped", "dropped"]);
  expect(tried).toEqual([]);
});

/** An invitation with its mail. */
async function invite() {
  const email = freshAddress();
  const key = newLinkKey("staff-invitation");
  const times = { createdAt: at, expiresAt: later };
  await db.staffInvitation.create({ data: { ...key, ...times, email, role: "support" } });
  const { facts, ...mail } = notice({ kind: "staff-invited", recipient: email });
  const ending = { ...facts, until: later.toISOString() };
  await enqueueMail(db, { ...mail, link: { type: "staff-invitation", id: key.id }, facts: ending });
  return { id: key.id, email };
}

test("an invitation goes while it is open, and not once it was withdrawn", async () => {
  const [open, withdrawn] = [await invite(), await invite()];
  await db.staffInvitation.update({
    where: { id: withdrawn.id },
    data: { endedAt: at, endedBecause: "withdrawn" },
  });
  const { outcomes, tried } = await deliverAll();
  expect(outcomes.sort()).toEqual(["dropped", "sent"]);
  expect(tried.map(({ to }) => to)).toEqual([open.email]);
  const token = tokenAt("/staff-invitation", tried[0]?.text);
  expect(openLinkToken("staff-invitation", token)).toBe(open.id);
});

/** Does something under another AUTH_SECRET, and goes back to the present one. */
async function underSecrets<Result>(secrets: string, work: () => Promise<Result>): Promise<Result> {
  const before = process.env.AUTH_SECRET;
  process.env.AUTH_SECRET = secrets;
  resetEnvironment();
  try {
    return await work();
  } finally {
    process.env.AUTH_SECRET = before;
    resetEnvironment();
  }
}

const linking: [string, LinkPurpose, string, () => Promise<unknown>][] = [
  [
    "a status page",
    "case",
    "/recover/status",
    async () => toApplicant("case-approved", (await sentCase()).found),
  ],
  [
    "an objection",
    "object-case",
    "/recover/object",
    async () => toOwner("case-will-change", (await sentCase()).found),
  ],
  ["an invitation", "staff-invitation", "/staff-invitation", invite],
];

test.each(linking)(
  "the link to %s outlives a rotation; once its secret is gone the mail waits and says why",
  async (_, purpose, path, enqueue) => {
    expectLogged(/A mail was not taken and is tried again/);
    const other = "another secret of 32 characters or more";
    await enqueue();
    const gone = await underSecrets(other, deliverAll);
    expect(new Set(gone.outcomes)).toEqual(new Set(["put-off"]));
    expect(gone.tried).toEqual([]);
    for (const { state, attempts, lastError } of await db.mail.findMany()) {
      const reason = "the secret its link was made with is no longer in AUTH_SECRET";
      expect([state, attempts, lastError]).toEqual(["queued", 1, reason]);
    }
    const rotated = await underSecrets(`${other},${process.env.AUTH_SECRET}`, deliverAll);
    expect(new Set(rotated.outcomes)).toEqual(new Set(["sent"]));
    for (const { text } of rotated.tried) {
      const token = tokenAt(path, text);
      expect(openLinkToken(purpose, token)).not.toBeNull();
      expect(token).not.toMatch(/\d{6}/);
    }
  },
);
