import { furtherSql } from "@/lib/account/change-store";
import {
  type CodeMails,
  codeMailsOf,
  codeMailsSql,
  type FoundCodeMails,
} from "@/lib/challenge/code-mail-store";
import {
  type DoorPending,
  findPendingWith,
  type PendingCookie,
} from "@/lib/challenge/pending-store";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** A pending sign-in or sign-up with what its page says of its mails. */
export type ShownPending = DoorPending &
  CodeMails & {
    /** The account's confirmed further addresses, oldest first. */
    further: string[];
  };

/** Gathers in one statement what the page of a pending sign-in or sign-up shows. */
export async function findShownPending(
  database: Database,
  cookie: PendingCookie,
  now: Date,
): Promise<ShownPending | null> {
  const found = await findPendingWith<FoundCodeMails & { further: string[] }>(
    database,
    cookie,
    now,
    Prisma.sql`${furtherSql} AS further, ${codeMailsSql()}`,
  );
  return found === null ? null : { ...found, ...codeMailsOf(found) };
}
