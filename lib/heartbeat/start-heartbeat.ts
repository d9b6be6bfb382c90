import { readClock } from "@/lib/clock";
import { describeOwnProcess, isStillThere } from "@/lib/heartbeat/own-process";
import { createReporter } from "@/lib/heartbeat/report-troubles";
import { BEAT_SECONDS, LOOK_SECONDS, WATCH_SECONDS } from "@/lib/heartbeat/rules/limits";
import { findProcesses, giveSignOfLife, markStopped, type OwnProcess } from "@/lib/heartbeat/store";
import { findTroubles } from "@/lib/heartbeat/troubles";
import { log } from "@/lib/log/log";
import { readMailWatch } from "@/lib/mail/fate/mail-watch";
import { watchOutage } from "@/lib/mail/fate/watch-outage";
import { triesSoFar } from "@/lib/mail/note-tries";

/** What a process that gives signs of life can be asked for and handed. */
export type Heartbeat = {
  /** What is wrong with the mail just now, a sentence each. */
  troubles(): Promise<string[]>;
  /** Says that this process ends in order: from then on it counts as gone. */
  stop(): Promise<void>;
};

/** Does something again and again, each time so long after the last one ended, until it is stopped. */
function every(seconds: number, work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const wait = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = work()
        // The database is away: others say so.
        .catch((error: unknown) => log.debug({ error }, "A look at the processes failed."))
        .finally(wait);
    }, seconds * 1000);
    timer.unref();
  };
  wait();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

// A worker that was killed here must not be taken for one that hangs.
async function buryKilled(own: OwnProcess): Promise<void> {
  for (const { id, pidSpace, pid, began, hasStopped } of await findProcesses()) {
    const isOfHere = pidSpace === own.pidSpace && id !== own.id && !hasStopped;
    if (isOfHere && !isStillThere({ pid, began })) await markStopped(id);
  }
}

/**
 * Lets the other processes of the installation see this one, and says in the log how long code mail has
 * stood still, that no worker runs, or that a process has other settings.
 */
export async function startHeartbeat(
  role: Pick<OwnProcess, "servesPages" | "runsJobs">,
): Promise<Heartbeat> {
  const own = describeOwnProcess(role);
  await giveSignOfLife(own, triesSoFar())
    .then(() => buryKilled(own))
    .catch((error: unknown) => log.warn({ error }, "This process could not give a sign of life."));
  const report = createReporter();
  const stopBeating = every(BEAT_SECONDS, async () => {
    await giveSignOfLife(own, triesSoFar());
    await readMailWatch();
  });
  const stopLooking = every(LOOK_SECONDS, async () => report(await findTroubles(own), readClock()));
  // Where no worker runs, its job does not look either.
  const stopWatching = every(WATCH_SECONDS, async () => void (await watchOutage()));
  return {
    troubles: () =>
      findTroubles(own).then(
        (troubles) => troubles.map(({ sentence }) => sentence),
        () => [],
      ),
    async stop() {
      await Promise.all([stopBeating(), stopLooking(), stopWatching()]);
      await markStopped(own.id).catch(() => undefined);
    },
  };
}
