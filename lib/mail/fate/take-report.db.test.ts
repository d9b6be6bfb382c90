import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import type { DeliveryReport } from "@/lib/mail/fate/report";
import { takeReport } from "@/lib/mail/fate/take-report";
import { enqueueMail } from "@/lib/mail/outbox";
import { readChangeSource } from "@/lib/mail/rules/change-source";
import { mailStates, type ReachedState, stateOfMail } from "@/lib/mail/rules/mail-state";
import { markSent } from "@/lib/mail/store";
import { testDatabase } from "@/lib/testing/database";
import { notice } from "@/lib/testing/mails";

testDatabase();

const soon = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function sentMail(recipient?: string) {
  const mail = notice(recipient === undefined ? {} : { recipient });
  const id = await enqueueMail(db, mail);
  const providerId = randomUUID();
  await markSent({ id, channel: "resend", providerId, sentAt: new Date() });
  return { id, providerId, recipient: mail.recipient };
}

const report = (id: string, changes: Partial<DeliveryReport> = {}): DeliveryReport => ({
  id: `resend:${randomUUID()}`,
  mail: { id },
  state: "delivered",
  at: new Date(),
  source: "webhook",
  channel: "resend",
  reason: null,
  status: null,
  words: null,
  marks: null,
  ...changes,
});

/** How far a mail has come by what is noted of it. */
async function stateOf(id: string) {
  const mail = await db.mail.findUniqueOrThrow({ where: { id }, include: { changes: true } });
  const changes = mail.changes.map(({ state, at, notedAt, source }) => ({
    ...{ state: state as ReachedState, at, notedAt },
    ...{ source: readChangeSource(source), reason: null },
  }));
  return stateOfMail({ ...mail, changes }, soon(1)).state;
}

const markOf = (address: string) =>
  db.markedAddress.findUnique({ where: { address: address.toLowerCase() } });

test("a mail that is handed over is accepted, with a row that says so", async () => {
  const { id } = await sentMail();
  const [change] = await db.mailChange.findMany({ where: { mailId: id } });
  expect(change).toMatchObject({ state: "accepted", source: "hand-over", channel: "resend" });
});

test("a mail is found by its own id, and by its provider's for it", async () => {
  const one = await sentMail();
  expect(await takeReport(report(one.id))).toBe("taken");
  const other = await sentMail();
  const named = { mail: { providerId: other.providerId } };
  expect(await takeReport(report(other.id, named))).toBe("taken");
  expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(["delivered", "delivered"]);
});

test("a report about no mail of ours changes nothing", async () => {
  expect(await takeReport(report(randomUUID()))).toBe("unknown");
  const named = { mail: { providerId: "nobody's" } };
  expect(await takeReport(report(randomUUID(), named))).toBe("unknown");
});

test("the same report counts once, ten at the same moment too", async () => {
  const { id } = await sentMail();
  const same = report(id);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => takeReport(same)));
  expect(outcomes.filter((outcome) => outcome === "taken")).toHaveLength(1);
  expect(await db.mailChange.count({ where: { mailId: id } })).toBe(2);
});

test("in whatever order reports come, at the same moment too, a state only rises", async () => {
  const reached = mailStates.filter((state) => state !== "queued");
  for (let round = 0; round < 10; round += 1) {
    const { id } = await sentMail();
    const order = round % 2 === 0 ? reached : reached.toReversed();
    await Promise.all(order.map((state) => takeReport(report(id, { state }))));
    expect(await stateOf(id)).toBe("suppressed");
    expect(await db.mailChange.count({ where: { mailId: id } })).toBe(reached.length);
  }
});

test("a report says of a mail whose try had no answer that it was taken", async () => {
  const id = await enqueueMail(db, notice());
  await takeReport(report(id, { state: "accepted", mail: { id } }));
  const row = await db.mail.findUniqueOrThrow({ where: { id } });
  expect(row).toMatchObject({ state: "sent", channel: "resend", attempts: 1 });
});

test("of a mail that waits a refusal says that it is tried no more", async () => {
  const id = await enqueueMail(db, notice());
  await takeReport(report(id, { state: "suppressed", marks: "suppressed" }));
  expect(await db.mail.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "refused" });
  expect(await stateOf(id)).toBe("suppressed");
});

test("no clock is believed: nothing happens before a mail was made, or later than now", async () => {
  for (const [at, state] of [
    [soon(-1e6), "delayed"],
    [soon(1e6), "delivered"],
  ] as const) {
    const { id } = await sentMail();
    await takeReport(report(id, { at, state }));
    const mail = await db.mail.findUniqueOrThrow({ where: { id } });
    const change = await db.mailChange.findFirstOrThrow({ where: { mailId: id, state } });
    expect(change.at.getTime()).toBeGreaterThanOrEqual(mail.createdAt.getTime());
    expect(change.at.getTime()).toBeLessThanOrEqual(Date.now());
  }
});

test("a server's words are kept without addresses, in one line", async () => {
  const { id, recipient } = await sentMail();
  const words = `550 5.1.1 <${recipient}>: no such user ${recipient}\r\n${"x".repeat(1000)}`;
  await takeReport(report(id, { state: "refused", words, reason: "no-mailbox", status: "5.1.1" }));
  const change = await db.mailChange.findFirstOrThrow({ where: { mailId: id, state: "refused" } });
  expect(change.words).toMatch(/^550 5\.1\.1 : no such user x+$/);
  expect(change.words?.length).toBeLessThanOrEqual(300);
});

test("a bounce marks the address, whatever its case, and a mail that arrives later lifts that", async () => {
  const { id, recipient } = await sentMail();
  const bounce = { state: "refused", marks: "bounced", reason: "no-mailbox" } as const;
  await takeReport(report(id, bounce));
  expect(await markOf(recipient)).toMatchObject({ because: "bounced", liftedAt: null });
  const next = await sentMail(recipient.toUpperCase());
  await takeReport(report(next.id, { at: soon(0) }));
  expect((await markOf(recipient))?.liftedAt).not.toBeNull();
});

test("what arrives does not take a complaint back", async () => {
  const { id, recipient } = await sentMail();
  await takeReport(report(id, { state: "suppressed", marks: "complaint", reason: "complaint" }));
  await takeReport(report((await sentMail(recipient)).id));
  expect(await markOf(recipient)).toMatchObject({ because: "complaint", liftedAt: null });
});

test("a report of before a mark was lifted does not mark again; one of after does", async () => {
  const first = await sentMail();
  const { recipient } = first;
  const bounce = { state: "refused", marks: "bounced" } as const;
  const late = await sentMail(recipient);
  const before = new Date();
  await takeReport(report(first.id, bounce));
  await db.markedAddress.update({
    where: { address: recipient.toLowerCase() },
    data: { liftedAt: new Date() },
  });
  await takeReport(report(late.id, { ...bounce, at: before }));
  expect((await markOf(recipient))?.liftedAt).not.toBeNull();
  await takeReport(report((await sentMail(recipient)).id, bounce));
  expect((await markOf(recipient))?.liftedAt).toBeNull();
});

test("a report counts also where what stands for its mail was deleted meanwhile", async () => {
  const { id } = await sentMail();
  const answer = report(id, { id: null, source: "look", standIn: randomUUID() });
  expect(await takeReport(answer)).toBe("taken");
  expect(await stateOf(id)).toBe("delivered");
});
