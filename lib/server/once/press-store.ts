import { db } from "@/lib/db/client";
import { subjectPrefixes } from "@/lib/db/subjects";
import { Prisma } from "@/lib/generated/prisma/client";
import { afterSeconds } from "@/lib/moments";
import type { Grounds } from "@/lib/server/once/grounds";

/** Within how many seconds the same form is the same act. */
export const SAME_ACT_SECONDS = 10;

/** Seconds after which a process that shows no life is taken to have ended over a form. */
const LOST_AFTER_SECONDS = 6;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Takes a form in hand, unless the same browser sent the same one less than ten seconds ago.
 *
 * @param press.replaces a press whose answer no longer stands, or was lost
 */
export async function claimPress(press: {
  id: string;
  browser: Bytes;
  form: Bytes;
  now: Date;
  replaces: string | null;
}): Promise<boolean> {
  const { id, browser, form, now, replaces } = press;
  const claimed = await db.$executeRaw`
    INSERT INTO form_press AS p (browser, form, id, pressed_at, alive_at)
    VALUES (${browser}, ${form}, ${id}::uuid, ${now}, clock_timestamp())
    ON CONFLICT (browser) DO UPDATE SET form = excluded.form, id = excluded.id,
      pressed_at = excluded.pressed_at, alive_at = excluded.alive_at, answer = NULL, stamp = NULL
    WHERE p.form <> excluded.form OR p.pressed_at <= ${afterSeconds(now, -SAME_ACT_SECONDS)}
      OR p.id = ${replaces}::uuid`;
  return claimed === 1;
}

/** A browser's latest form. */
export type FoundPress = {
  id: string;
  form: Bytes;
  /** null: it is still being judged. */
  answer: Bytes | null;
  stamp: string | null;
  /** Whether the process that judges it has ended, by the database's clock for all machines. */
  lost: boolean;
};

/** The latest form of a browser; null where there is none. */
export async function findPress(browser: Bytes): Promise<FoundPress | null> {
  const rows = await db.$queryRaw<FoundPress[]>`
    SELECT id, form, answer, stamp, answer IS NULL AND
      alive_at < clock_timestamp() - make_interval(secs => ${LOST_AFTER_SECONDS}) AS lost
    FROM form_press WHERE browser = ${browser}`;
  return rows[0] ?? null;
}

/** Says that the process which judges a form lives. */
export async function keepPressAlive(id: string, browser: Bytes): Promise<void> {
  await db.$executeRaw`
    UPDATE form_press SET alive_at = clock_timestamp()
    WHERE browser = ${browser} AND id = ${id}::uuid`;
}

/** Lets a form go whose answer is not to be given again: the next press is judged. */
export async function releasePress(id: string, browser: Bytes): Promise<void> {
  await db.formPress.deleteMany({ where: { browser, id } });
}

/** Where and when an answer is judged to stand. */
export type Standpoint = { ip: string | null; network: string; now: Date };

/** A part of a statement for what there is of some values; nothing where there are none. */
const ofSome = (values: string[], part: (list: Prisma.Sql) => Prisma.Sql): Prisma.Sql[] =>
  values.length === 0 ? [] : [part(Prisma.join(values))];

const anyOf = (parts: Prisma.Sql[], separator: string, none: Prisma.Sql) =>
  parts.length === 0 ? none : Prisma.join(parts, separator);

/**
 * What a form is judged by, as one text: who is concerned, their password, role, places, browsers and
 * latest change, what they are let in by, their wrong codes from this network, their cases.
 *
 * Only what the form has anything of is asked for, and by lists of single values: that is half of what
 * PostgreSQL does for a sign-in, and a plan for arrays of any length is made anew each time.
 */
