import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { RETURN_BYTES } from "@/lib/mail/fate/read-return";
import { returnAddressOf, returnTokenOf } from "@/lib/mail/fate/return-address";
import type { ReturnOutcome } from "@/lib/mail/fate/return-outcome";
import { takeReport } from "@/lib/mail/fate/take-report";
import { takeReturn } from "@/lib/mail/fate/take-return";
import { enqueueMail } from "@/lib/mail/outbox";
import { markSent } from "@/lib/mail/store";
import { testDatabase } from "@/lib/testing/database";
import { notice } from "@/lib/testing/mails";
import { type ReturnParts, returnedMail, returnsTo } from "@/lib/testing/returned-mail";

testDatabase();

async function sentMail(channel = "smtp") {
  const mail = notice();
  const id = await enqueueMail(db, mail);
  await markSent({ id, channel, providerId: randomUUID(), sentAt: new Date() });
  return { mailId: id, recipient: mail.recipient };
}

const take = (text: string) => takeReturn(Buffer.from(text, "latin1"));

/** A new mail of ours and what is known of it once this came back. */
async function comesBack(parts: (mail: { mailId: string; recipient: string }) => string) {
  const mail = await sentMail();
  const outcome = await take(parts(mail));
  const change = await db.mailChange.findFirst({
    where: { mailId: mail.mailId, source: "return-mail" },
  });
  const mark = await db.markedAddress.findUnique({
    where: { address: mail.recipient.toLowerCase() },
  });
  return { ...mail, outcome, change, mark };
}

const saying = (parts: Partial<ReturnParts>) =>
  comesBack((mail) => returnedMail({ ...mail, ...parts }));

test("a mailbox that is not there refuses its mail and marks the address", async () => {
  const { outcome, change, mark } = await saying({});
  expect(outcome).toBe("taken");
  expect(change).toMatchObject({
    state: "refused",
    channel: "smtp",
    reason: "no-mailbox",
    status: "5.1.1",
    words: "550 5.1.1 : Recipient address rejected: User unknown",
  });
  expect(mark).toMatchObject({ because: "bounced", status: "5.1.1", liftedAt: null });
});

test.each([
  ["5.1.10", "smtp; 550 5.1.10 RecipientNotFound", "refused", "no-mailbox", true],
  ["5.1.2", "smtp; 550 5.1.2 Bad destination system", "refused", "no-mailbox", true],
  ["5.2.1", "smtp; 550 5.2.1 The account is disabled", "refused", "no-mailbox", true],
  ["5.0.0", "smtp; 550 5.1.1 No such user here", "refused", "no-mailbox", true],
  ["5.0.0", "smtp; 550 No such user here", "refused", "no-mailbox", true],
  ["5.2.2", "smtp; 552 5.2.2 Mailbox full", "refused", "full", false],
  ["5.0.0", "smtp; 550 mailbox full: no such quota", "refused", "full", false],
  ["5.7.1", "smtp; 550 5.7.1 Message blocked", "refused", "blocked", false],
  ["5.7.26", "smtp; 550 5.7.26 no such user who is not authenticated", "refused", "blocked", false],
  ["5.3.4", "smtp; 552 5.3.4 Message too big", "refused", "contents", false],
  ["4.4.7", "smtp; 451 4.4.7 no such user, delivery time expired", "refused", "no-mailbox", false],
  ["4.4.1", "X-Postfix; connect to mx.example: timed out", "refused", "other", false],
] as const)("%s %s refuses its mail: %s, %s", async (status, diagnostic, state, reason, marks) => {
  const { outcome, change, mark } = await saying({ status, diagnostic });
  expect(outcome).toBe("taken");
  expect(change).toMatchObject({ state, reason });
  expect(mark !== null).toBe(marks);
});

