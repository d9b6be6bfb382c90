import { storeActivity } from "@/lib/account/change-store";
import { aboutCase } from "@/lib/cases/about-case";
import type { FoundCase } from "@/lib/cases/store";
import { type Client, makeClient } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import type { About } from "@/lib/mail/facts";

/** From where a case was sent. */
export const senderOf = ({ ip, countryCode, userAgent }: FoundCase): Client =>
  makeClient({ ip, network: null, countryCode, userAgent });

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
    kind: "case-approved" | "case-ended" | "email-recovered";
    about?: About;
    client?: Client;
    now: Date;
  },
): Promise<void> {
  const { accountId } = found;
  if (accountId === null) return;
  const { kind, about = aboutCase(found), client = senderOf(found), now } = what;
  await storeActivity(tx, { accountId, kind, about, client, now });
}
