import { readClock } from "@/lib/clock";
import { env } from "@/lib/env/env";
import { findDisagreeing, judgeWorkers, type Process } from "@/lib/heartbeat/rules/judge-processes";
import { judgeQueue, type Queue } from "@/lib/heartbeat/rules/judge-queue";
import { areReturnsUnread } from "@/lib/heartbeat/rules/judge-returns";
import type { Difference } from "@/lib/heartbeat/rules/shared-settings";
import { findProcesses, findQueue, type OwnProcess } from "@/lib/heartbeat/store";
import { findUnread } from "@/lib/mail/fate/unread-returns";

/** What may be wrong, and the words that its line in the log is known by: the manual has a row for each. */
export const troubleWords = {
  "no worker": "No worker runs",
  "standing mail": "Code mail stands still",
  "other settings": "has other settings than this process",
  "unread returns": "Returned mail is not read",
} as const;

type TroubleKind = keyof typeof troubleWords;

/**
 * Something about the mail that an operator must know, as it is reported while it lasts and when it
 * is over.
 */
export type Trouble = {
  /** The same for as long as it is the same trouble. */
  key: TroubleKind | `${TroubleKind} ${string}`;
  fields: Record<string, unknown>;
  sentence: string;
  over: string;
  /** Whether it is reported once an hour while it lasts, as nobody waits for it at a page. */
  isHourly?: boolean;
};

const rounded = (seconds: number) => Math.floor(seconds);

/** One difference in words: `EMAIL_TRANSPORT (mailbox there, smtp here)`. */
export function differenceText({ name, there, here }: Difference): string {
  return there === null ? name : `${name} (${there || "not set"} there, ${here || "not set"} here)`;
}

function noWorker(processes: readonly Process[]): Trouble[] {
  const { alive, sinceSeen } = judgeWorkers(processes);
  if (alive.length > 0) return [];
  return [
    {
      key: "no worker",
      fields: { workerLastSeenSeconds: sinceSeen === null ? null : rounded(sinceSeen) },
      sentence: `${troubleWords["no worker"]}, so no mail leaves: start npm run worker, or set WORKER=inline.`,
      over: "A worker runs.",
    },
  ];
}

function standingMail(queue: Queue, hasWorker: boolean, lifetime: number): Trouble[] {
  const verdict = judgeQueue(queue, lifetime);
  if (verdict.kind === "flows") return [];
  const why =
    verdict.kind === "not-taken"
      ? "the mail service takes none; the lines about each try say why"
      : hasWorker
        ? "no worker has tried it"
        : "no worker runs";
  const oldestUnsentCodeMailSeconds = rounded(verdict.seconds);
  return [
    {
      key: "standing mail",
      fields: { oldestUnsentCodeMailSeconds, codeMailsWaiting: queue.waiting },
      sentence: `${troubleWords["standing mail"]}: the oldest has waited ${oldestUnsentCodeMailSeconds} seconds, and ${why}.`,
      over: "Code mail no longer stands still.",
    },
  ];
}

function otherSettings(processes: readonly Process[], own: OwnProcess): Trouble[] {
  return findDisagreeing(processes, own).map(
    ({ other: { id, host, pid, runsJobs }, differences }) => {
      const what = runsJobs ? "worker" : "web process";
      const names = differences.map(({ name }) => name);
      const list = differences.map(differenceText).join(", ");
      return {
        key: `other settings ${id}`,
        fields: { host, pid, differingSettings: names },
        sentence: `The ${what} on ${host} (process ${pid}) ${troubleWords["other settings"]}: ${list}. Mail goes out by the worker's: give both the same.`,
        over: `The ${what} on ${host} (process ${pid}) no longer runs with other settings.`,
      };
    },
  );
}

async function unreadReturns(): Promise<Trouble[]> {
  const unread = await findUnread();
  if (unread === null || !areReturnsUnread(unread.seconds)) return [];
  const { readAt, seconds, failure } = unread;
  const since = readAt?.toISOString() ?? "SMTP_BOUNCES was set";
  return [
    {
      key: "unread returns",
      fields: { returnedMailUnreadSeconds: rounded(seconds) },
      sentence: `${troubleWords["unread returns"]} since ${since}, as of its mailbox: ${failure}. See to SMTP_BOUNCES.`,
      over: "Returned mail is read again.",
      isHourly: true,
    },
  ];
}

/** Looks what is wrong with the mail and what sends it. Throws when the database is away. */
export async function findTroubles(own: OwnProcess): Promise<Trouble[]> {
  const { codeLifetimeMinutes } = env();
  const [queue, processes] = [
    await findQueue(readClock(), codeLifetimeMinutes),
    await findProcesses(),
  ];
  const hasWorker = judgeWorkers(processes).alive.length > 0;
  return [
    ...noWorker(processes),
    ...standingMail(queue, hasWorker, codeLifetimeMinutes),
    ...otherSettings(processes, own),
    ...(await unreadReturns()),
  ];
}
