import type { Database } from "@/lib/db/transaction";

/** A mail that was handed over, as far as it is compared with a copy. */
export type HandedOver = {
  /** When a transport took it; null: whether it did is not known. */
  sentAt: Date | null;
  createdAt: Date;
  /** null: it was sent before these were kept, or whoever handed it over was killed. */
  fingerprint: Uint8Array | null;
};

/** The mails of a range of ids, as `uuidRangeOf` gives it, that may have reached somebody. */
export function findHandedOver(
  database: Database,
  { first, last }: { first: string; last: string },
) {
  // A sign-up's that notifies nobody is pretended to be sent: nobody has it.
  return database.$queryRaw<HandedOver[]>`
    SELECT sent_at AS "sentAt", created_at AS "createdAt", fingerprint FROM mail
    WHERE id BETWEEN ${first}::uuid AND ${last}::uuid
      AND (fingerprint IS NOT NULL OR ((sent_at IS NOT NULL OR unsure_channels <> '{}')
        AND channel IS DISTINCT FROM 'none'
        AND NOT (kind = 'already-have-account' AND account_id IS NULL AND challenge_id IS NOT NULL)))
    ORDER BY id LIMIT 5`;
}
