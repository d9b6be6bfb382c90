import type { LiveSession } from "@/lib/account/session-store";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { claimOffer } from "@/lib/passkeys/offer-store";
import { relyingParty } from "@/lib/passkeys/relying-party";
import { mayOffer } from "@/lib/passkeys/rules/may-offer";

type Offered = Pick<LiveSession, "accountId" | "because" | "createdAt">;

/** Whether a session's browser may be asked to offer a passkey by itself, once in thirty days. */
export const mayBeOffered = ({ because, createdAt }: Offered): boolean =>
  relyingParty() !== null && mayOffer({ because, createdAt, now: readClock() });

/** Takes the offer of a session's account; false where it is not due. */
export async function takeOffer(session: Offered): Promise<boolean> {
  return mayBeOffered(session) && claimOffer(database, session.accountId, readClock());
}
