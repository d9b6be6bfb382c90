import { setTimeout as pause } from "node:timers/promises";
import type { CleanUps } from "@/bench/clean-ups";
import { type Ground, prepareGrounds, starts } from "@/bench/grounds";
import { createJourneys, type JourneyName, journeyNames, titles } from "@/bench/journeys";
import { describeRun } from "@/bench/machine";
import type { PostOffice } from "@/bench/post-office";
import type { Server } from "@/bench/servers";
import {
  type Statement,
  type StatementCounter,
  startStatementCounter,
} from "@/bench/statement-counter";

/** What was executed up to each answer of a journey and just after it, jobs and mails included. */
export type Steps = {
  step: string;
  statements: Statement[];
  /** Executions beside these of what an idle server executes too, such as a look for jobs. */
  byClock: number;
}[];

const WARM_UP = 4;
const TRIES = 5;
/** What an answer leaves to be done is done when nothing has been executed for so long. */
const QUIET_MS = 300;
/** Longer than any pause of what the product does by the clock while nobody comes. */
const IDLE_MS = 7_000;

export const countOf = (steps: Steps) =>
  steps.reduce((sum, { statements }) => sum + statements.length, 0);

/**
 * The statements of each journey on warm connections, counted between a server and PostgreSQL; of some
 * tries the shortest.
 */
export async function countStatements(
  start: (ground: Ground) => Promise<Server>,
  ground: Ground,
  post: PostOffice,
): Promise<Record<JourneyName, Steps>> {
  const counter = await startStatementCounter(ground.databaseUrl);
  try {
    const server = await start({ ...ground, databaseUrl: counter.url });
    try {
      const journeys = createJourneys(server.url, post, ground.queue);
      for (const name of journeyNames) for (let n = 0; n < WARM_UP; n += 1) await journeys.go(name);
      const shown: Record<JourneyName, Steps> = { known: [], new: [] };
      const idle = await idleTexts(counter);
      for (const name of journeyNames) shown[name] = await shortest(() => watch(name));
      return shown;

      async function watch(name: JourneyName): Promise<Steps> {
        const steps: Steps = [];
        counter.take();
        const after = async (step: string) => void steps.push({ step, ...(await settled(idle)) });
        await journeys.go(name, { after });
        return steps;
      }
    } finally {
      await server.stop();
    }
  } finally {
    await counter.close();
  }

  /** What is executed until nothing more is. */
  async function settled(idle: ReadonlySet<string>) {
    const statements: Statement[] = [];
    let byClock = 0;
    for (let isNew = true; isNew; ) {
      await pause(QUIET_MS);
      const taken = counter.take();
      const own = taken.filter(({ sql }) => !idle.has(sql));
      isNew = own.length > 0;
      statements.push(...own);
      byClock += taken.length - own.length;
    }
    return { statements, byClock };
  }
}

async function idleTexts(counter: StatementCounter): Promise<Set<string>> {
  await pause(IDLE_MS);
  counter.take();
  await pause(IDLE_MS);
  return new Set(counter.take().map(({ sql }) => sql));
}

async function shortest(watch: () => Promise<Steps>): Promise<Steps> {
  const tries: Steps[] = [];
  for (let n = 0; n < TRIES; n += 1) tries.push(await watch());
  return tries.sort((one, other) => countOf(one) - countOf(other))[0] ?? [];
}

/** Prints the text of each statement of the product's journeys, by what it was executed for. */
export async function listStatements(cleanUps: CleanUps): Promise<void> {
  const { post, of } = await prepareGrounds(100, null, cleanUps);
  const journeys = await countStatements(starts.product, of.product, post);
  console.log(describeRun("npm run bench -- statements"));
  for (const name of journeyNames) {
    console.log(`\n${titles[name]}: ${countOf(journeys[name])}`);
    for (const { step, statements, byClock } of journeys[name]) {
      console.log(`\n  ${step} and what it leaves to be done: ${statements.length}`);
      if (byClock > 0) console.log(`  (and ${byClock} that an idle server executes too)`);
      for (const { sql } of statements) console.log(`    ${sql.replace(/\s+/g, " ").trim()}`);
    }
  }
}
