import type { RawStatements } from "@/lib/db/connections/raw-statements";
import { Prisma } from "@/lib/generated/prisma/client";
import { kindsWith } from "@/lib/mail/kinds";
import {
  carriedSql,
  mailColumns,
  type QueuedMail,
  type QueuedMailRow,
  queuedMailOf,
  queuedMailSql,
} from "@/lib/mail/queued-mail-store";
import type { Pace } from "@/lib/mail/rules/pace";
import { LONG_WAIT_MINUTES } from "@/lib/mail/rules/urgency";
import { slotsSql } from "@/lib/mail/slot-store";

/** What a process asks for that can send mail. */
export type Ask = {
  /** Whose limit all processes share, such as resend; null: none has one. */
  pace: Pace | null;
  /** How many mails at most. */
  most: number;
  /** Slots that were taken before and not used: they are used, and no other is taken. */
  spare: number;
  /** Whether one of them is for whoever has waited longest, once that is five minutes. */
  isForLongWait: boolean;
  /** Whether one slot may be used for many notices, where nothing more urgent is due. */
  mayBatch?: boolean;
  /** Mails that are left alone. */
  except: string[];
  /** Settled mails whose claims are given back. */
  settled: string[];
};

/** What came of it. */
export type Taken = {
  /** Claimed and loaded, the most urgent first, of these what is due longest. */
  mails: QueuedMail[];
  /** Whether all of them are notices for one slot; else each has one. */
  isBatch: boolean;
  /** Slots that may be used, those of `mails` among them. */
  slots: number;
  /** Whether the channel's pace has begun. */
  isChannelKnown: boolean;
  /** Milliseconds until the channel's next slot, for a code or a link. */
  slotInMs: number;
  /** The same for a notice. */
  noticeSlotInMs: number;
  /** Of these, for how long it is left alone, as it asked for; 0: it is not. */
  pausedForMs: number;
  /** Whether more mails are due, other than those left alone. */
  isMoreDue: boolean;
  /** Whether codes or links are among them. */
  isUrgentDue: boolean;
  /** Milliseconds until another mail becomes due; null: none waits. */
  dueInMs: number | null;
  /** Due mails that another process has in hand. */
  elsewhere: string[];
  /** Mails that were settled in that moment, or whose row is locked: claimed, and not to be sent now. */
  unfit: string[];
};

// So many notices at least are worth one request, and Resend takes no more in one.
const BATCH_LEAST = 20;
const BATCH_MOST = 100;
/** What is noted of a mail that may have been taken with others. */
export const batchNameOf = (channel: string) => `${channel}-batch`;
// The first ones may be in another process's hands.
const LOOKED_AT_BESIDE = 8;

/** SQL of the key of a mail's advisory lock; processes of other versions use the same. */
export const claimKeySql = (id: Prisma.Sql) => Prisma.sql`hashtextextended('mail:' || ${id}, 0)`;

// Of each kind the index gives the first ones; of several kinds at once it would give no order.
const firstOfKinds = (rank: number, kinds: string[], except: string[], most: number) => Prisma.sql`
  (SELECT ${rank}::int AS rank, first.id, first.next_try_at FROM unnest(${kinds}::text[]) AS one(kind)
  CROSS JOIN LATERAL (
    SELECT id, next_try_at FROM mail
    WHERE state = 'queued' AND kind = one.kind AND next_try_at <= now()
      AND id <> ALL(${except}::uuid[])
    ORDER BY next_try_at LIMIT ${most}::int) first
  ORDER BY first.next_try_at LIMIT ${most}::int)`;

/**
 * SQL of the mails that go next, as `due` with `id` and `place`: the most urgent first, of these the one
 * due longest. Due is what is due by the database's clock.
 */
