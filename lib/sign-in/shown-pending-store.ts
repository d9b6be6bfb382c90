import { furtherSql } from "@/lib/account/change-store";
import {
  type DoorPending,
  findPendingWith,
  type PendingCookie,
} from "@/lib/challenge/pending-store";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";
import { type JsonMail, mailOnItsWayOf, mailOnItsWaySql } from "@/lib/mail/fate/way-store";
import type { MailOnItsWay } from "@/lib/mail/rules/mail-state";
import { pausedUntilSql } from "@/lib/mail/store";

/** A mail with a code, as far as it has come. */
export type CodeMail = MailOnItsWay & { recipient: string };

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
    mails: (JsonMail & { recipient: string })[];
  };
  const found = await findPendingWith<Row>(
    database,
    cookie,
    now,
    Prisma.sql`${furtherSql} AS further, ${pausedUntilSql()} AS "pausedUntil",
      (SELECT coalesce(jsonb_agg(${mailOnItsWaySql} || jsonb_build_object('recipient', m.recipient)
          ORDER BY m.created_at DESC), '[]')
        FROM mail m WHERE m.challenge_id = c.id) AS mails`,
  );
  if (found === null) return null;
  const mails = found.mails.map(({ recipient, ...mail }) => ({
    ...mailOnItsWayOf(mail),
    recipient,
  }));
  return { ...found, mails };
}