test("where a report's own status says nothing, the receiving server's is kept, unless it says another kind", async () => {
  for (const [diagnostic, status] of [
    ["smtp; 550 5.1.1 No such user here", "5.1.1"],
    ["smtp; 450 4.2.2 Full, for five days", "5.0.0"],
    ["smtp; 550 No such user here", "5.0.0"],
  ] as const) {
    const { change } = await saying({ status: "5.0.0", diagnostic });
    expect(change?.status).toBe(status);
  }
});

test("a delay is noted and marks nothing, whatever its reason", async () => {
  for (const diagnostic of ["smtp; 450 4.2.0 Greylisted", "smtp; 450 4.1.1 no such user yet"]) {
    const status = diagnostic.slice(10, 15);
    const { outcome, change, mark } = await saying({ action: "delayed", status, diagnostic });
    expect([outcome, change?.state, change?.status, mark]).toEqual([
      "taken",
      "delayed",
      status,
      null,
    ]);
  }
});

test("what arrived is delivered", async () => {
  const { change } = await saying({ action: "delivered", status: "2.0.0", diagnostic: "" });
  expect(change).toMatchObject({ state: "delivered", reason: null });
});

test.each([
  ["failed", "2.0.0"],
  ["delayed", "2.0.0"],
  ["delivered", "5.1.1"],
  ["relayed", "2.0.0"],
  ["expanded", "2.0.0"],
  ["vanished", "5.1.1"],
])("a report that it was %s with %s says nothing", async (action, status) => {
  const { outcome, change } = await saying({ action, status, diagnostic: "smtp; hello" });
  expect([outcome, change]).toEqual(["says-nothing", null]);
});

const forged = (mailId: string) => {
  const token = returnTokenOf(mailId);
  return `bounces+${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}@returns.example`;
};

test.each(["a", "<", "a@", " ", "no such user "])(
  "a report whose server repeats %j over 250,000 characters is read by its beginning",
  async (unit) => {
    const diagnostic = `smtp; 550 5.1.1 no such user ${unit.repeat(250_000 / unit.length)}`;
    const { outcome, change } = await saying({ status: "5.1.1", diagnostic });
    expect(outcome).toBe("taken");
    expect(change).toMatchObject({ state: "refused", reason: "no-mailbox" });
    expect(change?.words?.length ?? 0).toBeLessThanOrEqual(300);
  },
);

type Mail = { mailId: string; recipient: string };

const ignored: [string, ReturnOutcome, (mail: Mail) => string][] = [
  ["nothing at all", "not-a-mail", () => ""],
  ["a line", "not-a-mail", () => "hello\r\n"],
  ["bytes", "not-a-mail", () => String.fromCharCode(0, 255, 1, 254).repeat(5000)],
  ["a header alone", "no-report", () => "Subject: x"],
  ["headers without end", "no-report", () => `${"X-A: b\r\n".repeat(100_000)}\r\n`],
  ["a signature that is forged", "not-signed", (m) => returnedMail({ ...m, to: forged(m.mailId) })],
  ["no signature", "not-signed", (m) => returnedMail({ ...m, to: returnsTo })],
  [
    "the id of a mail alone",
    "not-signed",
    (m) => returnedMail({ ...m, to: `bounces+${m.mailId}@returns.example` }),
  ],
  [
    "the address of a mail that we never sent",
    "unknown",
    (m) => returnedMail({ ...m, to: returnAddressOf(randomUUID(), returnsTo) }),
  ],
  [
    "a recipient that is not the mail's",
    "other-recipient",
    (m) => returnedMail({ ...m, recipient: "eve@example.com" }),
  ],
  [
    "no recipient",
    "says-nothing",
    (m) => returnedMail(m).replace(/(Final|Original)-Recipient.*\r\n|Action.*\r\n/g, ""),
  ],
  ["no report in it, as qmail sends it", "no-report", (m) => returnedMail({ ...m, type: null })],
  [
    "a report in a mail of other kind",
    "no-report",
    (m) => returnedMail({ ...m, contentType: "multipart/mixed" }),
  ],
  [
    "a report in the text of a mail",
    "no-report",
    (m) =>
      returnedMail({ ...m, contentType: "text/plain" }).replace(
        /boundary="parts"/,
        "charset=utf-8",
      ),
  ],
  ["a report as a text", "no-report", (m) => returnedMail({ ...m, type: "text/plain" })],
  [
    "a report in a mail that is forwarded",
    "no-report",
    (m) =>
      `To: ${returnAddressOf(m.mailId, returnsTo)}\r\nContent-Type: multipart/report; boundary=outer\r\n\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n${returnedMail(m)}\r\n--outer--\r\n`,
  ],
  [
    "an answer of somebody on holiday",
    "no-report",
    (m) =>
      `To: ${returnAddressOf(m.mailId, returnsTo)}\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nI am away.\r\n`,
  ],
  [
    "parts in parts without end",
    "no-report",
    () => {
      const part = (n: number) =>
        `Content-Type: multipart/report; boundary=b${n}\r\n\r\n--b${n}\r\n`;
      return Array.from({ length: 4000 }, (_, n) => part(n)).join("");
    },
  ],
  [
    "mails in mails without end",
    "no-report",
    () =>
      `Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n${"Content-Type: message/rfc822\r\n\r\n".repeat(8000)}`,
  ],
];

