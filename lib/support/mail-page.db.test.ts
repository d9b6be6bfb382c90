import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { forgetLiveTexts } from "@/lib/mail/edited/edition-store";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { readNotation } from "@/lib/mail-document/notation";
import { codeOf, presentSecretId } from "@/lib/secrets/code";
import { linkTokenOf, newLinkKey } from "@/lib/secrets/link-token";
import { readMailPage } from "@/lib/support/mail-page";
import { showAddresses } from "@/lib/support/record-view";
import { auditOf } from "@/lib/testing/audit";
import { makeCase, startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { notice } from "@/lib/testing/mails";
import { makeAccount } from "@/lib/testing/people";
import { publish } from "@/lib/testing/published";
import { makeStaff } from "@/lib/testing/staff";
import { codeWords, forgetTexts, placeWords } from "@/lib/testing/texts";

testDatabase();
afterEach(async () => {
  vi.useRealTimers();
  await forgetTexts();
  // The versions of the next test have the same ids.
  forgetLiveTexts();
  resetEnvironment();
});

const hour = 60 * 60 * 1000;

type Stored = Partial<Parameters<typeof notice>[0]> & {
  edition?: number | null;
  ownerName?: string;
  state?: string;
  notMeId?: string;
  challengeId?: string;
  linkRowId?: string;
  linkType?: string;
};

/** Stores a mail in French as it is after it was sent, to an account of its own or a given one. */
async function sentTo(accountId: string | null, mail: Stored = {}) {
  const at = new Date();
  const base = notice({ recipient: "maria.silva@example.com", locale: "fr" });
  const { id } = await db.mail.create({
    data: {
      ...{ ...base, accountId, kind: "place-trusted", edition: 0, state: "sent", sentAt: at },
      ...{ nextTryAt: at, createdAt: at, ownerName: "Maria Silva" },
      ...mail,
      facts: { ...base.facts, ...mail.facts },
    } as Parameters<typeof db.mail.create>[0]["data"],
  });
  return id;
}

const document = (typed: ReturnType<typeof placeWords>) => readNotation(typed);
const placeKey = { subject: "place-trusted", language: "fr" };

test("a mail is made again of what was live at its edition, whatever was published since", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const before = await sentTo(accountId);
  const edition = await publish(placeKey, document(placeWords("Premier texte")));
  const id = await sentTo(accountId, { edition });
  await publish(placeKey, document(placeWords("Second texte")));
  const page = await readMailPage(staff, id);
  expect(page).toMatchObject({
    ...{ owner: { kind: "account", id: accountId }, locale: "fr", reference: mailReferenceOf(id) },
    text: { kind: "version", number: 1, at: expect.any(Date) },
    mail: { kind: "place-trusted", state: "sent", recipient: "m•••@e•••.com" },
    made: { subject: "Premier texte" },
  });
  expect(page?.made?.html).toContain("Premier texte");
  expect(page?.made?.text).toContain(mailReferenceOf(id));
  expect(await readMailPage(staff, before)).toMatchObject({ text: { kind: "built-in" } });
});

test("one of the built-in text after a version was taken back says so", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  await publish(placeKey, document(placeWords("Premier texte")));
  const id = await sentTo(accountId, { edition: await publish(placeKey, null) });
  expect((await readMailPage(staff, id))?.text).toEqual({ kind: "built-in" });
});

test("a text that could not be used is named", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const lacking = document({ subjectLine: "Oui", previewLine: "", text: "Sans les faits" });
  const id = await sentTo(accountId, { edition: await publish(placeKey, lacking) });
  const page = await readMailPage(staff, id);
  expect(page?.text).toMatchObject({ kind: "fell-back", number: 1 });
  expect(page?.made?.text).not.toContain("Sans les faits");
  const unreadable = await publish(placeKey, { pieces: "none" });
  const other = await sentTo(accountId, { edition: unreadable });
  expect((await readMailPage(staff, other))?.text).toMatchObject({ kind: "fell-back", number: 2 });
});

test("one that was not tried yet shows what it would say now", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  await publish(placeKey, document(placeWords("Maintenant")));
  const id = await sentTo(accountId, { edition: null, state: "queued" });
  expect(await readMailPage(staff, id)).toMatchObject({
    ...{ text: { kind: "not-yet" }, made: { subject: "Maintenant" } },
  });
  const ofBefore = await sentTo(accountId, { edition: null });
  expect((await readMailPage(staff, ofBefore))?.text).toEqual({ kind: "built-in" });
});