function stampOf(on: Grounds, { ip, network, now }: Standpoint): Prisma.Sql {
  const { sessions, challenges, cases, links, emails } = on;
  const accounts = [
    ...ofSome(emails, (list) => Prisma.sql`SELECT id FROM account WHERE email IN (${list})`),
    ...ofSome(sessions, (list) => Prisma.sql`SELECT account_id FROM session WHERE id IN (${list})`),
    ...ofSome(challenges, () => Prisma.sql`SELECT account_id FROM pending`),
    ...ofSome(
      links,
      (list) => Prisma.sql`SELECT account_id FROM password_reset WHERE id IN (${list})
      UNION SELECT account_id FROM account_link WHERE id IN (${list})
      UNION SELECT a.id FROM staff_invitation i JOIN account a ON a.email = i.email
        WHERE i.id IN (${list})`,
    ),
  ];
  const subjects = [
    Prisma.sql`SELECT id::text AS name FROM concerned`,
    Prisma.sql`SELECT ${subjectPrefixes.widening}::text || id FROM concerned`,
    ...emails.map((email) => Prisma.sql`SELECT ${subjectPrefixes.signUp + email}::text`),
    ...ofSome(
      challenges,
      () => Prisma.sql`SELECT kind || email FROM pending,
        unnest(ARRAY[${subjectPrefixes.signUp}::text, ${subjectPrefixes.newAddress}]) kind`,
    ),
  ];
  const pending = ofSome(
    challenges,
    (list) => Prisma.sql`pending AS (SELECT * FROM challenge WHERE id IN (${list})), `,
  );
  const facts = [
    Prisma.sql`(SELECT jsonb_agg(jsonb_build_array(a.id, a.email, a.role, a.password_hash,
          extract(epoch FROM a.password_changed_at), extract(epoch FROM a.password_off_at),
          (SELECT jsonb_agg(p.id ORDER BY p.id) FROM trusted_place p
            WHERE p.account_id = a.id AND network_supeq(p.network, ${ip}::inet)),
          (SELECT jsonb_agg(k.id ORDER BY k.id) FROM trusted_browser k
            WHERE k.account_id = a.id AND k.ended_at IS NULL),
          (SELECT extract(epoch FROM max(v.at)) FROM activity v WHERE v.account_id = a.id)
        ) ORDER BY a.id) FROM account a JOIN concerned ON concerned.id = a.id)`,
    Prisma.sql`(SELECT jsonb_agg(jsonb_build_array(t.subject, t.wrong,
          t.blocked_until > ${now}::timestamptz) ORDER BY t.subject, t.place)
        FROM code_attempts t JOIN subject ON subject.name = t.subject
        -- Of browsers at known places all: what made one known may be a range, or the browser itself.
        WHERE t.place = ${network} OR position('@' IN t.place) > 0)`,
    ...ofSome(
      sessions,
      (
        list,
      ) => Prisma.sql`(SELECT jsonb_agg(jsonb_build_array(s.id, s.ended_at IS NULL) ORDER BY s.id)
        FROM session s WHERE s.id IN (${list}))`,
    ),
    ...ofSome(
      challenges,
      () => Prisma.sql`(SELECT jsonb_agg(jsonb_build_array(c.id, c.ended_at IS NULL,
          extract(epoch FROM c.last_mail_at), c.expires_at > ${now}::timestamptz,
          c.pass_until > ${now}::timestamptz) ORDER BY c.id) FROM pending c)`,
    ),
    ...ofSome(
      [...cases, ...links],
      (
        list,
      ) => Prisma.sql`(SELECT jsonb_agg(jsonb_build_array(r.id, r.version, r.state) ORDER BY r.id)
        FROM recovery_case r WHERE r.id IN (${list}))`,
    ),
  ];
  return Prisma.sql`
    WITH ${anyOf(pending, "", Prisma.empty)}
    concerned (id) AS (${anyOf(accounts, " UNION ", Prisma.sql`SELECT NULL::uuid AS id WHERE false`)}),
    subject AS (${Prisma.join(subjects, " UNION ")})
    SELECT md5(jsonb_build_array(${Prisma.join(facts)})::text)`;
}

/**
 * Keeps the answer to a form, and what it stands on as it is now.
 *
 * @returns whether this press is still the browser's latest
 */
export async function keepAnswer(
  press: { id: string; browser: Bytes; answer: Bytes },
  on: Grounds,
  standpoint: Standpoint,
): Promise<boolean> {
  const { id, browser, answer } = press;
  const kept = await db.$executeRaw`
    UPDATE form_press SET answer = ${answer}, stamp = (${stampOf(on, standpoint)})
    WHERE browser = ${browser} AND id = ${id}::uuid`;
  return kept === 1;
}

/** Whether all is as it was when an answer was kept, and what it let the browser in by still lives. */
export async function stillStands(
  stamp: string,
  on: Grounds,
  standpoint: Standpoint,
): Promise<boolean> {
  const { sessions, challenges } = on.begun;
  const rows = await db.$queryRaw<{ stamp: string; live: bigint }[]>`
    SELECT (${stampOf(on, standpoint)}) AS stamp,
      (SELECT count(*) FROM session WHERE id = ANY(${sessions}::uuid[])
        AND ended_at IS NULL AND ticket_hash IS NULL) +
      (SELECT count(*) FROM challenge WHERE id = ANY(${challenges}::uuid[])
        AND ended_at IS NULL AND expires_at > ${standpoint.now}::timestamptz) AS live`;
  const [now] = rows;
  const lives = Number(now?.live) === sessions.length + challenges.length;
  return now?.stamp === stamp && lives;
}
