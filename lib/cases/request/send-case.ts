import { recordCaseActivity } from "@/lib/cases/case-activity";
import { findDocuments } from "@/lib/cases/documents/document-store";
import { notifyApplicant, notifyOwner } from "@/lib/cases/notify-of-case";
import { isLongTrusted } from "@/lib/cases/request/draft-store";
import { proofOf, sendingFacts } from "@/lib/cases/request/sending-facts";
import { findSendCount, sendingSubject } from "@/lib/cases/request/sending-store";
import { judgeSendCount, type SendCountVerdict } from "@/lib/cases/rules/judge-send-count";
import { judgeSending, type Missing } from "@/lib/cases/rules/judge-sending";
import { LONG_TRUSTED_DAYS } from "@/lib/cases/rules/limits";
import { readLost } from "@/lib/cases/rules/lost";
import { caseSubject, changeCase, type FoundCase, findCase } from "@/lib/cases/store";
import type { Client } from "@/lib/client/client";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { afterDays } from "@/lib/moments";
import { linkTokenOf } from "@/lib/secrets/link-token";

/** What becomes of a draft that is sent. The same for an address that has an account and one that has not. */
export type SendOutcome =
  | {
      kind: "sent";
      token: string;
      /** Null: of a lost second factor, whose mails go to the addresses of the account. */
      newEmail: string | null;
    }
  /** Two presses of the same button: the first one sent it. */
  | { kind: "sent-already"; token: string }
  | { kind: "missing"; what: Missing[] }
  /** Too many for this account were sent before; the draft stays. */
  | Exclude<SendCountVerdict, { kind: "room" }>
  | { kind: "lapsed" }
  /** There is no such draft, or none any more. */
  | { kind: "no-draft" };

/**
 * Sends a draft to staff, once. Every address the account has is notified at once and can object.
 *
 * @param id as this browser's cookie says it
 */
export async function sendCase(id: string | null, client: Client): Promise<SendOutcome> {
  const first = id === null ? null : await findCase(database, id);
  if (first === null) return { kind: "no-draft" };
  const outcome = await inTransaction(async (tx): Promise<SendOutcome> => {
    await lockSubject(tx, sendingSubject(first));
    await lockSubject(tx, caseSubject(first.id));
    const found = await findCase(tx, first.id);
    return found === null ? { kind: "no-draft" } : judgeAndSend(tx, found, client, readClock());
  });
  const { id: caseId, accountId } = first;
  log.info({ caseId, accountId, outcome: outcome.kind }, "case: request sent");
  return outcome;
}

async function judgeAndSend(
  tx: Database,
  found: FoundCase,
  client: Client,
  now: Date,
): Promise<SendOutcome> {
  const documents = await findDocuments(tx, found.id);
  const verdict = judgeSending(sendingFacts(found, documents.length, now));
  const token = linkTokenOf("case", found);
  if (token === null) return { kind: "no-draft" };
  switch (verdict.kind) {
    case "send": {
      const { accountId, accountEmail } = found;
      const proof = proofOf(found);
      const count = await findSendCount(tx, { accountId, accountEmail, proof }, now);
      const room = judgeSendCount({ now, proof, ...count });
      if (room.kind !== "room") return room;
      return { kind: "sent", token, newEmail: await send(tx, found, client, now) };
    }
    case "sent-already":
      return { kind: "sent-already", token };
    default:
      return verdict;
  }
}

/** @returns the address that was asked for; null: none was */
async function send(
  tx: Database,
  found: FoundCase,
  client: Client,
  now: Date,
): Promise<string | null> {
  const { accountId } = found;
  const { ip, countryCode, userAgent } = client;
  const proof = proofOf(found);
  const fromLongTrusted =
    accountId !== null &&
    proof !== "nothing" &&
    (await isLongTrusted(tx, {
      accountId,
      network: client.network,
      since: afterDays(now, -LONG_TRUSTED_DAYS),
    }));
  const came = { ip, countryCode, userAgent, proof, fromLongTrusted };
  const sent = await changeCase(tx, found, { ...came, state: "open", sentAt: now });
  if (sent.newEmail === null && readLost(sent.lost) === "mailbox") {
    throw new Error("A case of a lost mailbox was sent without an address.");
  }
  await recordCaseActivity(tx, sent, { kind: "case-sent", client, now });
  await notifyOwner(tx, "case-opened", sent, sent.account, { now });
  await notifyApplicant(tx, "case-received", sent, { now });
  return sent.newEmail;
}