function dueSql({ except, isForLongWait, most, mayBatch = false }: Ask): Prisma.Sql {
  const looked = (mayBatch ? BATCH_MOST : most) + LOOKED_AT_BESIDE;
  return Prisma.sql`urgent AS MATERIALIZED (
    ${firstOfKinds(0, kindsWith({ urgency: "code" }), except, looked)}
    UNION ALL ${firstOfKinds(1, kindsWith({ urgency: "link" }), except, looked)}),
  -- Once all codes and links are among those, what is left are notices: the index on the due time gives the first.
  others AS MATERIALIZED (
    SELECT 2 AS rank, id, next_try_at, attempts = 0 AND unsure_channels = '{}' AS is_new FROM mail
    WHERE (SELECT count(*) FROM urgent) < ${looked}::int AND state = 'queued' AND next_try_at <= now()
      AND id <> ALL(${except}::uuid[]) AND id NOT IN (SELECT id FROM urgent)
    ORDER BY next_try_at LIMIT ${looked}::int),
  longest AS MATERIALIZED (
    SELECT -1 AS rank, id, next_try_at FROM mail
    WHERE ${isForLongWait}::boolean AND state = 'queued' AND id <> ALL(${except}::uuid[])
      AND next_try_at <= now() - make_interval(mins => ${LONG_WAIT_MINUTES}::int)
    ORDER BY next_try_at LIMIT 1),
  due AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY min(rank), next_try_at, id) AS place
    FROM (TABLE urgent UNION ALL SELECT rank, id, next_try_at FROM others
      UNION ALL TABLE longest) AS all_due
    GROUP BY id, next_try_at ORDER BY place LIMIT ${looked}::int),
  -- One that was tried goes alone: it may have been what the others were refused for.
  batched AS MATERIALIZED (
    SELECT id, place FROM due WHERE ${mayBatch}::boolean AND NOT EXISTS (SELECT FROM urgent)
      AND id IN (SELECT id FROM others WHERE is_new) ORDER BY place LIMIT ${BATCH_MOST}::int),
  batch AS MATERIALIZED (SELECT count(*) >= ${BATCH_LEAST}::int AS is FROM batched)`;
}

// A mail that is tried again says what its first try said, whatever was published or renamed since.
// One that was tried and has no edition was made of the built-in text, by a version that knew no other.
// The channel may have it from now on: whoever takes it after a process that was killed is to know.
function pinnedSql(channel: string | null): Prisma.Sql {
  const batched = channel === null ? null : batchNameOf(channel);
  const added = Prisma.sql`ARRAY(SELECT name FROM batch, LATERAL (
      SELECT CASE WHEN batch.is THEN ${batched}::text ELSE ${channel}::text END AS name) AS used
    WHERE name IS NOT NULL AND name <> ALL(locked.unsure_channels))`;
  return Prisma.sql`pinned AS (
    UPDATE mail SET edition = coalesce(locked.edition, CASE WHEN locked.attempts > 0 THEN 0
        ELSE (SELECT coalesce(max(id), 0) FROM template_version) END),
      owner_name = CASE WHEN locked.edition IS NOT NULL THEN locked.owner_name
        ELSE coalesce(mail.owner_name, (SELECT name FROM account WHERE id = mail.account_id)) END,
      unsure_channels = locked.unsure_channels || ${added}
    FROM locked WHERE mail.id = locked.id
      AND (locked.edition IS NULL OR cardinality(${added}) > 0)
    RETURNING mail.id, mail.edition, mail.owner_name)`;
}

const inMsSql = (moments: Prisma.Sql) => Prisma.sql`(extract(epoch FROM
    greatest(${moments}, given_back.at) - given_back.at) * 1000)::float8`;

