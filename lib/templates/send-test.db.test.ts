import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { enqueueMail } from "@/lib/mail/outbox";
import { findQueuedMail } from "@/lib/mail/queued-mail-store";
import { markDropped, markRefused, markSent, putOff } from "@/lib/mail/store";
import { blockKey, frameKey } from "@/lib/mail-document/text-key";
import { createBlock } from "@/lib/templates/blocks";
import { listTestRecipients, sendTest } from "@/lib/templates/send-test";
import { makeActor } from "@/lib/testing/actors";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail } from "@/lib/testing/deliver-mail";
import { notice, recordingTransport } from "@/lib/testing/mails";
import { makeStaff } from "@/lib/testing/staff";
import { codeText, codeWords, draftOf, forgetTexts, publishWords } from "@/lib/testing/texts";

testDatabase();
afterEach(async () => {
  await forgetTexts();
  await db.mail.deleteMany();
});

const claims = { claim: async () => true, release: async () => undefined };

/** The test mail that waits, as it goes out. */
async function delivered() {
  const { id } = await db.mail.findFirstOrThrow({ where: { kind: "template-test" } });
  const edition = (await db.templateVersion.aggregate({ _max: { id: true } }))._max.id ?? 0n;
  await db.mail.update({ where: { id }, data: { edition } });
  const { transport, taken } = recordingTransport();
  expect(await findQueuedMail(id)).not.toBeNull();
  expect(await deliverMail(id, { claims, transport })).toBe("sent");
  const [message] = taken;
  if (message === undefined) throw new Error("The test mail goes out.");
  return message;
}

test("what was typed goes to oneself, marked as a test, with a code that opens nothing, and is not saved", async () => {
  const ana = await makeStaff("marketing");
  const recipient = ana.session.account.email;
  expect(await sendTest(ana, codeText, codeWords("Bonjour"))).toEqual({
    kind: "queued",
    recipient,
  });
  const { subject, text, html, to } = await delivered();
  expect(to).toBe(recipient);
  expect(subject).toMatch(/^Essai: Bonjour \d{6}$/);
  for (const part of [html, text]) {
    expect(part).toContain("Ceci est un essai");
    expect(part).toContain("Bonjour");
    expect(part).toMatch(/\b\d{6}\b/);
  }
  const code = /\d{6}/.exec(subject)?.[0];
  const stored = await db.mail.findMany({ omit: { edition: true } });
  expect(JSON.stringify(stored)).not.toContain(code);
  expect(await db.challenge.count()).toBe(0);
  expect(await draftOf(codeText)).toBeNull();
  const entry = await db.auditEntry.findFirst({ orderBy: { seq: "desc" } });
  expect(entry).toMatchObject({
    ...{ action: "template-test-sent", subjectId: "sign-in-code/fr" },
    details: { to: ana.session.accountId },
  });
});

test.each<[string, (id: string) => Promise<unknown>]>([
  ["sent", (id) => markSent({ id: id, channel: "smtp", providerId: null, sentAt: new Date() })],
  ["dropped", (id) => markDropped({ id, attempts: 0, unsureChannels: [] })],
  [
    "refused",
    (id) =>
      markRefused(id, {
        reason: "no such mailbox",
        channel: "smtp",
        triedAt: new Date(),
        failure: "other",
        status: null,
        marks: null,
      }),
  ],
])(
  "once it is %s what was typed is kept no longer, and all else of it is",
  async (state, settle) => {
    const ana = await makeStaff("marketing");
    await sendTest(ana, codeText, codeWords("Bonjour"));
    const before = await db.mail.findFirstOrThrow();
    const { test: tried, ...others } = before.facts as Record<string, unknown>;
    expect(tried).toMatchObject({ subjectLine: "Bonjour {{code}}" });
    await putOff(before.id, {
      ...{ reason: "away", delaySeconds: 0, triedAt: new Date(), saysOfOthers: true, unsure: [] },
    });
    expect((await db.mail.findFirstOrThrow()).facts).toEqual(before.facts);
    await settle(before.id);
    const after = await db.mail.findFirstOrThrow();
    expect([after.state, after.facts]).toEqual([state, others]);
  },
);

test("a mail of any other kind keeps its facts when it is sent", async () => {
  const id = await enqueueMail(db, notice());
  const before = await db.mail.findUniqueOrThrow({ where: { id } });
  await markSent({ id: id, channel: "smtp", providerId: null, sentAt: new Date() });
  const after = await db.mail.findUniqueOrThrow({ where: { id } });
  expect([after.state, after.facts]).toEqual(["sent", before.facts]);
});

