import { changeDraft, type NoDraft } from "@/lib/cases/request/change-draft";
import { findNewAddressCodes, heldBy, storeNewEmail } from "@/lib/cases/request/draft-store";
import { countedBy } from "@/lib/cases/request/new-address";
import { judgeNewAddress } from "@/lib/cases/rules/judge-new-address";
import { NEW_ADDRESS_CODES_PER_NETWORK_PER_HOUR } from "@/lib/cases/rules/limits";
import { readLost } from "@/lib/cases/rules/lost";
import type { FoundCase } from "@/lib/cases/store";
import { endHeld } from "@/lib/challenge/challenge-store";
import { findBlock } from "@/lib/challenge/judge-pending";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { lockOf } from "@/lib/challenge/subject";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { countKeys } from "@/lib/db/subjects";
import { type Database, database } from "@/lib/db/transaction";
import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { countRequest, doCounted, giveBack } from "@/lib/rate-limit/rate-window";
import { type EmailError, typedEmail } from "@/lib/typed/email-address";

/** What becomes of a new address. One that has an account of its own reads like any other. */
export type AskAddressOutcome =
  | { kind: "code-sent"; email: string }
  | { kind: "confirmed-already"; email: string }
  | { kind: "invalid"; error: EmailError | "emailSame" }
  | { kind: "blocked"; until: Date; reference: string }
  | { kind: "too-often"; until: Date }
  | NoDraft;

type Asking = { client: Client; browserId: string };

/** Mails a code to the address a draft asks for; another address before it is forgotten. */
export async function askNewAddress(
  id: string | null,
  typed: string,
  asking: Asking,
): Promise<AskAddressOutcome> {
  const read = typedEmail(typed);
  if ("error" in read) return { kind: "invalid", error: read.error };
  const { email } = read;
  const hourly = countKeys.newAddressCodesFrom(networkKeyOf(asking.client));
  const { key } = hourly;
  const limits = [{ ...hourly, limit: NEW_ADDRESS_CODES_PER_NETWORK_PER_HOUR }];
  const admission = await countRequest(database, limits, readClock());
  const ask = () =>
    changeDraft(id, async (tx, draft, now): Promise<AskAddressOutcome> => {
      // Its page asks for none, and an address would keep the owner from being notified there.
      if (readLost(draft.lost) === "second-factor") return { kind: "no-draft" };
      const counted = countedBy(email);
      await lockSubject(tx, lockOf(counted));
      const block = await findBlock(tx, counted, networkKeyOf(asking.client), now);
      const verdict = judgeNewAddress({
        now,
        email,
        present: presentAddresses(draft),
        confirmed: draft.newEmailConfirmedAt === null ? null : draft.newEmail,
        block,
        ...(await findNewAddressCodes(tx, { email, caseId: draft.id }, now)),
        accountCodesPerHour: env().accountCodesPerHour,
      });
      switch (verdict.kind) {
        case "same":
          return { kind: "invalid", error: "emailSame" };
        case "confirmed-already":
          return { kind: "confirmed-already", email };
        case "send-code":
          if (admission.kind === "refused") return { kind: "too-often", until: admission.until };
          await sendCode(tx, draft, email, asking, now);
          return { kind: "code-sent", email };
        default:
          return verdict;
      }
    });
  const keys = admission.kind === "admitted" ? [key] : [];
  const outcome = await doCounted(database, keys, ask);
  // Only a code that is mailed counts.
  const isCounted = outcome.kind === "code-sent" || admission.kind === "refused";
  if (!isCounted) await giveBack(database, [key]);
  log.info({ caseId: id, outcome: outcome.kind }, "case: code for a new address");
  return outcome;
}

/** Who has proven nothing does not learn what the account's address has become since. */
function presentAddresses({ accountEmail, account, proof }: FoundCase): string[] {
  return proof === "nothing" || account === null ? [accountEmail] : [accountEmail, account.email];
}

/** It is held by the draft: nobody is given the secret of a cookie. */
async function sendCode(
  tx: Database,
  draft: FoundCase,
  email: string,
  asking: Asking,
  now: Date,
): Promise<void> {
  const { id: caseId, locale } = draft;
  await endHeld(tx, heldBy(caseId), "superseded", now);
  await storeNewEmail(tx, caseId, email);
  await openChallenge(tx, { ...asking, purpose: "new-address", email, locale, caseId }, now);
}
