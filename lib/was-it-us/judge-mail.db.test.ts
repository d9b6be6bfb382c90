import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { openClaims } from "@/lib/mail/claims";
import { deliverMail as tryMail } from "@/lib/mail/deliver-mail";
import { takeReport } from "@/lib/mail/fate/take-report";
import { fingerprintOf } from "@/lib/mail/fingerprint";
import { mailReferenceOf } from "@/lib/mail/mail-reference";
import { enqueueMail, type NewMail } from "@/lib/mail/outbox";
import { openChannel } from "@/lib/mail/pace-store";
import type { QueuedMail } from "@/lib/mail/queued-mail-store";
import { type MailMessage, MailRefused } from "@/lib/mail/transports/transport";
import { testDatabase } from "@/lib/testing/database";
import { deliverMail, oneWay } from "@/lib/testing/deliver-mail";
import { expectLogged } from "@/lib/testing/logged";
import { enqueueCodeMail, notice, recordingTransport } from "@/lib/testing/mails";
import { judgeMail, type MailVerdict } from "@/lib/was-it-us/judge-mail";
import { MAILS_ASKED_PER_NETWORK_PER_HOUR, SOURCE_MAX_BYTES } from "@/lib/was-it-us/rules/limits";

const databaseUrl = testDatabase();

let networks = 0;
/** Each asks from a network of their own. */
const fresh = () => {
  networks += 1;
  const ip = `198.51.${100 + Math.floor(networks / 250)}.${networks % 250}`;
  return { ip, userAgent: "test", network: `${ip}/32` } as Parameters<typeof judgeMail>[1];
};

async function ask(typed: { reference?: string; source?: string }): Promise<MailVerdict> {
  const outcome = await judgeMail({ reference: "", source: "", ...typed }, fresh());
  if (outcome.kind !== "judged") throw new Error(`It was ${outcome.kind}.`);
  return outcome.verdict;
}

/** A mail that was sent, as it was handed over. */
async function sent(enqueue: () => Promise<string> = () => enqueueMail(db, notice())) {
  const claims = openClaims(databaseUrl());
  const mailId = await enqueue();
  const { transport, taken } = recordingTransport();
  await deliverMail(mailId, { claims, transport });
  await claims.close();
  return { mailId, reference: mailReferenceOf(mailId), mail: taken[0] as MailMessage };
}

const code = async () => sent(async () => (await enqueueCodeMail()).mailId);

type Sending = Record<string, unknown>;

/** The source of a mail as an SMTP server gets it. */
async function sourceOf({ from, to, subject, html, text }: MailMessage, more: Sending = {}) {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const made = await transport.sendMail({ from, to, subject, html, text, ...more });
  return `Received: from a by b; Mon, 30 Nov 2026 14:02:00 +0000\r\n${made.message.toString()}`;
}

test("a reference alone says that we sent such a mail, and when, and nothing else", async () => {
  const { mailId, reference } = await sent();
  const { sentAt } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
  for (const typed of [reference, reference.toLowerCase().replaceAll("-", " ")]) {
    expect(await ask({ reference: typed })).toEqual({ kind: "known", at: sentAt });
  }
});

