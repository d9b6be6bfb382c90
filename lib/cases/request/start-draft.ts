import { findAccountId, storeDraft } from "@/lib/cases/request/draft-store";
import type { Applicant } from "@/lib/cases/request/find-applicant";
import { DRAFTS_PER_ADDRESS_PER_HOUR, DRAFTS_PER_NETWORK_PER_HOUR } from "@/lib/cases/rules/limits";
import type { Lost } from "@/lib/cases/rules/lost";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { DRAFT_HOURS } from "@/lib/cookies/limits";
import { countKeys } from "@/lib/db/subjects";
import { database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { afterHours } from "@/lib/moments";
import { countRequest, doCounted, type RateLimit } from "@/lib/rate-limit/rate-window";
import { newLinkKey } from "@/lib/secrets/link-token";
import { newReference } from "@/lib/secrets/reference";
import { type EmailError, typedEmail } from "@/lib/typed/email-address";

/**
 * What becomes of the request for a draft. The same for an address that has an account and one that
 * has not.
 */
export type StartOutcome =
  | { kind: "started"; id: string; expiresAt: Date }
  | { kind: "invalid"; error: EmailError }
  /** Too many drafts from this network, or by who knows the password of this account. */
  | { kind: "too-many"; until: Date };

function limitsFor(applicant: Applicant, email: string, client: Client): RateLimit[] {
  const network = networkKeyOf(client);
  // Whoever only knows the address must not use up the drafts of its owner, neither with nor without
  // the password: each network has its own.
  const by = applicant.proof === "nothing" ? { network } : "proven";
  return [
    { ...countKeys.draftsFrom(network), limit: DRAFTS_PER_NETWORK_PER_HOUR },
    { ...countKeys.draftsFor(email, by), limit: DRAFTS_PER_ADDRESS_PER_HOUR },
  ];
}

/**
 * Begins a draft of a request for another contact e-mail, or for an account without its second factor.
 *
 * @param typed the account's address, which whoever has proven nothing names themselves
 * @param browserId the id in the browser's own cookie
 * @param lost what is said to be lost
 */
export async function startDraft(
  applicant: Applicant,
  typed: string,
  client: Client,
  locale: string,
  browserId: string | null = null,
  lost: Lost = "mailbox",
): Promise<StartOutcome> {
  const read = applicant.proof === "nothing" ? typedEmail(typed) : { email: applicant.email };
  if ("error" in read) return { kind: "invalid", error: read.error };
  const { email: accountEmail } = read;
  const now = readClock();
  const limits = limitsFor(applicant, accountEmail, client);
  const admission = await countRequest(database, limits, now);
  const { proof } = applicant;
  log.info({ network: networkKeyOf(client), proof, lost, outcome: admission.kind }, "case: draft");
  if (admission.kind === "refused") return { kind: "too-many", until: admission.until };
  const key = newLinkKey("case");
  const expiresAt = afterHours(now, DRAFT_HOURS);
  const keys = limits.map((one) => one.key);
  await doCounted(database, keys, async () =>
    storeDraft(database, {
      ...key,
      reference: newReference(),
      accountId:
        applicant.proof === "nothing"
          ? await findAccountId(database, accountEmail)
          : applicant.accountId,
      accountEmail,
      proof,
      lost,
      client,
      browserId,
      locale,
      createdAt: now,
      expiresAt,
    }),
  );
  return { kind: "started", id: key.id, expiresAt };
}
