import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Process } from "@/lib/heartbeat/rules/judge-processes";
import type { Queue } from "@/lib/heartbeat/rules/judge-queue";
import { kindsWith } from "@/lib/mail/kinds";
import type { Tries } from "@/lib/mail/note-tries";
import { findLastSent } from "@/lib/mail/store";

/** A process as it describes itself. */
export type OwnProcess = Pick<
  Process,
  "id" | "pidSpace" | "host" | "pid" | "began" | "servesPages" | "runsJobs" | "settings"
>;

const ago = (ms: number | undefined) =>
  ms === undefined
    ? Prisma.sql`NULL::timestamptz`
    : Prisma.sql`(now() - make_interval(secs => ${ms / 1000}::double precision))`;

/** Writes down that a process lives, by the database's clock; makes its row where there is none. */
export async function giveSignOfLife(own: OwnProcess, tries: Tries): Promise<void> {
  const settings = JSON.stringify(own.settings);
  const failed = Prisma.sql`${tries?.failed ?? 0}::int`;
  const [first, last] = [ago(tries?.sinceFirstMs), ago(tries?.sinceLastMs)];
  await db.$executeRaw`
    INSERT INTO running_process (id, place, host, pid, began, serves_pages, runs_jobs, settings,
      failed_tries, failing_since, failed_at, started_at, beat_at)
    VALUES (${own.id}::uuid, ${own.pidSpace}, ${own.host}, ${own.pid}, ${own.began}, ${own.servesPages},
      ${own.runsJobs}, ${settings}::jsonb, ${failed}, ${first}, ${last}, now(), now())
    ON CONFLICT (id) DO UPDATE SET beat_at = now(), failed_tries = excluded.failed_tries,
      failing_since = excluded.failing_since, failed_at = excluded.failed_at`;
}

/** Writes down that a process ended in order: from now on it counts as gone. */
export async function markStopped(id: string): Promise<void> {
  await db.$executeRaw`UPDATE running_process SET stopped_at = now() WHERE id = ${id}::uuid`;
}

/** All processes that are known, also those that have ended. */
export async function findProcesses(): Promise<Process[]> {
  return db.$queryRaw<Process[]>`
    SELECT id::text AS id, place AS "pidSpace", host, pid, began, serves_pages AS "servesPages",
      runs_jobs AS "runsJobs", settings, failed_tries AS "failedTries",
      extract(epoch FROM now() - failing_since)::float8 AS "sinceFailing",
      extract(epoch FROM now() - failed_at)::float8 AS "sinceFailed",
      extract(epoch FROM now() - beat_at)::float8 AS "sinceBeat",
      stopped_at IS NOT NULL AS "hasStopped"
    FROM running_process ORDER BY started_at`;
}

/** Deletes processes without a sign of life for so many days. */
export async function deleteEndedProcesses(days: number): Promise<void> {
  await db.$executeRaw`
    DELETE FROM running_process WHERE beat_at < now() - make_interval(days => ${days}::int)`;
}

// With those that stand for one: each of a sign-up's has its challenge.
const codeKinds = kindsWith({ urgency: "code" });

/**
 * The code mails that wait. A sign-up with an address that has an account counts like any other, and one
 * that was tried no longer than its code lives: the numbers, which strangers may read, show no
 * address's owner.
 */
export async function findQueue(now: Date, codeLifetimeMinutes: number): Promise<Queue> {
  const [row] = await db.$queryRaw<{ waiting: number; untried: Date | null; tried: Date | null }[]>`
    SELECT count(*)::int AS waiting, min(created_at) FILTER (WHERE attempts = 0) AS untried,
      min(created_at) FILTER (WHERE attempts > 0) AS tried
    FROM mail
    WHERE state = 'queued' AND kind = ANY(${codeKinds}) AND challenge_id IS NOT NULL
      AND (attempts = 0 OR least(useful_until,
        created_at + make_interval(secs => ${codeLifetimeMinutes * 60}::double precision)) > ${now})`;
  const lastSent = await findLastSent();
  const age = (since: Date | null | undefined) =>
    since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : null;
  return {
    waiting: row?.waiting ?? 0,
    oldestUntried: age(row?.untried),
    oldestTried: age(row?.tried),
    sinceLastSent: age(lastSent),
  };
}

/** Why the mail service did not take the mail that was tried last; null: none waits for another try. */
export async function findLastReason(): Promise<string | null> {
  const row = await db.mail.findFirst({
    where: { state: "queued", attempts: { gt: 0 } },
    orderBy: { nextTryAt: "desc" },
    select: { lastError: true },
  });
  return row?.lastError ?? null;
}
