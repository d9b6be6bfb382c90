import {
  ALIVE_SECONDS,
  FAILING_RECENT_SECONDS,
  FAILING_SECONDS,
  FAILING_TRIES,
} from "@/lib/heartbeat/rules/limits";
import {
  type Difference,
  differencesBetween,
  type SharedSettings,
} from "@/lib/heartbeat/rules/shared-settings";

/** A process as its row shows it. Ages in seconds, by the database's clock. */
export type Process = {
  id: string;
  pidSpace: string;
  host: string;
  pid: number;
  began: string;
  servesPages: boolean;
  runsJobs: boolean;
  settings: SharedSettings;
  failedTries: number;
  /** Since the first and since the last of these tries; null: none failed. */
  sinceFailing: number | null;
  sinceFailed: number | null;
  sinceBeat: number;
  hasStopped: boolean;
};

/** Whether a process has given a sign of life lately and has not ended. */
export function isAlive({ hasStopped, sinceBeat }: Process): boolean {
  return !hasStopped && sinceBeat <= ALIVE_SECONDS;
}

/** The workers that are alive, and since when none has been seen; null: none is known. */
export function judgeWorkers(processes: readonly Process[]): {
  alive: Process[];
  sinceSeen: number | null;
} {
  const workers = processes.filter(({ runsJobs }) => runsJobs);
  const seen = workers.map(({ sinceBeat }) => sinceBeat);
  return { alive: workers.filter(isAlive), sinceSeen: seen.length > 0 ? Math.min(...seen) : null };
}

/** Whether all that a worker tries to send fails, and not just one mail once. */
export function isFailing({ failedTries, sinceFailing, sinceFailed }: Process): boolean {
  return (
    failedTries >= FAILING_TRIES &&
    sinceFailing !== null &&
    sinceFailed !== null &&
    sinceFailing >= FAILING_SECONDS &&
    sinceFailed <= FAILING_RECENT_SECONDS
  );
}

/** One process as others compare themselves with it. */
type Side = Pick<Process, "id" | "servesPages" | "runsJobs" | "settings">;

/** Which of the living works with this process, pages with jobs, and has other settings than it. */
export function findDisagreeing(
  processes: readonly Process[],
  own: Side,
): { other: Process; differences: Difference[] }[] {
  return processes
    .filter((other) => isAlive(other) && other.id !== own.id)
    .filter((other) => (own.servesPages && other.runsJobs) || (own.runsJobs && other.servesPages))
    .map((other) => ({ other, differences: differencesBetween(other.settings, own.settings) }))
    .filter(({ differences }) => differences.length > 0);
}
