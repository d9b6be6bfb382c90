import { setTimeout as pause } from "node:timers/promises";
import type { ImapFlow } from "imapflow";
import PostalMime from "postal-mime";
import { LOOK_SECONDS, MAIL_MINUTES } from "@/lib/canary/rules/limits";
import { codeInMail } from "@/lib/canary/rules/mailed-code";
import type { ImapMailbox } from "@/lib/env/connection-url";
import { env } from "@/lib/env/env";
import { firstLines, hasEndlessHeader } from "@/lib/mail/bounded-source";
import { inInbox } from "@/lib/mail/fate/open-inbox";
import { parseSender } from "@/lib/mail/sender";

// A mail of ours has a few ten thousand characters; whatever else lies there is not read whole.
const MAIL_BYTES = 256 * 1024;
const MAILS_A_LOOK = 50;

/** The mails in an open mailbox that we sent to the canary, the newest first. */
async function findOurs(client: ImapFlow, to: string): Promise<number[]> {
  const { address: from } = parseSender(env().emailFrom);
  const found = (await client.search({ from, to, deleted: false }, { uid: true })) || [];
  return found.toSorted((a, b) => b - a);
}

async function readCode(client: ImapFlow, uid: number, ip: string): Promise<string | null> {
  const source = { start: 0, maxLength: MAIL_BYTES };
  const mail = await client.fetchOne(String(uid), { source }, { uid: true });
  if (mail === false || mail.source === undefined) return null;
  const read = firstLines(mail.source);
  if (hasEndlessHeader(Buffer.from(read).toString("latin1"))) return null;
  const { text = "" } = await PostalMime.parse(read);
  return codeInMail(text, ip);
}

/**
 * Waits for the mail with the code of the canary's sign-in from an address. Mails with other codes, late ones
 * of sign-ins before among them, are passed over.
 *
 * @returns null: it did not come in time
 * @throws when the mailbox cannot be read, see `inboxFault`
 */
export async function waitForCode(
  inbox: ImapMailbox,
  sought: { to: string; ip: string; signal: AbortSignal },
): Promise<string | null> {
  const { to, ip, signal } = sought;
  // A code that is over would be no right one, and would say that signing in is broken.
  const minutes = Math.min(MAIL_MINUTES, env().codeLifetimeMinutes);
  const until = performance.now() + minutes * 60_000;
  while (performance.now() < until) {
    // Each look opens it anew: a mailbox that is away for a moment keeps nobody out.
    const code = await inInbox(inbox, signal, async (client) => {
      for (const uid of (await findOurs(client, to)).slice(0, MAILS_A_LOOK)) {
        const found = await readCode(client, uid, ip);
        if (found !== null) return found;
      }
      return null;
    });
    if (code !== null) return code;
    await pause(LOOK_SECONDS * 1000, undefined, { signal });
  }
  return null;
}

/** Deletes what we sent to the canary, and nothing else that lies in its mailbox. */
export async function emptyInbox(
  inbox: ImapMailbox,
  { to, signal }: { to: string; signal: AbortSignal },
): Promise<void> {
  await inInbox(inbox, signal, async (client) => {
    const ours = await findOurs(client, to);
    if (ours.length === 0) return;
    const uids = ours.join(",");
    // Without UIDPLUS (RFC 4315) deleting one deletes all that anybody has marked so.
    if (client.capabilities.has("UIDPLUS")) await client.messageDelete(uids, { uid: true });
    else await client.messageFlagsAdd(uids, ["\\Seen", "\\Deleted"], { uid: true });
  });
}
