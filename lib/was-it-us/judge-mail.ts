import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { isCopyOf } from "@/lib/mail/fingerprint";
import { readMailReference, uuidRangeOf } from "@/lib/mail/mail-reference";
import { countRequest, doCounted } from "@/lib/rate-limit/rate-window";
import { readSource } from "@/lib/was-it-us/read-source";
import { MAILS_ASKED_PER_NETWORK_PER_HOUR, SOURCE_MAX_BYTES } from "@/lib/was-it-us/rules/limits";
import { findHandedOver, type HandedOver } from "@/lib/was-it-us/sent-mail-store";

/** What is known of the mail that somebody asks about. */
export type MailVerdict =
  /** Its source is what we sent, in all it says and where all its links lead. */
  | { kind: "ours"; at: Date; isForwarded: boolean }
  /** We sent one with its reference, and this is another, or was changed on its way. */
  | { kind: "changed"; at: Date }
  /** There is one with its reference that left, or may have, and nothing is kept to compare them. */
  | { kind: "not-comparable"; at: Date }
  /** It names no reference of a mail that we know, or has what no mail of ours has. */
  | { kind: "not-ours" }
  /** What was pasted is not the source of a mail. */
  | { kind: "no-source" }
  /** Of a reference alone. */
  | { kind: "known"; at: Date }
  | { kind: "unknown" };

/** Why a field is not taken; each is a message's key. */
export type AskedErrors = {
  reference?: "mailReferenceMissing" | "mailReferenceMalformed";
  source?: "sourceTooLong";
};

/** What becomes of the question whether a mail is ours. */
export type AskedOutcome =
  | { kind: "judged"; verdict: MailVerdict }
  | { kind: "invalid"; errors: AskedErrors }
  | { kind: "too-many"; until: Date };

function errorsOf(typed: { reference: string; source: string }): AskedErrors | null {
  if (Buffer.byteLength(typed.source) > SOURCE_MAX_BYTES) return { source: "sourceTooLong" };
  if (typed.source.trim() !== "") return null;
  if (typed.reference.trim() === "") return { reference: "mailReferenceMissing" };
  return readMailReference(typed.reference) === null
    ? { reference: "mailReferenceMalformed" }
    : null;
}

async function findAll(references: string[]): Promise<HandedOver[]> {
  const found: HandedOver[] = [];
  for (const reference of references) {
    const range = uuidRangeOf(reference);
    if (range !== null) found.push(...(await findHandedOver(database, range)));
  }
  return found;
}

const momentOf = ({ sentAt, createdAt }: HandedOver) => sentAt ?? createdAt;

async function judgeReference(reference: string): Promise<MailVerdict> {
  const [sent] = (await findAll([reference])).flatMap(({ sentAt }) => sentAt ?? []);
  return sent === undefined ? { kind: "unknown" } : { kind: "known", at: sent };
}

async function judgeSource(source: string): Promise<MailVerdict> {
  const read = await readSource(source);
  if (read.kind === "none") return { kind: "no-source" };
  if (read.kind === "other") return { kind: "not-ours" };
  const mails = await findAll(read.references);
  const same = mails.find(
    ({ fingerprint }) => fingerprint !== null && isCopyOf(fingerprint, read.copy),
  );
  if (same !== undefined)
    return { kind: "ours", at: momentOf(same), isForwarded: read.isForwarded };
  const changed = mails.find(({ fingerprint }) => fingerprint !== null);
  if (changed !== undefined) return { kind: "changed", at: momentOf(changed) };
  const [earlier] = mails;
  return earlier === undefined
    ? { kind: "not-ours" }
    : { kind: "not-comparable", at: momentOf(earlier) };
}

/**
 * Says whether we sent a mail: by its source where that was pasted, otherwise by its reference. Nothing is
 * said of whose it is, and what was pasted is neither kept nor logged.
 */
export async function judgeMail(
  typed: { reference: string; source: string },
  client: Client,
): Promise<AskedOutcome> {
  const errors = errorsOf(typed);
  if (errors !== null) return { kind: "invalid", errors };
  const network = networkKeyOf(client);
  const limit = {
    ...countKeys.mailsAskedFrom(network),
    limit: MAILS_ASKED_PER_NETWORK_PER_HOUR,
  };
  const admission = await countRequest(database, [limit], readClock());
  if (admission.kind === "refused") return { kind: "too-many", until: admission.until };
  const verdict = await doCounted(database, [limit.key], () =>
    typed.source.trim() === ""
      ? judgeReference(readMailReference(typed.reference) ?? "")
      : judgeSource(typed.source),
  );
  log.info({ network, verdict: verdict.kind }, "was it us: asked about a mail");
  return { kind: "judged", verdict };
}
