import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { resetEnvironment } from "@/lib/env/env";
import { readReturnedMail } from "@/lib/mail/fate/read-returned-mail";
import { enqueueMail } from "@/lib/mail/outbox";
import { markSent } from "@/lib/mail/store";
import { testDatabase } from "@/lib/testing/database";
import { startImap, type TestImap } from "@/lib/testing/imap-server";
import { expectLogged } from "@/lib/testing/logged";
import { notice } from "@/lib/testing/mails";
import { namedCertificate } from "@/lib/testing/named-certificate";
import { returnedMail, returnsTo } from "@/lib/testing/returned-mail";

testDatabase();

let server: TestImap;
beforeEach(async () => {
  server = await startImap(namedCertificate);
  await db.returnReading.deleteMany();
  const user = encodeURIComponent(returnsTo);
  process.env.SMTP_BOUNCES = `imaps://${user}:x@127.0.0.1:${server.port}/INBOX?tls.rejectUnauthorized=false`;
  resetEnvironment();
});
afterEach(async () => {
  await server.stop();
  delete process.env.SMTP_BOUNCES;
  resetEnvironment();
});

const failureOf = async () => (await db.returnReading.findFirst())?.failure ?? null;

/** A mail that left and whose report lies in the mailbox; whether that was taken. */
async function returned(): Promise<() => Promise<boolean>> {
  const recipient = `${crypto.randomUUID()}@there.example`;
  const id = await enqueueMail(db, notice({ recipient }));
  await markSent({ id, channel: "smtp", providerId: null, sentAt: new Date() });
  server.put(returnedMail({ mailId: id, recipient }));
  return async () => (await db.mailChange.count({ where: { mailId: id, state: "refused" } })) === 1;
}

test("a mail that breaks the connection comes last in the next reading, and those behind it are read", async () => {
  const before = await returned();
  server.put("breaks");
  const behind = [await returned(), await returned()];
  await readReturnedMail();
  expect([await before(), await behind[0]?.()]).toEqual([true, false]);
  expect(await failureOf()).toMatch(/^it cannot be reached/);
  expectLogged(/A returned mail cannot be read and is passed over/);
  await readReturnedMail();
  for (const isTaken of behind) expect(await isTaken()).toBe(true);
});

test("however many do, each of them costs two readings at most, and then all goes on without them", async () => {
  expectLogged(/A returned mail cannot be read and is passed over/);
  for (let count = 0; count < 3; count += 1) server.put("breaks");
  const behind = await returned();
  for (let reading = 0; reading < 6; reading += 1) await readReturnedMail();
  expect(await behind()).toBe(true);
  await readReturnedMail();
  expect(await failureOf()).toBeNull();
});
