import { furtherSql } from "@/lib/account/change-store";
import {
  type DoorPending,
  findPendingWith,
  type PendingCookie,
} from "@/lib/challenge/pending-store";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { pausedUntilSql } from "@/lib/mail/store";

/** A mail with a code, as far as it has come. */
export type CodeMail = { recipient: string; state: string; attempts: number; createdAt: Date };

/** A pending sign-in or sign-up with what its page says of its mails. */
export type ShownPending = DoorPending & {
  /** The mails with its code, the newest first. */
  mails: CodeMail[];
  /** The account's confirmed further addresses, oldest first. */
  further: string[];
  /** Until when the provider asked to be left alone, past or not; null: it never did. */
  pausedUntil: Date | null;
};

/** Gathers in one statement what the page of a pending sign-in or sign-up shows. */
export async function findShownPending(
  database: Database,
  cookie: PendingCookie,
  now: Date,
): Promise<ShownPending | null> {
  type Row = Omit<ShownPending, keyof DoorPending | "mails"> & {
    // As JSON has them.
    mails: (Omit<CodeMail, "createdAt"> & { createdAt: string })[];
  };
  const found = await findPendingWith<Row>(
    database,
    cookie,
    now,
    Prisma.sql`${furtherSql} AS further, ${pausedUntilSql()} AS "pausedUntil",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('recipient', m.recipient, 'state', m.state,
          'attempts', m.attempts, 'createdAt', m.created_at) ORDER BY m.created_at DESC), '[]')
        FROM mail m WHERE m.challenge_id = c.id) AS mails`,
  );
  if (found === null) return null;
  const mails = found.mails.map((mail) => ({ ...mail, createdAt: new Date(mail.createdAt) }));
  return { ...found, mails };
}
