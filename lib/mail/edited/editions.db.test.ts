import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { onStatement } from "@/lib/db/connections/statement-listeners";
import { resetEnvironment } from "@/lib/env/env";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import { findEdition, findLiveTexts, forgetLiveTexts } from "@/lib/mail/edited/edition-store";
import { writeFallbacks } from "@/lib/mail/edited/note-fallbacks";
import { enqueueMail, type NewMail } from "@/lib/mail/outbox";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { MailRefused } from "@/lib/mail/transports/transport";
import type { Inline, MailDocument } from "@/lib/mail-document/document";
import { noFrame } from "@/lib/mail-document/frame";
import { blockKey, frameKey } from "@/lib/mail-document/text-key";
import { testDatabase } from "@/lib/testing/database";
import { oneWay } from "@/lib/testing/deliver-mail";
import { expectLogged, mayBeLogged } from "@/lib/testing/logged";
import { enqueueCodeMail, notice, recordingTransport } from "@/lib/testing/mails";
import { makeAccount } from "@/lib/testing/people";
import { publish } from "@/lib/testing/published";

const databaseUrl = testDatabase();
const key = { subject: "new-browser", language: "en" };
const ask = { pace: null, most: 20, spare: 0, isForLongWait: false, except: [] };

let claims: Claims;

beforeEach(async () => {
  forgetLiveTexts();
  await db.mail.updateMany({ data: { state: "dropped" } });
  claims = openClaims(databaseUrl());
});

afterEach(() => claims.close());

/** The built-in text with a greeting before all else. */
function greeting(
  words: string,
  kind: "new-browser" | "sign-up-code" = "new-browser",
): MailDocument {
  const built = builtInDocument(kind, "en");
  const content: Inline[] = [{ text: `${words}, ` }, { variable: "name" }];
  return { ...built, pieces: [{ type: "paragraph", content }, ...built.pieces] };
}

async function take(id: string): Promise<QueuedMail> {
  await db.$executeRaw`UPDATE mail SET next_try_at = now() - interval '1 s' WHERE id = ${id}::uuid`;
  const { mails } = await claims.take(ask);
  const mail = mails.find((one) => one.id === id);
  if (mail === undefined) throw new Error("The mail was not taken.");
  return mail;
}

/** Takes a mail and hands it to a provider that takes it; as it was handed over. */
async function send(id: string) {
  const { transport, tried } = recordingTransport();
  await deliverMail(await take(id), { claims, ways: oneWay(transport), slotOf: null });
  claims.releaseLater(id);
  return tried[0] ?? { subject: "", html: "", text: "", from: "" };
}

/** The same with one that refuses it for now. */
async function tryOnce(id: string) {
  const refusing = recordingTransport(async () => {
    throw new MailRefused("the provider answered 500");
  });
  expect(
    await deliverMail(await take(id), { claims, ways: oneWay(refusing.transport), slotOf: null }),
  ).toBe("put-off");
  await claims.release(id);
  return refusing.tried[0];
}

const enqueue = (changes: Partial<NewMail> = {}) => enqueueMail(db, notice(changes));

test("a mail is made of what is live when it is first taken, and of nothing as long as nothing is", async () => {
  const before = await enqueue();
  expect((await take(before)).edition).toBe(await findEdition());
  const edition = await publish(key, greeting("Welcome"));
  const row = await db.mail.findUniqueOrThrow({ where: { id: before } });
  expect(Number(row.edition)).toBe(edition - 1);
  const { text } = await send(await enqueue());
  expect(text).toMatch(/^A new browser signed in|^Welcome, /);
  expect(text).toContain("Welcome, ");
  expect((await send(await enqueue({ locale: "fr" }))).text).not.toContain("Welcome, ");
});

