import type { WorkerEvents } from "graphile-worker";

/**
 * Watches the first look for a job of a run of graphile-worker. 0.17 keeps what came of its first look at
 * the names of its tasks (`taskIdentifiers.js`), a failure too: all later looks of that run fail at once,
 * whatever the database says by then.
 *
 * @param events of that run, before it begins
 * @returns rejects with why the first look failed; never settles otherwise
 */
export function firstLookFailed(events: WorkerEvents): Promise<never> {
  return new Promise((_, reject) => {
    const seen = () => {
      events.off("worker:getJob:error", failed);
      events.off("worker:getJob:empty", seen);
      events.off("job:start", seen);
    };
    const failed = ({ error }: { error: unknown }) => {
      seen();
      reject(error);
    };
    events.on("worker:getJob:error", failed);
    events.on("worker:getJob:empty", seen);
    events.on("job:start", seen);
  });
}
