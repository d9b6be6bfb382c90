import { log } from "@/lib/log/log";

/** Does something that comes again by itself: where it fails, the log says so and nothing else ends. */
export async function attempt(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn({ error }, `${what} failed and is tried again later.`);
  }
}

/** Does several such things one after the other, each whatever became of those before it. */
export async function attemptAll(works: Record<string, () => Promise<void>>): Promise<void> {
  for (const [what, work] of Object.entries(works)) await attempt(what, work);
}