test("a retry after a publication, in another process, of a customer by another name: the same bytes", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const { id: accountId } = await makeAccount();
  await publish(key, greeting("First"));
  await publish(frameKey, { ...noFrame, senderName: "House One", legal: { en: "One Ltd." } });
  await publish(blockKey("greet", "en"), greeting("Block"));
  const mailId = await enqueue({ accountId });
  const first = await tryOnce(mailId);
  expect(first?.text).toContain("First, Ana");
  expect(first?.from).toMatch(/^House One </);

  await publish(key, greeting("Second"));
  await publish(frameKey, {
    ...noFrame,
    senderName: "House Two",
    legal: { en: "Two Ltd.", fr: "Two SARL." },
  });
  await db.account.update({ where: { id: accountId }, data: { name: "Beatriz" } });
  expect(await tryOnce(mailId)).toEqual(first);

  forgetLiveTexts();
  resetEnvironment();
  await claims.close();
  claims = openClaims(databaseUrl());
  expect(await tryOnce(mailId)).toEqual(first);

  const other = await send(await enqueue({ accountId }));
  expect(other.text).toContain("Second, Beatriz");
  expect(other.text.endsWith("Two Ltd.")).toBe(true);
  expect(other.from).toMatch(/^House Two </);
  const builtIn = await send(await enqueue({ locale: "fr" }));
  expect([builtIn.text.endsWith("Two SARL."), builtIn.from]).toEqual([true, other.from]);
});

test("a mail that a process of the version before tried stays what it was: the built-in text", async () => {
  await publish(key, greeting("Anew"));
  const tried = await enqueue();
  await db.mail.update({ where: { id: tried }, data: { attempts: 1, triedAt: new Date() } });
  const { text } = await send(tried);
  expect(text).not.toContain("Anew, ");
  expect(await db.mail.findUniqueOrThrow({ where: { id: tried } })).toMatchObject({ edition: 0n });
  const throttled = await enqueue();
  await db.mail.update({ where: { id: throttled }, data: { triedAt: new Date() } });
  // A provider that had too much took nothing of it: it is first tried now.
  expect((await send(throttled)).text).toContain("Anew, ");
});

test("back to the built-in text, and a frame that is taken back", async () => {
  await publish(key, greeting("Edited"));
  expect((await send(await enqueue())).text).toContain("Edited, ");
  await publish(key, null);
  await publish(frameKey, null);
  const { text, from } = await send(await enqueue());
  expect(text).not.toContain("Edited, ");
  expect(from).not.toMatch(/House/);
});

test("a named block is the one of its edition and its language, and one that is gone is missed", async () => {
  const document: MailDocument = {
    ...builtInDocument("new-browser", "en"),
    pieces: [{ type: "block", name: "hello" }, ...builtInDocument("new-browser", "en").pieces],
  };
  await publish(blockKey("hello", "fr"), greeting("Bonjour"));
  await publish(blockKey("hello", "en"), greeting("Hello"));
  const edition = await publish(key, document);
  expect((await send(await enqueue())).text).toContain("Hello, ");
  await publish(blockKey("hello", "en"), greeting("Hi"));
  expect((await send(await enqueue())).text).toContain("Hi, ");
  const before = await findLiveTexts("new-browser", "en", edition);
  expect(JSON.stringify([...(before.text?.edited.blocks ?? [])])).toContain("Hello, ");

  expectLogged(/"reason":"There is no block \\"hello\\"\."/);
  await publish(blockKey("hello", "en"), null);
  expect((await send(await enqueue())).text).toMatch(/^A new browser signed in/);
});

test("it is looked up once, by one statement, and not at all as long as nothing is published", async () => {
  const edition = await publish(key, greeting("Once"));
  const statements: string[] = [];
  const end = onStatement((text) => statements.push(text));
  await findLiveTexts("new-browser", "en", 0);
  await findLiveTexts("new-browser", "en", null);
  expect(statements).toEqual([]);
  await Promise.all([1, 2, 3].map(() => findLiveTexts("new-browser", "en", edition)));
  await findLiveTexts("new-browser", "en", edition);
  expect(statements).toHaveLength(1);
  await findLiveTexts("new-browser", "fr", edition);
  expect(statements).toHaveLength(2);
  end();
});

test("what cannot be looked up is no fall-back: the mail stays queued, and is made of it later", async () => {
  await publish(key, greeting("Later"));
  const mailId = await enqueue();
  const mail = await take(mailId);
  await db.$executeRaw`ALTER TABLE template_version RENAME TO away`;
  const { transport, tried } = recordingTransport();
  await expect(
    deliverMail(mail, { claims, ways: oneWay(transport), slotOf: null }),
  ).rejects.toThrow(/template_version/);
  await db.$executeRaw`ALTER TABLE away RENAME TO template_version`;
  expect(tried).toEqual([]);
  const row = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
  expect([row.state, row.attempts]).toEqual(["queued", 0]);
  await claims.release(mailId);
  expect((await send(mailId)).text).toContain("Later, ");
});