/** The statement of `takeMails`. */
export const takeSql = (ask: Ask) => Prisma.sql`
  WITH given_back AS MATERIALIZED (
    SELECT count(pg_advisory_unlock(${claimKeySql(Prisma.sql`id`)})) AS claims, clock_timestamp() AS at
    FROM unnest(${ask.settled}::text[]) AS id),
  ${dueSql(ask)},
  ${slotsSql(ask)},
  wanted AS MATERIALIZED (
    SELECT id, place FROM due, batch WHERE NOT batch.is
    UNION ALL SELECT id, place FROM batched, batch WHERE batch.is ORDER BY place),
  claimed AS MATERIALIZED (
    SELECT id, place FROM wanted WHERE pg_try_advisory_lock(${claimKeySql(Prisma.sql`id::text`)})
    LIMIT (SELECT CASE WHEN batch.is AND slots > 0 THEN ${BATCH_MOST}::int ELSE slots END
      FROM granted, batch)),
  -- Another process may have settled one, and let go of it, since this statement began: locking its row
  -- looks at the row as it is by now. One by one, and by its id alone (OFFSET keeps the other conditions out): a
  -- plan that is kept from when few mails waited would go through all that wait, for each again.
  locked AS MATERIALIZED (
    SELECT ${mailColumns}, m.edition, m.owner_name, claimed.place
    FROM claimed CROSS JOIN LATERAL (
      SELECT * FROM mail WHERE mail.id = claimed.id OFFSET 0 FOR NO KEY UPDATE SKIP LOCKED) m
    WHERE m.state = 'queued' AND m.next_try_at <= now()),
  ${pinnedSql(ask.pace?.channel ?? null)},
  held AS MATERIALIZED (
    SELECT ${mailColumns}, m.place, coalesce(pinned.edition, m.edition) AS edition,
      coalesce(pinned.owner_name, m.owner_name) AS owner_name
    FROM locked m LEFT JOIN pinned ON pinned.id = m.id)
  SELECT granted.slots AS "grantedSlots", batch.is AS "isBatch", pace.next_slot_at IS NOT NULL AS "isChannelKnown",
    ${inMsSql(Prisma.sql`pace.next_slot_at, pace.paused_until`)} AS "slotInMs",
    ${inMsSql(Prisma.sql`pace.next_slot_at, pace.notice_slot_at, pace.paused_until`)} AS "noticeSlotInMs",
    ${inMsSql(Prisma.sql`pace.paused_until`)} AS "pausedForMs",
    (SELECT count(*) FROM due) > (SELECT count(*) FROM claimed) AS "isMoreDue",
    EXISTS (SELECT FROM urgent WHERE id NOT IN (SELECT id FROM claimed)) AS "isUrgentDue",
    (SELECT extract(epoch FROM min(next_try_at) - now()) * 1000 FROM mail
      WHERE state = 'queued' AND next_try_at > now())::float8 AS "dueInMs",
    ARRAY(SELECT id::text FROM due WHERE id NOT IN (SELECT id FROM claimed)
      AND ((SELECT count(*) FROM claimed) < granted.slots OR place < (SELECT max(place) FROM claimed)))
      AS elsewhere,
    ARRAY(SELECT id::text FROM claimed WHERE id NOT IN (SELECT id FROM held)) AS unfit,
    ${queuedMailSql}
  FROM granted CROSS JOIN given_back CROSS JOIN batch LEFT JOIN pace ON true LEFT JOIN held m ON true ${carriedSql}
  ORDER BY m.place`;

type TakenRow = Omit<Taken, "mails" | "slots"> & { grantedSlots: number } & (
    | QueuedMailRow
    | { id: null }
  );

/**
 * Claims and loads the mails that are to go now, each with a slot of its channel, in one statement.
 *
 * @param connection the one whose session has the claims
 */
export async function takeMails(connection: RawStatements, ask: Ask): Promise<Taken> {
  const rows = await connection.$queryRaw<TakenRow[]>(takeSql(ask));
  const [first] = rows;
  if (first === undefined)
    throw new Error("The database returned nothing of the mails to be sent.");
  const { grantedSlots, isChannelKnown, slotInMs, noticeSlotInMs, pausedForMs } = first;
  const { isMoreDue, isUrgentDue, dueInMs, elsewhere, unfit, isBatch } = first;
  const mails = rows.flatMap((row) => (row.id === null ? [] : [queuedMailOf(row)]));
  return {
    mails,
    isBatch,
    slots: grantedSlots,
    isChannelKnown,
    slotInMs,
    noticeSlotInMs: ask.pace?.keepsSlotFree ? noticeSlotInMs : slotInMs,
    pausedForMs,
    isMoreDue,
    isUrgentDue,
    dueInMs,
    elsewhere,
    unfit,
  };
}
