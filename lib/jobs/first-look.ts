import type { WorkerEvents } from "graphile-worker";

/**
 * Watches the first look for a job of a run of graphile-worker. 0.17 keeps what came of its first look at
 * the names of its tasks (`taskIdentifiers.js`), a failure too: all later looks of that run fail at once,
 * whatever the database says by then.
 *
 * @param events of that run, before it begins
 * @returns rejects with why the first look failed, once no other worker of the run looks: one that is stopped in
 *   the middle writes a stack past the log where its look fails too; never settles otherwise
 */
export function firstLookFailed(events: WorkerEvents): Promise<never> {
  return new Promise((_, reject) => {
    let looking = 0;
    let failure: { error: unknown } | null = null;
    const end = () => {
      events.off("worker:getJob:start", started);
      events.off("worker:getJob:error", failed);
      events.off("worker:getJob:empty", seen);
      events.off("job:start", seen);
    };
    const started = () => {
      looking += 1;
    };
    const seen = () => {
      looking -= 1;
      if (failure === null) return end();
      if (looking > 0) return;
      end();
      reject(failure.error);
    };
    const failed = ({ error }: { error: unknown }) => {
      failure ??= { error };
      seen();
    };
    events.on("worker:getJob:start", started);
    events.on("worker:getJob:error", failed);
    events.on("worker:getJob:empty", seen);
    events.on("job:start", seen);
  });
}