test.each(ignored)("%s is ignored: %s", async (_, expected, text) => {
  const { outcome, change, mark } = await comesBack(text);
  expect([outcome, change, mark]).toEqual([expected, null, null]);
});

test("another mail's address counts for nobody else", async () => {
  const other = await sentMail();
  const to = returnAddressOf(other.mailId, returnsTo);
  const { outcome, mark } = await comesBack((mail) => returnedMail({ ...mail, to }));
  expect([outcome, mark]).toEqual(["other-recipient", null]);
  const both = await comesBack((mail) =>
    returnedMail({ ...mail, to: `${to}, ${returnAddressOf(mail.mailId, returnsTo)}` }),
  );
  expect([both.outcome, both.mark]).toEqual(["not-signed", null]);
});

test("a mail that left otherwise does not come back", async () => {
  const mail = await sentMail("resend");
  expect(await take(returnedMail(mail))).toBe("unknown");
});

test("a mail whose try had no answer, and that comes back, is tried no more", async () => {
  const { recipient, ...rest } = notice();
  const mailId = await enqueueMail(db, { ...rest, recipient });
  expect(await take(returnedMail({ mailId, recipient }))).toBe("taken");
  const row = await db.mail.findUniqueOrThrow({ where: { id: mailId } });
  expect(row).toMatchObject({ state: "refused", channel: "smtp" });
});

test("of several recipients the mail's own counts, in whatever place and case", async () => {
  const group = (recipient: string, status: string) =>
    `Final-Recipient: RFC822; <${recipient}>\nACTION: Failed\nstatus: ${status} (said so)\nDiagnostic-Code: smtp; 550\n  ${status} no`;
  const { outcome, change } = await comesBack(({ mailId, recipient }) =>
    returnedMail({
      ...{ mailId, recipient: "first@example.com" },
      more: [
        group("second@example.com", "5.1.1"),
        group(recipient.toUpperCase(), "5.2.2"),
        group("last@example.com", "5.1.1"),
      ],
    }),
  );
  expect([outcome, change?.reason, change?.words]).toEqual(["taken", "full", "550 5.2.2 no"]);
});

test("servers may change the case of an address, or repeat our name of the mail alone", async () => {
  const upper = await comesBack((mail) =>
    returnedMail({ ...mail, to: returnAddressOf(mail.mailId, returnsTo).toUpperCase() }),
  );
  const named = await comesBack((mail) =>
    returnedMail({ ...mail, to: returnsTo, envelopeId: returnTokenOf(mail.mailId) }),
  );
  expect([upper.outcome, named.outcome]).toEqual(["taken", "taken"]);
});

