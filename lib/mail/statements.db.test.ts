import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { onStatement } from "@/lib/db/connections/statement-listeners";
import { inTransaction } from "@/lib/db/transaction";
import { startJobs } from "@/lib/jobs/start-jobs";
import { openClaims } from "@/lib/mail/claims";
import { openSending } from "@/lib/mail/open-sending";
import { enqueueMail } from "@/lib/mail/outbox";
import { mailboxTransport } from "@/lib/mail/transports/mailbox";
import type { Sent, Transport } from "@/lib/mail/transports/transport";
import { testDatabase } from "@/lib/testing/database";
import { notice, storeUnheard } from "@/lib/testing/mails";

const databaseUrl = testDatabase();

const patience = { timeout: 20_000, interval: 20 };
const channel = { name: randomUUID(), perSecond: 1000, atOnce: 100 };

/** A transport that takes mail only when it is let go. */
function held(transport: Transport, onGiven: () => void) {
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let given = 0;
  const waiting: Transport = async (message, signal): Promise<Sent> => {
    given += 1;
    onGiven();
    await gone;
    return transport(message, signal);
  };
  return { transport: waiting, letGo, given: () => given };
}

const allSent = () =>
  vi.waitFor(
    async () => expect(await db.mail.count({ where: { state: "queued" } })).toBe(0),
    patience,
  );

const kindOf = (text: string) =>
  Object.entries({
    written: /^WITH owner AS .*,mails AS \( ?INSERT INTO mail /,
    taken: /^WITH given_back AS /,
    sent: /^WITH settled AS \( ?UPDATE mail SET state = 'sent'/,
    kept: /^INSERT INTO mailbox_message/,
    // The test's own look at the states.
    looked: /^SELECT COUNT/i,
  }).find(([, pattern]) => pattern.test(text))?.[0] ?? text;

/** Notes the kinds of statements that are sent. */
function noting() {
  const kinds: string[] = [];
  const end = onStatement((text) => {
    const kind = kindOf(text.replace(/\s+/g, " ").trim());
    if (kind !== "looked") kinds.push(kind);
  });
  return { kinds, end };
}

test.each([
  ["a provider", { transport: async () => ({ channel: "smtp", providerId: null }), channel }, []],
  ["the mailbox", { transport: mailboxTransport }, ["kept"]],
])("a mail to %s is written, taken and noted as sent, by a statement each", async (_, to, more) => {
  const worker = await startJobs(to);
  await enqueueMail(db, notice());
  await allSent();
  const rounds: string[][] = [];
  // A look of the worker's own, which it takes every five seconds, may fall into one of them.
  for (let round = 0; round < 3; round++) {
    const { kinds, end } = noting();
    await enqueueMail(db, notice());
    await allSent();
    end();
    rounds.push(kinds);
  }
  expect(rounds).toContainEqual(["written", "taken", ...more, "sent"]);
  const jobs = await db.$queryRaw`SELECT key FROM graphile_worker.jobs WHERE key LIKE '%mail%'`;
  expect(jobs).toEqual([]);
  await worker.stop();
});

test("mails that are due together are taken in one statement, and noted as sent in one", async () => {
  for (let n = 0; n < 12; n++) await storeUnheard(notice());
  const { kinds, end } = noting();
  const before: string[][] = [];
  const { transport, letGo, given } = held(
    async () => ({ channel: "smtp", providerId: null }),
    () => before.push([...kinds]),
  );
  const sending = openSending(databaseUrl(), { transport });
  await vi.waitFor(() => expect(given()).toBe(12), patience);
  expect(before[0]).toEqual(["taken"]);
  expect(new Set(kinds)).toEqual(new Set(["taken"]));
  letGo();
  await allSent();
  end();
  expect(kinds.filter((kind) => kind === "sent")).toHaveLength(1);
  await sending.stop();
});

test("whoever sends mail hears of it when it is committed, not before and never otherwise", async () => {
  const onMail = vi.fn();
  const claims = openClaims(databaseUrl(), onMail);
  const other = openClaims(databaseUrl(), onMail);
  const ask = { pace: null, most: 1, spare: 0, isForLongWait: false, except: [] };
  for (const one of [claims, other]) await one.take(ask);
  const rolledBack = inTransaction(async (tx) => {
    await enqueueMail(tx, notice());
    throw new Error("undo");
  });
  await expect(rolledBack).rejects.toThrow("undo");
  await inTransaction(async (tx) => {
    await enqueueMail(tx, notice());
    for (const one of [claims, other]) await one.take(ask);
    expect(onMail).not.toHaveBeenCalled();
  });
  await vi.waitFor(() => expect(onMail).toHaveBeenCalledTimes(2), patience);
  await claims.close();
  await other.close();
});
