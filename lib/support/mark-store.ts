import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** An address of a customer that nothing is sent to. */
export type FoundMark = {
  /** "contact", or the id of a further address: what a form names it by. */
  which: string;
  email: string;
  because: string;
  /** The enhanced status code and the server's words, where it said any. */
  status: string | null;
  words: string | null;
  markedAt: Date;
  /** When a code was last tried there nevertheless. */
  triedAt: Date | null;
};

const addressesSql = (accountId: string) => Prisma.sql`
  (SELECT 'contact' AS which, email, '-infinity'::timestamptz AS since FROM account
    WHERE id = ${accountId}::uuid
  UNION ALL SELECT id::text, email, created_at FROM further_address
    WHERE account_id = ${accountId}::uuid AND confirmed_at IS NOT NULL) AS own`;

/** The addresses of an account that nothing is sent to, the contact e-mail first. */
export function findMarks(database: Database, accountId: string): Promise<FoundMark[]> {
  return database.$queryRaw<FoundMark[]>`
    SELECT own.which, own.email, k.because, k.status, k.words, k.marked_at AS "markedAt",
      greatest(k.tried_at, k.owner_tried_at) AS "triedAt"
    FROM ${addressesSql(accountId)}
    JOIN marked_address k ON k.address = lower(own.email) AND k.lifted_at IS NULL
    ORDER BY own.since`;
}

/**
 * Lifts the mark of an address, unless it was marked after that moment.
 *
 * @returns whether it was lifted
 */
export async function liftMarkOf(tx: Database, email: string, now: Date): Promise<boolean> {
  const lifted = await tx.$executeRaw`
    UPDATE marked_address SET lifted_at = ${now}
    WHERE address = lower(${email}) AND lifted_at IS NULL AND marked_at <= ${now}`;
  return lifted === 1;
}
