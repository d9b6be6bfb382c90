import {
  findDisagreeing,
  isAlive,
  isFailing,
  type Process,
} from "@/lib/heartbeat/rules/judge-processes";
import { judgeQueue, type Queue } from "@/lib/heartbeat/rules/judge-queue";
import type { Difference } from "@/lib/heartbeat/rules/shared-settings";

/** How one worker does. */
export type WorkerVerdict =
  | { kind: "well"; worker: Process; waiting: number }
  /** It has given no sign of life: it hangs, or cannot reach the database. */
  | { kind: "silent"; worker: Process; seconds: number }
  /** It has other settings than a process that shows the pages. */
  | { kind: "other-settings"; worker: Process; other: Process; differences: Difference[] }
  /** The mail service takes none of its mail. */
  | { kind: "failing"; worker: Process; tries: number; seconds: number }
  /** It lives, and code mail lies untried. */
  | { kind: "idle"; worker: Process; seconds: number };

/** Judges one worker by its sign of life, by what it sends with, and by what it leaves undone. */
export function judgeWorker(
  worker: Process,
  facts: { processes: readonly Process[]; queue: Queue; codeLifetimeMinutes: number },
): WorkerVerdict {
  const { processes, queue, codeLifetimeMinutes } = facts;
  if (!isAlive(worker)) return { kind: "silent", worker, seconds: worker.sinceBeat };
  const [disagreeing] = findDisagreeing(processes, worker);
  if (disagreeing !== undefined) return { kind: "other-settings", worker, ...disagreeing };
  if (isFailing(worker)) {
    const { failedTries: tries, sinceFailing } = worker;
    return { kind: "failing", worker, tries, seconds: sinceFailing ?? 0 };
  }
  const verdict = judgeQueue(queue, codeLifetimeMinutes);
  if (verdict.kind === "untried") return { kind: "idle", worker, seconds: verdict.seconds };
  return { kind: "well", worker, waiting: queue.waiting };
}