test("a text that is broken in the database: the built-in one goes out, counted by the hour, and logged once", async () => {
  await db.templateFallback.deleteMany();
  mayBeLogged(/A published text could not be used/);
  await publish({ subject: "sign-up-code", language: "en" }, { subject: [], pieces: "none" });
  await publish(frameKey, { ...noFrame, light: "red" });
  const sent = [];
  for (let round = 0; round < 3; round += 1) {
    sent.push(await send((await enqueueCodeMail()).mailId));
  }
  for (const { text } of sent) expect(text).toMatch(/^\d{6}\n/);
  await writeFallbacks();
  const counted = await db.templateFallback.findMany({ orderBy: { subject: "asc" } });
  expect(counted).toMatchObject([
    { subject: "frame", language: "all", count: 3 },
    { subject: "sign-up-code", language: "en", count: 3 },
  ]);
  for (const { hour } of counted) expect(hour.getTime() % 3_600_000).toBe(0);
  await publish(frameKey, null);
});

test.each<[string, (document: MailDocument) => MailDocument]>([
  [
    "too many pieces",
    ({ pieces, ...rest }) => ({
      ...rest,
      pieces: [...pieces, ...Array.from({ length: 400 }, () => ({ type: "divider" as const }))],
    }),
  ],
  [
    "too many characters",
    ({ pieces, ...rest }) => ({
      ...rest,
      pieces: [...pieces, { type: "paragraph", content: [{ text: "a".repeat(60_001) }] }],
    }),
  ],
  [
    "characters that turn others about",
    ({ pieces, ...rest }) => ({
      ...rest,
      pieces: [...pieces, { type: "paragraph", content: [{ text: "a\u202eb" }] }],
    }),
  ],
])("a stored text or block of %s is not read: the built-in one goes out", async (_, spoil) => {
  mayBeLogged(/A published text could not be used/);
  await publish(key, spoil(greeting("Spoilt")));
  expect((await send(await enqueue())).text).not.toContain("Spoilt, ");
  await publish(blockKey("hello", "en"), spoil(greeting("Spoilt")));
  const edition = await publish(key, {
    ...builtInDocument("new-browser", "en"),
    pieces: [{ type: "block", name: "hello" }, ...builtInDocument("new-browser", "en").pieces],
  });
  const { text, unreadable } = await findLiveTexts("new-browser", "en", edition);
  expect([...(text?.edited.blocks.keys() ?? [])]).toEqual([]);
  expect(unreadable).toMatchObject([{ subject: "block:hello" }]);
  expect((await send(await enqueue())).text).not.toContain("Spoilt, ");
});

test("a code mail whose text has no code goes out with it all the same", async () => {
  mayBeLogged(/A published text could not be used/);
  const whole = greeting("Welcome", "sign-up-code");
  const pieces = whole.pieces.filter((piece) => piece.type !== "panel" || piece.panel !== "code");
  await publish({ subject: "sign-up-code", language: "en" }, { ...whole, pieces });
  const { text } = await send((await enqueueCodeMail()).mailId);
  expect(text).toMatch(/^\d{6}\n/);
  await publish({ subject: "sign-up-code", language: "en" }, whole);
  const { text: greeted } = await send((await enqueueCodeMail()).mailId);
  expect(greeted).toMatch(/^Welcome, [^\n]*@example\.com\n\n\d{6}\n/);
});

test("a picture is as wide as it is, and as the mail at most", async () => {
  for (const [id, width] of [
    ["narrow12", 120],
    ["widewide", 1800],
  ] as const) {
    const rest = { type: "image/png", bytes: Buffer.alloc(1), height: 9, name: id };
    await db.mailImage.create({
      data: { id, width, ...rest, digest: Buffer.from(id), uploadedAt: new Date() },
    });
  }
  const built = builtInDocument("new-browser", "en");
  const pictures = ["narrow12", "widewide"].map((image) => ({
    ...{ type: "image" as const, image, alternative: `Picture ${image}` },
  }));
  await publish(key, { ...built, pieces: [...pictures, ...built.pieces] });
  const { html, text } = await send(await enqueue());
  expect(html).toMatch(/<img [^>]*mail-images\/narrow12"[^>]* width="120"/);
  expect(html).toMatch(/<img [^>]*mail-images\/widewide"[^>]* width="502"/);
  expect(text).toMatch(/^Picture narrow12\n\nPicture widewide\n\n/);
});