test("it goes to another member of staff, and to nobody else", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const customer = await makeActor();
  const words = codeWords("Bonjour");
  const to = rui.session.accountId;
  expect(await sendTest(ana, codeText, { ...words, to })).toMatchObject({
    ...{ kind: "queued", recipient: rui.session.account.email },
  });
  for (const nobody of [customer.session.accountId, randomUUID(), "", "x"]) {
    const outcome = await sendTest(ana, codeText, { ...words, to: nobody });
    expect([nobody, outcome]).toEqual([nobody, { kind: "unknown" }]);
  }
  const listed = await listTestRecipients(ana);
  expect(listed[0]?.accountId).toBe(ana.session.accountId);
  expect(listed.map(({ accountId }) => accountId)).toContain(rui.session.accountId);
  expect(listed.map(({ accountId }) => accountId)).not.toContain(customer.session.accountId);
});

test("blocks and the frame stand in it as they are live", async () => {
  const ana = await makeStaff("marketing");
  await createBlock(ana, { name: "hours" });
  const block = { subjectLine: "", previewLine: "", text: "De 9 h à 18 h." };
  await publishWords(blockKey("hours", "fr"), block);
  const words = codeWords("Bonjour");
  await sendTest(ana, codeText, { ...words, text: `${words.text}\n\n{{> hours}}` });
  expect((await delivered()).text).toContain("De 9 h à 18 h.");
});

test("a picture in it, or in a block of it, is as wide as in the mail that will be sent", async () => {
  const ana = await makeStaff("marketing");
  for (const [id, width] of [
    ["own00001", 120],
    ["block001", 64],
  ] as const) {
    const rest = { type: "image/png", bytes: Buffer.alloc(1), height: 9, name: id };
    await db.mailImage.create({
      data: { id, width, ...rest, digest: Buffer.from(id), uploadedAt: new Date() },
    });
  }
  const block = { subjectLine: "", previewLine: "", text: "![Bloc](image:block001)" };
  await createBlock(ana, { name: "picture" });
  await publishWords(blockKey("picture", "fr"), block);
  const words = codeWords("Bonjour");
  const text = `${words.text}\n\n![Image](image:own00001)\n\n{{> picture}}`;
  await sendTest(ana, codeText, { ...words, text });
  const { html } = await delivered();
  expect(html).toMatch(/<img [^>]*mail-images\/own00001"[^>]* width="120"/);
  expect(html).toMatch(/<img [^>]*mail-images\/block001"[^>]* width="64"/);
});

test.each([
  ["an unknown variable", "{{nonsense}}"],
  ["a block that is not there", "{{> nothing}}"],
])("of a text with %s goes out that it cannot be shown", async (_, text) => {
  const ana = await makeStaff("marketing");
  await sendTest(ana, codeText, { ...codeWords("Bonjour"), text });
  const message = await delivered();
  expect(message.text).toContain("tel qu’il a été écrit");
  expect(message.subject).not.toContain("Bonjour");
});

test("a block and the frame are no mails, and what is too long is none", async () => {
  const ana = await makeStaff("marketing");
  for (const key of [frameKey, blockKey("hours", "fr")]) {
    expect(await sendTest(ana, key, codeWords("Bonjour"))).toEqual({ kind: "no-mail" });
  }
  const long = { ...codeWords("Bonjour"), text: "x".repeat(60_001) };
  expect((await sendTest(ana, codeText, long)).kind).toBe("invalid");
});

test("each person has twenty an hour", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  for (let count = 0; count < 20; count += 1) {
    expect((await sendTest(ana, codeText, codeWords("Bonjour"))).kind).toBe("queued");
  }
  const refused = await sendTest(ana, codeText, codeWords("Bonjour"));
  expect(refused).toMatchObject({ kind: "too-many", until: expect.any(Date) });
  expect((await sendTest(rui, codeText, codeWords("Bonjour"))).kind).toBe("queued");
  expect(await db.mail.count({ where: { kind: "template-test" } })).toBe(21);
});

test("who is signed out has none sent", async () => {
  const ana = await makeStaff("marketing");
  await db.session.update({ where: { id: ana.session.id }, data: { endedAt: new Date() } });
  expect(await sendTest(ana, codeText, codeWords("x"))).toEqual({ kind: "signed-out" });
  expect(await db.mail.count()).toBe(0);
});

test("to a colleague goes only what could be published, to oneself anything", async () => {
  const [ana, rui] = [await makeStaff("marketing"), await makeStaff("support")];
  const words = codeWords("Bonjour");
  const bad = { ...words, text: `${words.text}\n\n[Ici](https://evil.example/)` };
  const to = rui.session.accountId;
  expect(await sendTest(ana, codeText, { ...bad, to })).toEqual({ kind: "refused" });
  expect(await db.mail.count({ where: { kind: "template-test" } })).toBe(0);
  expect((await sendTest(ana, codeText, bad)).kind).toBe("queued");
  expect((await sendTest(ana, codeText, { ...words, to })).kind).toBe("queued");
});
