import { EventEmitter } from "node:events";
import { parseCronItems, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { KEEP_ALIVE_MILLISECONDS, limitConnection } from "@/lib/db/database-session";
import { env } from "@/lib/env/env";
import { firstLookFailed } from "@/lib/jobs/first-look";
import { jobLog } from "@/lib/jobs/job-log";
import { type Job, jobsOf } from "@/lib/jobs/jobs";
import { keepRunning } from "@/lib/jobs/keep-running";
import { watchDatabase } from "@/lib/jobs/watch-database";
import { keepLooking } from "@/lib/mail/fate/keep-looking";
import { type GivenWays, openSending } from "@/lib/mail/open-sending";

// By its own poll each of the runner's four workers asks for jobs; what is due at a moment notifies it.
const POLL_MS = 5_000;

const tasksOf = (jobs: Job[]): TaskList =>
  Object.fromEntries(jobs.map(({ name, run }) => [name, (_, { abortSignal }) => run(abortSignal)]));

const scheduleOf = (jobs: Job[]) =>
  parseCronItems(
    jobs.flatMap(({ name, period }) =>
      period === null ? [] : [{ task: name, match: period, options: { jobKey: name } }],
    ),
  );

/**
 * Starts to send the mails of the outbox and to do the jobs, woken by the database at once, and keeps at
 * it while the database comes and goes. Resolves before the database was reached. Several may run at a
 * time.
 *
 * @param options instead of DATABASE_URL, and of the ways out that EMAIL_TRANSPORT names
 * @returns `stop` waits for the mails that are being sent, at most ten seconds
 */
export async function startJobs(
  options: { databaseUrl?: string } & GivenWays = {},
): Promise<{ stop(): Promise<void> }> {
  const databaseUrl = options.databaseUrl ?? env().databaseUrl;
  if (databaseUrl === undefined) throw new Error("The worker needs DATABASE_URL.");
  const sending = openSending(databaseUrl, options);
  const looking = keepLooking();
  const jobs = jobsOf(sending);
  const pgPool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "portaria jobs",
    max: 6,
    connectionTimeoutMillis: 5_000,
    onConnect: limitConnection,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    // After a failover an old primary may go on answering, read-only.
    maxLifetimeSeconds: 60,
  });
  const events: WorkerEvents = new EventEmitter();
  const watch = watchDatabase(events, sending.wake);
  const { lost } = watch;
  pgPool.on("error", lost);
  pgPool.on("connect", (client) => client.on("error", lost));

  const runner = keepRunning(async () => {
    const unlucky = firstLookFailed(events);
    unlucky.catch(() => {});
    const started = await run({
      pgPool,
      taskList: tasksOf(jobs),
      parsedCronItems: scheduleOf(jobs),
      events,
      logger: jobLog,
      concurrency: 4,
      pollInterval: POLL_MS,
      noHandleSignals: true,
    });
    const anew = unlucky.catch(async (error) => {
      await started.stop();
      throw error;
    });
    return { ended: Promise.race([started.promise, anew]), stop: () => started.stop() };
  }, lost);

  return {
    async stop() {
      watch.stop();
      await Promise.all([runner.stop(), looking.stop()]);
      await sending.stop();
      await pgPool.end();
    },
  };
}