test.each(["built-in", "published"])("no code and no token is in a code mail of %s", async (of) => {
  const staff = await makeStaff("support");
  const { id: accountId } = await makeAccount();
  await startSignIn(accountId);
  const challenge = await db.challenge.findFirstOrThrow({ where: { accountId } });
  const notMe = newLinkKey("not-me");
  const key = { subject: "sign-in-code", language: "fr" };
  const typed = { ...codeWords("Bonjour"), previewLine: "{{code}}" };
  const edition = of === "built-in" ? 0 : await publish(key, document(typed));
  const id = await sentTo(accountId, {
    ...{ kind: "sign-in-code", challengeId: challenge.id, edition, notMeId: notMe.id },
    facts: { ...notice().facts, until: new Date(Date.now() + hour).toISOString() },
  });
  const page = await readMailPage(staff, id);
  const shown = JSON.stringify(page);
  const code = codeOf(challenge);
  const token = linkTokenOf("not-me", notMe);
  expect(code).toMatch(/^\d{6}$/);
  expect(shown).not.toContain(code);
  expect(shown).not.toContain(token);
  expect(shown).not.toContain("token=");
  for (const part of [page?.made?.subject, page?.made?.html, page?.made?.text]) {
    expect(part).toContain("••••••");
    expect(part?.match(/(?<![\w#&])\d{6}(?!\w)/g)).toBeNull();
  }
  expect(page?.made?.html).toContain('/not-me"');
});

test("no token is in a mail with a link of its own", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const link = { id: randomUUID(), secretId: presentSecretId() };
  const id = await sentTo(accountId, {
    ...{ kind: "password-reset", linkType: "password reset", linkRowId: link.id },
    facts: { ...notice().facts, until: new Date(Date.now() + hour).toISOString() },
  });
  const page = await readMailPage(staff, id);
  expect(page?.made?.html).toContain('/reset-password"');
  expect(JSON.stringify(page)).not.toContain("token=");
  expect(JSON.stringify(page)).not.toContain(linkTokenOf("password reset", link));
});

test("addresses are masked wherever they stand, until the customer's are shown", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const id = await sentTo(accountId, {
    ...{ kind: "address-added", ownerName: "maria.silva@example.com" },
    facts: {
      ...{ ...notice().facts, accountEmail: "maria.silva@example.com" },
      about: { address: "second@example.org", reason: "asked by third@example.net on the phone" },
    },
  });
  const addresses = ["maria.silva@example.com", "second@example.org", "third@example.net"];
  const masked = JSON.stringify(await readMailPage(staff, id));
  for (const address of addresses) expect(masked).not.toContain(address);
  expect(masked).toContain("m•••@e•••.com");
  await showAddresses(staff, accountId);
  const whole = JSON.stringify(await readMailPage(staff, id));
  for (const address of addresses) expect(whole).toContain(address);
});

test("looking at a mail is noted once in 15 minutes, by its customer, each mail for itself", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const [id, other] = [await sentTo(accountId), await sentTo(accountId)];
  vi.useFakeTimers({ toFake: ["Date"] });
  const start = Date.now();
  const noted = async () =>
    (await auditOf(accountId)).map(({ action, details }) => ({ action, details }));
  await Promise.all([readMailPage(staff, id), readMailPage(staff, id)]);
  const entry = { action: "mail-viewed", details: { mail: id } };
  expect(await noted()).toEqual([entry]);
  await readMailPage(staff, other);
  vi.setSystemTime(start + 14 * 60_000);
  await readMailPage(staff, id);
  expect(await noted()).toHaveLength(2);
  vi.setSystemTime(start + 15 * 60_000);
  await readMailPage(staff, id);
  expect(await noted()).toEqual([entry, expect.anything(), entry]);
});

test("a mail to whoever asked for another mailbox is its account's", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const found = await makeCase(accountId);
  const mail = { kind: "case-received", linkType: "case", linkRowId: found.id } as const;
  const facts = { ...notice().facts, reference: "K7QM-2PX" };
  const id = await sentTo(null, { ...mail, facts });
  expect((await readMailPage(staff, id))?.owner).toEqual({ kind: "account", id: accountId });
});

test("a mail of no customer, or that is none, is not shown and not noted", async () => {
  const staff = await makeStaff("support");
  expect(await readMailPage(staff, await sentTo(null))).toBeNull();
  expect(await readMailPage(staff, randomUUID())).toBeNull();
  expect(await readMailPage(staff, "1 OR 1=1")).toBeNull();
  const { id: accountId } = await makeAccount();
  expect(await readMailPage(staff, await sentTo(accountId, { kind: "unheard-of" as never }))).toBe(
    null,
  );
  expect(await db.auditEntry.count({ where: { actorId: staff.session.accountId } })).toBe(0);
});

test("what cannot be made any more is said to be so", async () => {
  const [staff, { id: accountId }] = [await makeStaff("support"), await makeAccount()];
  const id = await sentTo(accountId, { kind: "sign-in-code" });
  expect(await readMailPage(staff, id)).toMatchObject({ made: null });
});
