import { findDisagreeing, judgeWorkers, type Process } from "@/lib/heartbeat/rules/judge-processes";
import { judgeQueue, oldestOf, type Queue } from "@/lib/heartbeat/rules/judge-queue";
import { areReturnsUnread } from "@/lib/heartbeat/rules/judge-returns";
import { keepsMailBack, type SharedSettings } from "@/lib/heartbeat/rules/shared-settings";

/** What strangers may read of how the installation does: numbers and names of settings alone. */
export type DeepHealth = {
  /** ok, or the first thing that is wrong. */
  status: string;
  database: string;
  oldestUnsentCodeMailSeconds: number | null;
  codeMailsWaiting: number | null;
  workersAlive: number | null;
  workerLastSeenSeconds: number | null;
  /** Settings that a worker has otherwise than the process that answers. */
  differingSettings: string[];
  /** For how long the mailbox of returned mail cannot be read; null: it can. */
  returnedMailUnreadSeconds: number | null;
};

/** Health where the database says nothing. */
export function healthWithout(database: string): DeepHealth {
  return {
    status: `database ${database}`,
    database,
    oldestUnsentCodeMailSeconds: null,
    codeMailsWaiting: null,
    workersAlive: null,
    workerLastSeenSeconds: null,
    differingSettings: [],
    returnedMailUnreadSeconds: null,
  };
}

/**
 * Judges the whole: whether a worker runs, whether code mail goes, and whether what shows the pages
 * and what sends the mail have the same settings.
 */
export function judgeHealth(facts: {
  queue: Queue;
  processes: readonly Process[];
  settings: SharedSettings;
  codeLifetimeMinutes: number;
  unreadReturnsSeconds: number | null;
}): DeepHealth {
  const { alive, sinceSeen } = judgeWorkers(facts.processes);
  const own = { id: "", servesPages: true, runsJobs: false, settings: facts.settings };
  const differences = findDisagreeing(facts.processes, own).flatMap((one) => one.differences);
  const verdict = judgeQueue(facts.queue, facts.codeLifetimeMinutes);
  const wrong = [
    alive.length === 0 && "no worker runs",
    verdict.kind === "untried" && "code mail stands still: not tried",
    verdict.kind === "not-taken" && "code mail stands still: not taken by the mail service",
    differences.some(keepsMailBack) && "a worker has other settings",
    areReturnsUnread(facts.unreadReturnsSeconds) && "returned mail is not read",
  ];
  const oldest = oldestOf(facts.queue);
  const unread = facts.unreadReturnsSeconds;
  return {
    status: wrong.find((one) => one !== false) || "ok",
    database: "ok",
    oldestUnsentCodeMailSeconds: oldest === null ? null : Math.floor(oldest),
    codeMailsWaiting: facts.queue.waiting,
    workersAlive: alive.length,
    workerLastSeenSeconds: sinceSeen === null ? null : Math.floor(sinceSeen),
    differingSettings: [...new Set(differences.map(({ name }) => name))],
    returnedMailUnreadSeconds: unread === null ? null : Math.floor(unread),
  };
}
