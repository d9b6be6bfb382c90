import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findMailboxMessage, listMailbox } from "@/lib/mail/mailbox-store";
import { mailboxTransport } from "@/lib/mail/transports/mailbox";
import { testDatabase } from "@/lib/testing/database";
import { noLimit, sampleMessage } from "@/lib/testing/mail-message";
import { freshAddress } from "@/lib/testing/people";

testDatabase();

test("a mail that is sent again is kept once", async () => {
  const message = { ...sampleMessage, id: randomUUID(), to: freshAddress() };
  await mailboxTransport(message, noLimit());
  await mailboxTransport({ ...message, subject: "Another" }, noLimit());
  const listed = await listMailbox({ recipient: message.to, take: 10 });
  expect(listed.map(({ id, subject }) => [id, subject])).toEqual([[message.id, message.subject]]);
  expect(await findMailboxMessage(message.id)).toMatchObject({
    recipient: message.to,
    html: message.html,
    text: message.text,
  });
});

test("the list is of one recipient where asked, newest first, and no longer than asked", async () => {
  const to = freshAddress();
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids) await mailboxTransport({ ...sampleMessage, id, to }, noLimit());
  await mailboxTransport({ ...sampleMessage, id: randomUUID(), to: freshAddress() }, noLimit());
  const listed = await listMailbox({ recipient: to, take: 2 });
  expect(listed).toHaveLength(2);
  for (const { recipient } of listed) expect(recipient).toBe(to);
  const times = listed.map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test("what is no id finds nothing", async () => {
  expect(await findMailboxMessage("../etc")).toBeNull();
  expect(await findMailboxMessage(randomUUID())).toBeNull();
});
