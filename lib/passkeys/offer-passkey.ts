import type { LiveSession } from "@/lib/account/session-store";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { afterDays } from "@/lib/moments";
import { claimOffer } from "@/lib/passkeys/offer-store";
import { relyingParty } from "@/lib/passkeys/relying-party";
import { OFFER_DAYS } from "@/lib/passkeys/rules/limits";
import { mayOffer } from "@/lib/passkeys/rules/may-offer";

type Offered = Pick<LiveSession, "because" | "createdAt"> & {
  account: { id: string; passkeyOfferedAt: Date | null };
};

/** Whether the page of a session may have its browser offer a passkey by itself. Changes nothing. */
export function isOfferDue({ because, createdAt, account }: Offered): boolean {
  const now = readClock();
  const before = afterDays(now, -OFFER_DAYS);
  const { passkeyOfferedAt: last } = account;
  const isRested = last === null || last <= before;
  return relyingParty() !== null && isRested && mayOffer({ because, createdAt, now });
}

/** Takes the offer of a session: once in thirty days of an account. False where it is not due. */
export async function offerPasskey(
  session: Pick<LiveSession, "accountId" | "because" | "createdAt">,
): Promise<boolean> {
  const now = readClock();
  const { accountId, because, createdAt } = session;
  return mayOffer({ because, createdAt, now }) && claimOffer(database, accountId, now);
}