test.each<[string, Partial<NewMail>, string]>([
  ["of no use any more", { usefulUntil: new Date(0) }, "dropped"],
  ["to an address that nothing is sent to", { recipient: "gone@one.example" }, "refused"],
])(
  "a mail %s that was taken with a slot, and not handed over, was never ours",
  async (_, changes, state) => {
    const at = new Date(Date.now() - 3_600_000);
    await db.markedAddress.createMany({
      data: [{ address: "gone@one.example", because: "bounced", markedAt: at }],
      skipDuplicates: true,
    });
    const pace = { channel: randomUUID(), intervalMs: 1, keepsSlotFree: true };
    await openChannel(pace.channel);
    const mailId = await enqueueMail(db, notice(changes));
    const claims = openClaims(databaseUrl());
    const taking = { pace, most: 1, spare: 0, isForLongWait: false, except: [] };
    const { mails } = await claims.take(taking);
    expect(mails.map(({ id }) => id)).toEqual([mailId]);
    const { transport, taken } = recordingTransport();
    const delivery = { claims, ways: oneWay(transport), slotOf: null };
    expect(await tryMail(mails[0] as QueuedMail, delivery)).toBe(state);
    await claims.close();
    expect(taken).toEqual([]);
    expect(await db.mail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({
      state,
      unsureChannels: [],
    });
    const another = await sent();
    const source = (await sourceOf(another.mail)).replaceAll(
      another.reference,
      mailReferenceOf(mailId),
    );
    expect(await ask({ source })).toEqual({ kind: "not-ours" });
  },
);

test("a reference that was never sent, dropped, deleted or only pretended is as unknown as any", async () => {
  const queued = await enqueueMail(db, notice());
  const dropped = await enqueueMail(db, notice({ usefulUntil: new Date(0) }));
  const claims = openClaims(databaseUrl());
  await deliverMail(dropped, { claims, transport: recordingTransport().transport });
  await claims.close();
  const deleted = await sent();
  await db.mail.delete({ where: { id: deleted.mailId } });
  const pretended = await enqueueMail(db, notice());
  const asSent = { state: "sent", sentAt: new Date() };
  await db.mail.update({ where: { id: pretended }, data: { ...asSent, channel: "none" } });
  const verdicts = await Promise.all(
    [queued, dropped, deleted.mailId, pretended].map((id) =>
      ask({ reference: mailReferenceOf(id) }),
    ),
  );
  expect(verdicts).toEqual(Array(4).fill({ kind: "unknown" }));
});

test("of a mail that fell silent at the hand-over its source is known all the same", async () => {
  expectLogged(/A mail was not taken and is tried again/);
  const claims = openClaims(databaseUrl());
  const mailId = await enqueueMail(db, notice());
  const { transport, tried } = recordingTransport(async () => {
    throw new MailRefused("no answer in time", { fate: "unknown" });
  });
  await deliverMail(mailId, { claims, transport });
  await claims.close();
  expect(await ask({ reference: mailReferenceOf(mailId) })).toEqual({ kind: "unknown" });
  const source = await sourceOf(tried[0] as MailMessage);
  expect(await ask({ source })).toMatchObject({ kind: "ours" });
});

test("of a mail that its provider reports on before its answer comes the source is known all the same", async () => {
  const claims = openClaims(databaseUrl());
  const { mailId } = await enqueueCodeMail();
  const { transport, taken } = recordingTransport(async ({ id }) => {
    await takeReport({
      ...{ id: null, mail: { id, providerId: "x" }, state: "delivered", at: new Date() },
      ...{ source: "webhook", channel: "resend", reason: null, status: null, words: null },
      marks: null,
    });
  });
  await deliverMail(mailId, { claims, transport });
  await claims.close();
  expect(await db.mail.findUniqueOrThrow({ where: { id: mailId } })).toMatchObject({
    ...{ state: "sent", providerId: "x", unsureChannels: [] },
  });
  expect(await ask({ source: await sourceOf(taken[0] as MailMessage) })).toMatchObject({
    kind: "ours",
  });
});

test("of one that a killed process may have handed over nobody says that it is not ours", async () => {
  const mailId = await enqueueMail(db, notice());
  const { createdAt } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
  const claims = openClaims(databaseUrl());
  const ofWay = {
    pace: { channel: "smtp", intervalMs: 0.001, keepsSlotFree: false },
    most: 100,
    spare: 0,
  };
  await openChannel("smtp");
  await claims.take({ ...ofWay, isForLongWait: false, except: [] });
  await claims.close();
  const { text } = (await sent()).mail;
  const source = await sourceOf({
    ...(await sent()).mail,
    html: "",
    text: text.replace(/[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{4}/g, mailReferenceOf(mailId)),
  });
  expect(await ask({ source })).toEqual({ kind: "not-comparable", at: createdAt });
  expect(await ask({ reference: mailReferenceOf(mailId) })).toEqual({ kind: "unknown" });
});

const whole: Record<string, Sending> = {
  "in quoted-printable": { textEncoding: "quoted-printable" },
  "in base64": { textEncoding: "base64" },
  "as text alone": { html: undefined },
  "as HTML alone": { text: undefined },
  "with more headers": { headers: { "X-Spam": "no", "List-Id": "<x.y>" } },
};

test.each(Object.entries(whole))(
  "the source of a mail that we sent is ours, %s",
  async (_, more) => {
    const { mailId, mail } = await code();
    const { sentAt } = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
    const verdict = { kind: "ours", at: sentAt, isForwarded: false };
    const source = await sourceOf(mail, more);
    expect(await ask({ source })).toEqual(verdict);
    expect(await ask({ source: source.replaceAll("\r\n", "\n") })).toEqual(verdict);
  },
);

test("a mail in another charset is ours, where its characters are there", async () => {
  const { mail } = await sent(() => enqueueMail(db, notice({ locale: "es" })));
  const qp = (text: string) =>
    [...text]
      .map((one) => {
        const value = one.charCodeAt(0);
        if (value > 255) throw new Error(one);
        return value > 126 || one === "="
          ? `=${value.toString(16).toUpperCase().padStart(2, "0")}`
          : one;
      })
      .join("");
  const text = mail.text.replace(/[^\n -ÿ]/g, "");
  const id = mail.id;
  await db.mail.update({
    where: { id },
    data: { fingerprint: new Uint8Array(fingerprintOf({ ...mail, text })) },
  });
  const head =
    "From: a@b.example\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable";
  expect(await ask({ source: `${head}\n\n${qp(text)}` })).toMatchObject({ kind: "ours" });
  expect(
    await ask({ source: `${head.replace("iso-8859-1", "iso-8859-7")}\n\n${qp(text)}` }),
  ).toMatchObject({ kind: "changed" });
});

test("one that was forwarded as a file, or as a quoted text, is ours and said to be forwarded", async () => {
  const { mail } = await code();
  const within = await sourceOf(mail);
  const file = {
    contentType: "message/rfc822",
    content: within,
    contentDisposition: "attachment" as const,
  };
  const carrier = { ...mail, subject: `Fwd: ${mail.subject}`, text: "", html: "" };
  const attached = await sourceOf(carrier, { html: undefined, attachments: [file] });
  expect(await ask({ source: attached })).toMatchObject({ kind: "ours", isForwarded: true });
  const head = `From: Friend <f@b.example>\nSubject: Fwd: ${mail.subject}\nContent-Type: text/plain; charset=utf-8`;
  const about = `-------- Forwarded Message --------\nSubject: ${mail.subject}\nDate: Mon, 30 Nov 2026\nFrom: Us <us@b.example>\nTo: me@b.example`;
  const wrapped = mail.text.replace(/(.{30,50}) (?!https)/g, "$1 \n");
  const quoted = wrapped
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
  for (const body of [`${about}\n\n${wrapped}`, quoted, `${about}\n\n${quoted}`]) {
    expect(await ask({ source: `${head}\n\n${body}` })).toMatchObject({
      kind: "ours",
      isForwarded: true,
    });
  }
  // What somebody wrote above it, or beside the file, may be anything.
  for (const body of [
    `Call us: 555 0100\n\n${about}\n\n${wrapped}`,
    `${about}\nCall us\n\n${wrapped}`,
    `Call\n${quoted}`,
    `${about.replace("Message", "Message: call 555 0100")}\n\n${wrapped}`,
  ]) {
    expect(await ask({ source: `${head}\n\n${body}` })).toMatchObject({ kind: "changed" });
  }
  const header = (more: string) => about.replace("To: me@b.example", more);
  for (const body of [
    `${header("To: call 555 0100 at once")}\n\n${wrapped}`,
    `${header("To: 555 010 0100 <me@b.example>")}\n\n${wrapped}`,
    `${header("To: https://b.example/x@y")}\n\n${wrapped}`,
    `${header("Sent: call 555 0100")}\n\n${wrapped}`,
    `${header("Sent: now 2026")}\n\n${wrapped}`,
    `${header("Sent: +1 (800) 555-0199")}\n\n${wrapped}`,
    `${header("Sent: 555 0100 100, 2026")}\n\n${wrapped}`,
    `${header("Sent: Mon 06 12 34 56 78 Nov 2026")}\n\n${wrapped}`,
    `${header("Sent: Mon, 30 Nov 14:02")}\n\n${wrapped}`,
    `${about.replace(/^Subject:/m, "Assunto: call 555 0100\nSubject:")}\n\n${wrapped}`,
    `${header("Reply-To: help@b.example")}\n\n${wrapped}`,
    `${header("Cc: Please confirm your account now, write to me today <h@b.example>")}\n\n${wrapped}`,
    `${header("Reply: me@b.example")}\n\n${wrapped}`,
    `${header("From: Others <o@b.example>")}\n\n${wrapped}`,
    `${about.replace(mail.subject, "Your account is closed")}\n\n${wrapped}`,
    `${header(`Subject: ${mail.subject}`)}\n\n${wrapped}`,
  ]) {
    expect(body).not.toBe(`${about}\n\n${wrapped}`);
    expect(await ask({ source: `${head}\n\n${body}` }), body.slice(0, 200)).toMatchObject({
      kind: "changed",
    });
  }
  for (const more of [
    "To: A. Bê 24 <a@b.example>, c@b.example",
    "Enviado: lunes, 30 de noviembre de 2026 14:02",
    "Sent: Mon, 30 Nov 2026 14:02:09 +0100",
    "Sent: 30/11/2026, 2:02 PM",
  ]) {
    const source = `${head}\n\n${header(more)}\n\n${wrapped}`;
    expect(await ask({ source }), more).toMatchObject({ kind: "ours" });
  }
  // Both subjects are shown.
  const renamed = head.replace(mail.subject, "Your account is closed");
  expect(await ask({ source: `${renamed}\n\n${about}\n\n${wrapped}` })).toMatchObject({
    kind: "changed",
  });
  const renamedFile = await sourceOf(
    { ...carrier, subject: "Fwd: call 555 0100" },
    { html: undefined, attachments: [file] },
  );
  expect(await ask({ source: renamedFile })).toMatchObject({ kind: "changed" });
  const beside = await sourceOf(
    { ...carrier, text: "Call us: 555 0100" },
    { html: undefined, attachments: [file] },
  );
  expect(await ask({ source: beside })).toEqual({ kind: "not-ours" });
});

type Change = (copy: MailMessage) => Partial<MailMessage>;
const changes: Record<string, Change> = {
  "one character of the code changed": ({ text, subject, html }) => {
    const digits = /\d{6}/.exec(subject)?.[0] ?? "none";
    const other = digits.replace(/.$/, (last) => String((Number(last) + 1) % 10));
    return { text: text.replace(digits, other), html: html.replace(digits, other) };
  },
  "one link exchanged": ({ text, html }) => ({
    text: text.replace("/help/was-it-us", "/help/was-it-you"),
    html: html.replace("/help/was-it-us", "/help/was-it-you"),
  }),
  "the HTML changed and the text not": ({ html }) => ({
    html: html.replace("</body>", "<p>Call us</p></body>"),
  }),
  "a link's text that shows ours and leads elsewhere": ({ html }) => ({
    html: html.replace(/href="[^"]*\/help\/was-it-us"/, 'href="https://b.example/help/was-it-us"'),
  }),
  "another subject": () => ({ subject: "Your account is closed" }),
  "a script": ({ html }) => ({ html: html.replace("</body>", "<script>alert(1)</script></body>") }),
  "a footer of a list": ({ text, html }) => ({
    text: `${text}\n-- \nThe list`,
    html: html.replace("</body>", "The list</body>"),
  }),
  "null bytes": ({ text }) => ({ text: `${text}\u0000` }),
  "another body with our reference": ({ text, html }) => ({
    text: `Call us.\n${/[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{4}/.exec(text)?.[0]}`,
    html: `<p>Call us.</p><p>${/[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{4}/.exec(html)?.[0]}</p>`,
  }),
};

test.each(Object.entries(changes))("with %s it is not what we sent", async (_, change) => {
  const { mail } = await code();
  const changed = { ...mail, ...change(mail) };
  expect(changed).not.toEqual(mail);
  expect(await ask({ source: await sourceOf(changed) })).toMatchObject({ kind: "changed" });
});

test("two references make no difference: each body is what it is", async () => {
  const [one, other] = [await code(), await code()];
  const source = await sourceOf({ ...one.mail, text: `${one.mail.text}\n${other.reference}` });
  expect(await ask({ source })).toMatchObject({ kind: "changed" });
  // Whatever was typed beside it, the source is what is judged.
  const own = await sourceOf(one.mail);
  expect(await ask({ source: own, reference: other.reference })).toMatchObject({ kind: "ours" });
});

const parts = (body: string, type = 'multipart/mixed; boundary="b"') =>
  `From: a@b.example\r\nContent-Type: ${type}\r\n\r\n${body}`;
const nested = (depth: number): string => {
  const open = Array.from(
    { length: depth },
    (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary="b${n + 1}"\r\n\r\n`,
  );
  return parts(open.join(""), 'multipart/mixed; boundary="b0"');
};

const hostile: Record<string, [string, MailVerdict["kind"]]> = {
  "only blanks and a word": ["   \n x", "no-source"],
  "a text that is no mail": ["Dear customer,\n\nyour code is 482913.", "no-source"],
  "the visible words of a mail": ["From us: hello\n\nReference of this email", "no-source"],
  binary: [
    Array.from({ length: 20_000 }, (_, n) => String.fromCharCode((n * 7919) % 256)).join(""),
    "no-source",
  ],
  "nested parts": [nested(200), "not-ours"],
  "nested parts, few enough to be read": [nested(10), "not-ours"],
  "a message in a message in a message": [
    parts(
      Array.from(
        { length: 5 },
        () => "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n",
      ).join(""),
      "message/rfc822",
    ),
    "not-ours",
  ],
  "60,000 parts": [parts("--b\r\n\r\n".repeat(36_000)), "not-ours"],
  "a million links": [parts("https://a.io ".repeat(20_000), "text/plain"), "not-ours"],
  "a line of dashes": [parts("-".repeat(SOURCE_MAX_BYTES - 200), "text/plain"), "not-ours"],
  "metas without an end": [parts("<meta ".repeat(43_000), "text/html"), "not-ours"],
  "subjects in front of subjects": [
    `Subject: ${"Re: ".repeat(20_000)}\r\n${parts("x", "text/plain")}`,
    "not-ours",
  ],
  "a header without an end": [
    `X: ${"a".repeat(200_000)}\r\n${parts("x", "text/plain")}`,
    "not-ours",
  ],
  "a charset that there is not": [parts("hello", "text/plain; charset=klingon"), "not-ours"],
  "bytes that are no base64": [
    `Content-Transfer-Encoding: base64\r\n${parts("=\u0000é!!".repeat(9_000), "text/plain")}`,
    "not-ours",
  ],
  "quoted-printable cut off": [
    `Content-Transfer-Encoding: quoted-printable\r\n${parts("=".repeat(90_000), "text/plain")}`,
    "not-ours",
  ],
  "no body": ["From: a@b.example\r\nContent-Type: text/plain", "not-ours"],
  "a reference that was never given": [parts("A9KS4-QJSAP-XP67", "text/plain"), "not-ours"],
};

test.each(Object.entries(hostile))("%s ends as no", async (_, [source, kind]) => {
  expect(await ask({ source })).toEqual({ kind });
});

test("a part that a mail program shows and this reading does not is none of ours", async () => {
  const { mail } = await code();
  const source = await sourceOf(mail);
  expect(await ask({ source })).toMatchObject({ kind: "ours" });
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1] ?? "";
  const hidden = `--${boundary}\r\nContent-Type: multipart/mixed\r\n\r\nCall us\r\n`;
  const more = source.replace(`--${boundary}--`, `${hidden}--${boundary}--`);
  expect(more).not.toBe(source);
  expect((await ask({ source: more })).kind).not.toBe("ours");
});

const boundaryOf = (source: string) => /boundary="([^"]+)"/.exec(source)?.[1] ?? "";
const more = (source: string, part: string) => {
  const end = `--${boundaryOf(source)}--`;
  return source.replace(end, `--${boundaryOf(source)}\r\n${part}\r\n${end}`);
};
const header = (line: string) => (source: string) => `${line}\r\n${source}`;
const ofParts = (source: string, from: RegExp, to: string) => {
  const [top, ...rest] = source.split(/\r\n\r\n/);
  return [top, rest.join("\r\n\r\n").replace(from, to)].join("\r\n\r\n");
};

// What one program takes for nothing, and another one shows.
const twoReadings: Record<string, (source: string) => string> = {
  "a second HTML part": (source) => more(source, "Content-Type: text/html\r\n\r\n<p>Call us</p>"),
  "a second text part without a type": (source) => more(source, "\r\nCall us"),
  "an empty second text part": (source) => more(source, "\r\n"),
  "a file": (source) =>
    more(
      source,
      "Content-Type: text/plain; name=x.txt\r\nContent-Disposition: attachment; filename=x.txt\r\n\r\nCall us",
    ),
  "a picture": (source) => more(source, "Content-Type: image/png\r\n\r\nx"),
  "a mail in it": (source) =>
    more(source, "Content-Type: message/rfc822\r\n\r\nSubject: Call us\r\n\r\nCall us"),
  "a calendar": (source) => more(source, "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR"),
  "words before the first part": (source) =>
    source.replace(`\r\n\r\n--${boundaryOf(source)}`, `\r\n\r\nCall us\r\n--${boundaryOf(source)}`),
  "words behind the last part": (source) => `${source}\r\nCall us`,
  "no end": (source) => source.replace(`--${boundaryOf(source)}--`, ""),
  "a boundary that another begins with": (source) =>
    more(source, `--${boundaryOf(source)}x\r\n\r\nCall us`),
  "two types": header('Content-Type: multipart/mixed; boundary="other"'),
  "two types, the second of which is the other one": (source) =>
    source.replace(
      /(\r\nContent-Type: multipart)/,
      '\r\nContent-Type: multipart/mixed; boundary="other"$1',
    ),
  "a boundary named twice": (source) =>
    source.replace(/ boundary=/, ' boundary="other"; boundary='),
  "a boundary in two pieces": (source) =>
    source.replace(/ boundary="/, ' boundary*0="ot"; boundary="'),
  "a comment in its type": (source) =>
    source.replace("multipart/alternative;", "multipart/alternative (x);"),
  "a digest": (source) => source.replace("multipart/alternative", "multipart/digest"),
  "two subjects": header("Subject: Call us"),
  "two senders": header("From: b@b.example"),
  "an answer that goes elsewhere": header("Reply-To: b@b.example"),
  "a button to unsubscribe": header("List-Unsubscribe: <https://b.example>"),
  "a base for its links": header("Content-Base: https://b.example"),
  "a line that is no header": header("Call us"),
  "a blank before a header's colon": header("Content-Type : text/html"),
  "a return without a new line": header("X: a\rCall us"),
  "UTF-7": (source) => source.replaceAll("charset=utf-8", "charset=utf-7"),
  "a charset with escapes": (source) => source.replaceAll("charset=utf-8", "charset=iso-2022-jp"),
  "a charset named twice": (source) =>
    source.replaceAll("charset=utf-8", "charset=utf-8; charset=utf-7"),
  "two encodings": (source) =>
    ofParts(
      source,
      /Content-Transfer-Encoding: /,
      "Content-Transfer-Encoding: 8bit\r\nContent-Transfer-Encoding: ",
    ),
  "an encoding that there is not": (source) =>
    ofParts(
      source,
      /Content-Transfer-Encoding: quoted-printable/,
      "Content-Transfer-Encoding: x-quoted-printable",
    ),
  "an encoding of the whole": header("Content-Transfer-Encoding: base64"),
  "blanks that are dropped where lines end": (source) =>
    source.replace(
      "text/plain; charset=utf-8",
      "text/plain; charset=utf-8; format=flowed; delsp=yes",
    ),
  "a subject in a charset with escapes": (source) =>
    source.replace(
      /^Subject: .*(\r\n .*)*/m,
      (line) => `Subject: =?utf-7?q?${line.slice(9).replaceAll(" ", "_")}?=`,
    ),
};

test.each(Object.entries(twoReadings))(
  "what is not read in one way alone is not ours: %s",
  async (_, change) => {
    const { mail } = await code();
    const source = (await sourceOf(mail, { textEncoding: "quoted-printable" })).replace(
      /^Received:.*\r\n/,
      "",
    );
    expect(await ask({ source })).toMatchObject({ kind: "ours" });
    const changed = change(source);
    expect(changed).not.toBe(source);
    expect((await ask({ source: changed })).kind).not.toBe("ours");
  },
);

test("base64 with anything else in it is not ours, though it decodes to it", async () => {
  const { mail } = await code();
  const source = await sourceOf(mail, { textEncoding: "base64", html: undefined });
  expect(await ask({ source })).toMatchObject({ kind: "ours" });
  const [head = "", body = ""] = source.split(/\r\n\r\n/);
  const lines = body.trim().split("\r\n");
  for (const changed of [
    ["\uff23\uff41\uff4c\uff4c", ...lines],
    ["(555)", ...lines],
    [...lines.slice(0, -1), lines.at(-1)?.replace(/=*$/, "=Q2FsbA==") ?? ""],
  ]) {
    const source = `${head}\r\n\r\n${changed.join("\r\n")}\r\n`;
    expect((await ask({ source })).kind).not.toBe("ours");
  }
});

test("quoted-printable with codes that are none is not ours", async () => {
  const { mail } = await code();
  const source = await sourceOf(mail, { textEncoding: "quoted-printable", html: undefined });
  const [head = "", ...body] = source.split(/\r\n\r\n/);
  expect(await ask({ source })).toMatchObject({ kind: "ours" });
  for (const more of ["=\r\n=3", "= \r\n", "=zz"]) {
    const changed = [head, body.join("\r\n\r\n").replace(" ", ` ${more}`)].join("\r\n\r\n");
    expect((await ask({ source: changed })).kind, JSON.stringify(more)).not.toBe("ours");
  }
});

test("a mail of before fingerprints were kept can be named, not compared", async () => {
  const { mailId, mail } = await sent();
  const { sentAt } = await db.mail.update({ where: { id: mailId }, data: { fingerprint: null } });
  expect(await ask({ source: await sourceOf(mail) })).toEqual({
    kind: "not-comparable",
    at: sentAt,
  });
});

test("a mail of before a new AUTH_SECRET is ours as long as the old one is in the list", async () => {
  const { mail } = await sent();
  const source = await sourceOf(mail);
  const before = process.env.AUTH_SECRET;
  vi.stubEnv("AUTH_SECRET", `${"new-secret-".repeat(4)},${before}`);
  resetEnvironment();
  expect(await ask({ source })).toMatchObject({ kind: "ours" });
  vi.stubEnv("AUTH_SECRET", "new-secret-".repeat(4));
  resetEnvironment();
  expect(await ask({ source })).toMatchObject({ kind: "changed" });
  vi.unstubAllEnvs();
  resetEnvironment();
});

test("what is missing or too much is said, and costs nothing", async () => {
  const client = fresh();
  const wrong: [{ reference: string; source: string }, object][] = [
    [{ reference: "", source: " \n" }, { reference: "mailReferenceMissing" }],
    [{ reference: "K7QM", source: "" }, { reference: "mailReferenceMalformed" }],
    [{ reference: "", source: "é".repeat(SOURCE_MAX_BYTES / 2 + 1) }, { source: "sourceTooLong" }],
  ];
  for (let round = 0; round < MAILS_ASKED_PER_NETWORK_PER_HOUR; round += 1) {
    for (const [typed, errors] of wrong) {
      expect(await judgeMail(typed, client)).toEqual({ kind: "invalid", errors });
    }
  }
  expect((await judgeMail({ reference: "K7QM-2PX", source: "" }, client)).kind).toBe("judged");
});

test("a network asks about so many mails in an hour, and it is said from when on again", async () => {
  const client = fresh();
  const typed = { reference: "K7QM-2PX", source: "" };
  for (let n = 0; n < MAILS_ASKED_PER_NETWORK_PER_HOUR; n += 1) {
    expect((await judgeMail(typed, client)).kind).toBe("judged");
  }
  const refused = await judgeMail(typed, client);
  expect(refused).toMatchObject({ kind: "too-many", until: expect.any(Date) });
  expect((await judgeMail(typed, fresh())).kind).toBe("judged");
});

test("nothing of a source is in the database or the log", async () => {
  const { mail } = await code();
  const marker = "pasted-by-somebody";
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await ask({ source: await sourceOf({ ...mail, text: `${mail.text} ${marker}` }) });
  spy.mockRestore();
  expect(written.join("")).not.toContain(marker);
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) FROM "${name}" t WHERE t::text LIKE '%${marker}%'`,
    );
    expect([name, Number(row?.count)]).toEqual([name, 0]);
  }
});
