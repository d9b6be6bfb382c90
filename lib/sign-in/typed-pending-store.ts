import { type Audience, furtherSql, trustedBeforeSql } from "@/lib/account/change-store";
import { gatheredKindsSql } from "@/lib/account/notice-window-store";
import {
  type DoorPending,
  findPendingWith,
  type PendingCookie,
} from "@/lib/challenge/pending-store";
import type { Client } from "@/lib/client/client";
import type { Database } from "@/lib/db/transaction";
import { Prisma } from "@/lib/generated/prisma/client";

/** A pending sign-in or sign-up with all that a code typed for it is judged by, and what follows needs. */
export type TypedPending = DoorPending &
  Audience & {
    /** The kinds of notices of which the account gets no further mail of its own in this hour. */
    gatheredKinds: string[];
    /** When the first mail with the code had left; null: none has, or that is not known yet. */
    codeSentAt: Date | null;
  };

/** Gathers in one statement what a typed code is judged by; the filter is where it was typed. */
export const findTypedPending =
  ({ ip }: Pick<Client, "ip">) =>
  (database: Database, cookie: PendingCookie, now: Date): Promise<TypedPending | null> =>
    findPendingWith(
      database,
      cookie,
      now,
      Prisma.sql`${furtherSql} AS further, ${trustedBeforeSql(ip, now)} AS "trustedBefore",
        ${gatheredKindsSql(now)} AS "gatheredKinds",
        (SELECT min(m.sent_at) FROM mail m WHERE m.challenge_id = c.id) AS "codeSentAt"`,
    );

/** Seconds from when the code had left, or was made where that is not known yet. */
export const codeSecondsOf = ({ codeSentAt, createdAt }: TypedPending, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - (codeSentAt ?? createdAt).getTime()) / 1000));
