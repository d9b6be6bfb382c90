import type { WorkerEvents } from "graphile-worker";
import { log } from "@/lib/log/log";

/**
 * Says in the log once when the database goes and once when it is back, however often the runner notices;
 * nothing once we stop: the embedded database ends right behind us, and may have the last word on a line.
 *
 * @param onBack is called whenever the database is there, the first time too
 */
export function watchDatabase(events: WorkerEvents, onBack: () => void) {
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