test("the domain of an address is compared as servers write it", async () => {
  const mail = await sentMail();
  await db.mail.update({ where: { id: mail.mailId }, data: { recipient: "ana@exämple.com" } });
  const recipient = "ana@xn--exmple-cua.com";
  expect(await take(returnedMail({ mailId: mail.mailId, recipient }))).toBe("taken");
});

test("a mail of five days counts no more; a younger one does", async () => {
  const days = (count: number, ms = 0) => new Date(Date.now() - count * 86_400_000 + ms);
  for (const [createdAt, outcome] of [
    [days(5), "too-old"],
    [days(5, 60_000), "taken"],
  ] as const) {
    const mail = await sentMail();
    await db.mail.update({ where: { id: mail.mailId }, data: { createdAt } });
    expect(await take(returnedMail(mail))).toBe(outcome);
  }
});

test("the same report counts once: what was lifted since is not marked again by it", async () => {
  const mail = await sentMail();
  expect(await take(returnedMail(mail))).toBe("taken");
  const address = mail.recipient.toLowerCase();
  await db.markedAddress.update({ where: { address }, data: { liftedAt: new Date() } });
  const later = returnedMail({ ...mail, diagnostic: "smtp; 550 5.1.1 No such user" });
  expect(await take(later)).toBe("seen");
  const mark = await db.markedAddress.findUniqueOrThrow({ where: { address } });
  expect(mark.liftedAt).not.toBeNull();
});

test("one that comes twice at the same moment counts once, and a state only rises", async () => {
  for (let round = 0; round < 10; round += 1) {
    const mail = await sentMail();
    const delay = returnedMail({ ...mail, action: "delayed", status: "4.2.0", diagnostic: "" });
    const bounce = returnedMail(mail);
    const all = [delay, delay, bounce, bounce];
    const outcomes = await Promise.all((round % 2 === 0 ? all : all.toReversed()).map(take));
    expect(outcomes.toSorted()).toEqual(["seen", "seen", "taken", "taken"]);
    const states = await db.mailChange.findMany({
      where: { mailId: mail.mailId, source: "return-mail" },
      orderBy: { state: "asc" },
    });
    expect(states.map(({ state }) => state)).toEqual(["delayed", "refused"]);
  }
});

test("a delivery that is reported by others is not undone by a delay that comes later", async () => {
  const mail = await sentMail();
  await takeReport({
    ...{ id: `resend:${randomUUID()}`, mail: { id: mail.mailId }, state: "delivered" },
    ...{ at: new Date(), source: "webhook", channel: "smtp" },
    ...{ reason: null, status: null, words: null, marks: null },
  });
  await take(returnedMail({ ...mail, action: "delayed", status: "4.4.1" }));
  const states = await db.mailChange.findMany({ where: { mailId: mail.mailId } });
  expect(states.map(({ state }) => state).toSorted()).toEqual(["accepted", "delayed", "delivered"]);
});

test("of a huge mail the beginning is read, where the report stands", async () => {
  const huge = (head: string) => head + "x".repeat(76).concat("\r\n").repeat(100_000);
  const read = await comesBack((mail) => huge(returnedMail(mail)));
  expect(read.outcome).toBe("taken");
  const behind = await comesBack((mail) =>
    returnedMail(mail).replace("--parts\r\n", `${"x".repeat(RETURN_BYTES)}\r\n--parts\r\n`),
  );
  expect(behind.outcome).toBe("no-report");
});

test("a secret that is no longer the first still vouches for what was sent under it", async () => {
  const secret = process.env.AUTH_SECRET ?? "";
  const old = await sentMail();
  const text = returnedMail(old);
  try {
    process.env.AUTH_SECRET = `another secret of thirty-two characters,${secret}`;
    resetEnvironment();
    expect(await take(text)).toBe("taken");
    process.env.AUTH_SECRET = "another secret of thirty-two characters";
    resetEnvironment();
    expect(await take(text)).toBe("not-signed");
  } finally {
    process.env.AUTH_SECRET = secret;
    resetEnvironment();
  }
});
