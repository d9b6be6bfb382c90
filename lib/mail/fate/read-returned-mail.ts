import type { ImapFlow } from "imapflow";
import { isDatabaseDown } from "@/lib/db/database-down";
import type { ImapMailbox } from "@/lib/env/connection-url";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { inboxFault, inInbox } from "@/lib/mail/fate/open-inbox";
import { RETURN_BYTES } from "@/lib/mail/fate/read-return";
import type { ReturnOutcome } from "@/lib/mail/fate/return-outcome";
import { claimReading, markRead, noteUnread, releaseReading } from "@/lib/mail/fate/return-store";
import { takeReturn } from "@/lib/mail/fate/take-return";

/** So long one reading takes at most; what is left comes with the next, a minute later. */
const READING_MS = 50_000;
const MAILS_A_READING = 500;

/** How often a mail may end the connection before it is passed over. */
const MOST_BREAKS = 2;
const MOST_REMEMBERED = 1_000;

// By the mailbox's own name for it; a process that starts anew tries such a mail again.
const broken = new Map<string, number>();

function noteBroken(mail: string, times: number): void {
  broken.set(mail, times);
  const [oldest] = broken.keys();
  if (broken.size > MOST_REMEMBERED && oldest !== undefined) broken.delete(oldest);
}

type Tally = Partial<Record<ReturnOutcome | "broken", number>>;

// A report of ours is of no more use to anybody; of whatever else is there people judge.
async function putAway(client: ImapFlow, uid: number, outcome: ReturnOutcome | "broken") {
  const isOurs = outcome === "taken" || outcome === "seen";
  // Without UIDPLUS (RFC 4315) deleting one deletes all that anybody has marked so.
  if (isOurs && client.capabilities.has("UIDPLUS")) {
    await client.messageDelete(String(uid), { uid: true });
  } else {
    const flags = isOurs ? ["\\Seen", "\\Deleted"] : ["\\Seen"];
    await client.messageFlagsAdd(String(uid), flags, { uid: true });
  }
}

/** The database is away, not the mailbox, whose connection may fail in the same words. */
class DatabaseAway extends Error {
  override name = "DatabaseAway";
}

async function take(source: Uint8Array): Promise<ReturnOutcome> {
  try {
    return await takeReturn(source);
  } catch (error) {
    throw isDatabaseDown(error)
      ? new DatabaseAway("The database is away.", { cause: error })
      : error;
  }
}

/** Reads and takes one mail; null: somebody else has taken it away. */
async function takeOne(client: ImapFlow, { uid, name }: { uid: number; name: string }) {
  try {
    const source = { start: 0, maxLength: RETURN_BYTES };
    const mail = await client.fetchOne(String(uid), { source }, { uid: true });
    return mail === false || mail.source === undefined ? null : await take(mail.source);
  } catch (error) {
    if (error instanceof DatabaseAway) throw error;
    const times = client.usable ? MOST_BREAKS : (broken.get(name) ?? 0) + 1;
    noteBroken(name, times);
    if (times >= MOST_BREAKS) {
      log.warn({ error, uid }, "A returned mail cannot be read and is passed over.");
    }
    if (!client.usable) throw error;
    return "broken";
  }
}

async function readAll(client: ImapFlow, tally: Tally): Promise<void> {
  const found = (await client.search({ seen: false, deleted: false }, { uid: true })) || [];
  const validity = client.mailbox === false ? "" : String(client.mailbox.uidValidity);
  const mails = found
    .map((uid) => ({ uid, name: `${validity}:${uid}` }))
    .filter(({ name }) => (broken.get(name) ?? 0) < MOST_BREAKS)
    // What broke the connection before comes last, so that it keeps no other from being read.
    .toSorted((a, b) => (broken.get(a.name) ?? 0) - (broken.get(b.name) ?? 0) || a.uid - b.uid);
  for (const mail of mails.slice(0, MAILS_A_READING)) {
    const outcome = await takeOne(client, mail);
    if (outcome === null) continue;
    tally[outcome] = (tally[outcome] ?? 0) + 1;
    await putAway(client, mail.uid, outcome);
  }
}

async function readInbox(inbox: ImapMailbox, signal: AbortSignal): Promise<void> {
  const tally: Tally = {};
  try {
    await inInbox(inbox, signal, (client) => readAll(client, tally));
  } finally {
    if (Object.keys(tally).length > 0) log.info({ outcomes: tally }, "Returned mail was read.");
  }
}

/**
 * Reads the mailbox that undeliverable mail comes back to, where SMTP_BOUNCES names one, unless another process
 * does. What stands in the way is noted where health and log find it.
 *
 * @param stopping ends it early; what is left is read another time
 * @param options `milliseconds`: how long it may take
 * @throws when the database is away
 */
export async function readReturnedMail(
  stopping?: AbortSignal,
  { milliseconds = READING_MS } = {},
): Promise<void> {
  const { address, inbox = null } = env().smtpBounces ?? {};
  if (address === undefined || inbox === null || !(await claimReading(address))) return;
  const late = AbortSignal.timeout(milliseconds);
  const signal = stopping === undefined ? late : AbortSignal.any([late, stopping]);
  try {
    await readInbox(inbox, signal);
    await markRead(address);
  } catch (error) {
    if (error instanceof DatabaseAway) {
      await releaseReading(address).catch(() => undefined);
      throw error.cause;
    }
    if (stopping?.aborted === true) return releaseReading(address);
    log.debug({ error }, "The mailbox of returned mail could not be read.");
    await noteUnread(address, late.aborted ? "it is too slow" : inboxFault(error));
  }
}
