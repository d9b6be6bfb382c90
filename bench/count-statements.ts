import { setTimeout as pause } from "node:timers/promises";
import { createJourneys, type JourneyName, journeyNames, type Queue } from "@/bench/journeys";
import type { PostOffice } from "@/bench/post-office";
import type { Ground, Server } from "@/bench/servers";
import { type Statement, startStatementCounter } from "@/bench/statement-counter";

/** What was executed up to each answer of a journey and just after it, jobs and mails included. */
export type Steps = { step: string; statements: Statement[] }[];

const WARM_UP = 4;
const TRIES = 5;
/** What an answer leaves to be done is done when nothing has been executed for so long. */
const QUIET_MS = 300;

export const countOf = (steps: Steps) =>
  steps.reduce((sum, { statements }) => sum + statements.length, 0);

/**
 * The statements of each journey on warm connections, counted between a server and PostgreSQL. What a
 * server executes by the clock comes between now and then, so the shortest of some tries counts.
 */
export async function countStatements(
  start: (ground: Ground) => Promise<Server>,
  { databaseUrl, mailUrl }: Ground,
  post: PostOffice,
  queue: Queue,
): Promise<Record<JourneyName, Steps>> {
  const counter = await startStatementCounter(databaseUrl);
  try {
    const server = await start({ databaseUrl: counter.url, mailUrl });
    try {
      const journeys = createJourneys(server.url, post, queue);
      const shown: Record<JourneyName, Steps> = { known: [], new: [] };
      for (const name of journeyNames) {
        for (let n = 0; n < WARM_UP; n += 1) await journeys.go(name);
        const tries: Steps[] = [];
        for (let n = 0; n < TRIES; n += 1) {
          await settled(counter.take);
          const steps: Steps = [];
          const after = async (step: string) =>
            void steps.push({ step, statements: await settled(counter.take) });
          await journeys.go(name, { after });
          tries.push(steps);
        }
        shown[name] = tries.sort((one, other) => countOf(one) - countOf(other))[0] ?? [];
      }
      return shown;
    } finally {
      await server.stop();
    }
  } finally {
    await counter.close();
  }
}

/** What is executed until nothing more is. */
async function settled(take: () => Statement[]): Promise<Statement[]> {
  const all = take();
  for (;;) {
    await pause(QUIET_MS);
    const more = take();
    if (more.length === 0) return all;
    all.push(...more);
  }
}
