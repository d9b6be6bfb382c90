import { EventEmitter } from "node:events";
import { parseCronItems, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import { carryOutCases, remindOwners } from "@/lib/cases/change/carry-out-cases";
import { lapseCases } from "@/lib/cases/change/lapse-cases";
import { now } from "@/lib/clock";
import { limitConnection } from "@/lib/db/database-session";
import { env } from "@/lib/env/env";
import { cleanUp, forgetAnswers } from "@/lib/jobs/clean-up";
import { log } from "@/lib/log/log";
import { type Claims, openClaims } from "@/lib/mail/claims";
import { deliverMail } from "@/lib/mail/deliver-mail";
import { createDeliveries } from "@/lib/mail/deliveries";
import { jobLog } from "@/lib/mail/job-log";
import { keepRunning } from "@/lib/mail/keep-running";
import { createLanes, type PacedChannel } from "@/lib/mail/lanes";
import { noteTries } from "@/lib/mail/note-tries";
import { sendMailTask } from "@/lib/mail/outbox";
import { markDue, pauseChannel } from "@/lib/mail/pace-store";
import { deleteMailsBefore, requeueDueMails } from "@/lib/mail/store";
import { chooseTransport } from "@/lib/mail/transports/choose-transport";
import type { Transport } from "@/lib/mail/transports/transport";

const MAILS_AT_ONCE = 100;
const MAIL_KEPT_DAYS = 30;
// A job made a moment ago is probably on its way to a worker.
const LOST_AFTER_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const payloadSchema = z.object({ mailId: z.uuid() });

/** Deletes mails, and mails kept in the embedded mailbox, older than 30 days. */
export async function forgetOldMails(): Promise<void> {
  await deleteMailsBefore(new Date(now().getTime() - MAIL_KEPT_DAYS * DAY_MS));
}

async function requeue(dueBefore: Date): Promise<void> {
  const count = await requeueDueMails(dueBefore);
  if (count > 0) log.info({ count }, "Mails whose jobs may be lost were put up again.");
}

async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn({ error }, `${what} failed and is tried again later.`);
  }
}

// A job only says that a mail is due: it ends at once, and the mail's row keeps what became of it.
// So no job stays locked by a process that was killed while a provider kept it waiting.
function tasksOf(start: (mailId: string) => Promise<void>): TaskList {
  return {
    [sendMailTask]: async (payload: unknown) => {
      const parsed = payloadSchema.safeParse(payload);
      if (parsed.success) await start(parsed.data.mailId);
      else log.warn("A job to send a mail names no mail and was ignored.");
    },
    requeue_mails: () =>
      attempt("Looking for lost mails", () => requeue(new Date(now().getTime() - LOST_AFTER_MS))),
    move_cases: async () => {
      await attempt("Reminding of changes of an address", remindOwners);
      await attempt("Carrying changes of an address out", carryOutCases);
      await attempt("Ending cases that were not answered", lapseCases);
    },
    forget_answers: () => attempt("Deleting the answers to old forms", forgetAnswers),
    clean_up: async () => {
      await attempt("Deleting old mails", forgetOldMails);
      await attempt("Deleting old records", cleanUp);
    },
  };
}

const schedule = parseCronItems([
  { task: "requeue_mails", match: "* * * * *", options: { jobKey: "requeue_mails" } },
  { task: "move_cases", match: "* * * * *", options: { jobKey: "move_cases" } },
  { task: "forget_answers", match: "* * * * *", options: { jobKey: "forget_answers" } },
  { task: "clean_up", match: "7 * * * *", options: { jobKey: "clean_up" } },
]);

// One sentence when the database goes and one when it is back, however often the runner notices; none
// once we stop: the embedded database ends right behind us, and may have the last word on a line.
function watchDatabase(events: WorkerEvents, onBack: () => void) {
  let away = false;
  let stopping = false;
  function lost(error: unknown): void {
    if (!away && !stopping) {
      log.warn({ error }, "The mail worker cannot reach the database and keeps trying.");
    }
    away = true;
  }
  events.on("pool:listen:error", ({ error }) => lost(error));
  events.on("worker:getJob:error", ({ error }) => lost(error));
  events.on("pool:listen:success", () => {
    if (away) log.info("The mail worker has reached the database again.");
    away = false;
    onBack();
  });
  const stop = () => {
    stopping = true;
  };
  return { lost, stop };
}

/** How mails go: side by side at once, or at the pace of the provider whose limit all processes share. */
function openSending(
  transport: Transport,
  { claims, channel }: { claims: Claims; channel: PacedChannel | null },
) {
  if (channel === null) {
    const deliver = (mailId: string) => deliverMail(mailId, { claims, transport });
    const deliveries = createDeliveries(noteTries(deliver), MAILS_AT_ONCE);
    return { start: deliveries.start, stop: deliveries.settled };
  }
  const pause = (seconds: number) => pauseChannel(channel.name, seconds);
  const lanes = createLanes(channel, (mailId, admit) =>
    noteTries(() => deliverMail(mailId, { claims, transport, admit, pause }))(mailId),
  );
  const start = async (mailId: string) => {
    await markDue(mailId, now());
    lanes.wake();
  };
  return { start, stop: lanes.stop };
}

/**
 * Starts to send the mails of the outbox, woken by the database at once, and keeps at it while the
 * database comes and goes. Resolves before the database was reached. Several may run at a time.
 *
 * @param options in place of DATABASE_URL, and of the transport that EMAIL_TRANSPORT names; one that is
 *   given here is paced if `channel` is given too
 * @returns `stop` waits for the mails that are being sent, at most ten seconds
 */
export async function startWorker(
  options: { databaseUrl?: string; transport?: Transport; channel?: PacedChannel } = {},
): Promise<{ stop(): Promise<void> }> {
  const databaseUrl = options.databaseUrl ?? env().databaseUrl;
  if (databaseUrl === undefined) throw new Error("The mail worker needs DATABASE_URL.");
  const given = options.transport;
  const { transport, channel } = given
    ? { transport: given, channel: options.channel ?? null }
    : chooseTransport();
  const claims = openClaims(databaseUrl);
  const sending = openSending(transport, { claims, channel });
  const taskList = tasksOf(sending.start);
  const pgPool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: "portaria jobs",
    max: 6,
    connectionTimeoutMillis: 5_000,
    onConnect: limitConnection,
    keepAlive: true,
    // After a failover an old primary may go on answering, read-only.
    maxLifetimeSeconds: 60,
  });
  const events: WorkerEvents = new EventEmitter();
  const watch = watchDatabase(events, () => {
    attempt("Looking for lost mails", () => requeue(now()));
  });
  const { lost } = watch;
  pgPool.on("error", lost);
  pgPool.on("connect", (client) => client.on("error", lost));

  const runner = keepRunning(async () => {
    const started = await run({
      pgPool,
      taskList,
      parsedCronItems: schedule,
      events,
      logger: jobLog,
      concurrency: 4,
      pollInterval: 1_000,
      noHandleSignals: true,
    });
    return { ended: started.promise, stop: () => started.stop() };
  }, lost);

  return {
    async stop() {
      watch.stop();
      await runner.stop();
      await sending.stop();
      await claims.close();
      await pgPool.end();
    },
  };
}
