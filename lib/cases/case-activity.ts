import type { ActivityKind } from "@/lib/account/activity-kinds";
import { storeActivity } from "@/lib/account/change-store";
import { aboutCase } from "@/lib/cases/about-case";
import { readLost } from "@/lib/cases/rules/lost";
import type { FoundCase } from "@/lib/cases/store";
import { type Client, makeClient } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";

/** From where a case was sent. */
export const senderOf = ({ ip, countryCode, userAgent }: FoundCase): Client =>
  makeClient({ ip, network: null, countryCode, userAgent });

// A case of a lost second factor asks for no address, and its lines say so.
const ofFactors = {
  "case-sent": "factors-case-sent",
  "case-objected": "factors-case-objected",
  "case-approved": "factors-case-approved",
  "case-ended": "factors-case-ended",
} as const satisfies Partial<Record<ActivityKind, ActivityKind>>;

/** What can be written of a case. */
type CaseActivity = keyof typeof ofFactors;

/**
 * Writes what became of a case among the activities of its account, in the caller's transaction; as the
 * mails do, it says where the request came from, whoever decided. Nothing where there is no
 * account.
 *
 * @param what.about left out: the address that is asked for, masked
 * @param what.client left out: the request's
 */
export async function recordCaseActivity(
  tx: Database,
  found: FoundCase,
  what: {
    kind: CaseActivity | "email-recovered";
    about?: About;
    client?: Client;
    now: Date;
  },
): Promise<void> {
  const { accountId } = found;
  if (accountId === null) return;
  const { about = aboutCase(found), client = senderOf(found), now } = what;
  const isOfFactors = readLost(found.lost) === "second-factor" && what.kind !== "email-recovered";
  const kind = isOfFactors ? ofFactors[what.kind as CaseActivity] : what.kind;
  await storeActivity(tx, { accountId, kind, about, client, now });
}
