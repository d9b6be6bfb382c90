import { availableParallelism } from "node:os";
import type { BenchCommand } from "@/bench/arguments";
import type { CleanUps } from "@/bench/clean-ups";
import { countStatements, type Steps } from "@/bench/count-statements";
import { byServer, prepareGrounds, type ServerName, serverNames, starts } from "@/bench/grounds";
import { createJourneys, type JourneyName, journeyNames, titles } from "@/bench/journeys";
import { type Load, load, type Measured } from "@/bench/load";
import { firstByteOf, type PageWeight, weighPages } from "@/bench/page-weight";
import { residentMiB } from "@/bench/process-tree";
import type { Server } from "@/bench/servers";

type Options = Extract<BenchCommand, { kind: "journeys" }>;

export const crowds = [1, 8, 32] as const;

/** All that a run has shown; of each server a figure for each round. */
export type Shown = {
  loads: { server: ServerName; name: JourneyName; visitors: number; round: number; load: Load }[];
  firstAnswerMs: Record<ServerName, number[]>;
  firstByteMs: Record<ServerName, number[]>;
  memoryMiB: Record<ServerName, number>;
  statements: Record<ServerName, Record<JourneyName, Steps>>;
  pages: Record<string, PageWeight>;
};

const WARM_UP_SECONDS = 3;
/** Flows a second and core beyond which no machine is expected to go with this hash. */
const FASTEST = 100;

/** Measures floor and product in turn, and says on the way how far it is. */
export async function compare(options: Options, cleanUps: CleanUps): Promise<Shown> {
  const { rounds, seconds } = options;
  const warmUp = Math.min(WARM_UP_SECONDS, seconds);
  const time = rounds * seconds * crowds.length * journeyNames.length + 2 * warmUp;
  const accounts = 1_000 + Math.ceil(time * FASTEST * availableParallelism());

  const { post, of, databasePid } = await prepareGrounds(accounts, options.database, cleanUps);

  const running = new Map<ServerName, Server>();
  for (const name of serverNames) cleanUps.add(() => running.get(name)?.stop());
  const firstAnswerMs = byServer((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const name of serverNames) {
      await running.get(name)?.stop();
      running.delete(name);
      const server = await starts[name](of[name]);
      running.set(name, server);
      firstAnswerMs[name].push(server.firstAnswerMs);
      console.error(`start of the ${name}: ${server.firstAnswerMs.toFixed(0)} ms`);
    }

  const measured = byServer((name): Measured => {
    const server = running.get(name) as Server;
    const journeys = createJourneys(server.url, post, of[name].queue);
    return { server, post, databasePid, journeys };
  });
  for (const name of serverNames) await measured[name].journeys.mustRefuse();
  console.error("both refuse a wrong password, a wrong code and a session that was made up");

  for (const name of serverNames)
    for (const journey of journeyNames) await load(measured[name], journey, 8, warmUp);

  const loads: Shown["loads"] = [];
  const firstByteMs = byServer((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    // Nobody always comes after the same one.
    const turn = round % 2 === 0 ? serverNames : serverNames.toReversed();
    for (const name of turn) firstByteMs[name].push(await firstByteOf(measured[name].server.url));
    for (const visitors of crowds)
      for (const name of journeyNames)
        for (const server of turn) {
          const one = await load(measured[server], name, visitors, seconds);
          loads.push({ server, name, visitors, round, load: one });
          console.error(lineOf(round, server, name, visitors, one));
        }
  }
  const memoryMiB = byServer((name) => residentMiB(measured[name].server.pid));
  const pages = await weighPages(measured.product.server.url, post);

  const statements = byServer((): Record<JourneyName, Steps> => ({ known: [], new: [] }));
  for (const name of serverNames) {
    await running.get(name)?.stop();
    running.delete(name);
    statements[name] = await countStatements(starts[name], of[name], post);
  }
  return { loads, firstAnswerMs, firstByteMs, memoryMiB, statements, pages };
}

const lineOf = (round: number, server: ServerName, name: JourneyName, at: number, one: Load) =>
  `round ${round + 1}, ${titles[name]}, ${at} at once, ${server}: ${one.rate.toFixed(1)} a second, ` +
  `p50 ${one.p50.toFixed(0)} ms, p99 ${one.p99.toFixed(0)} ms, CPU ${one.cpuMs.toFixed(1)} ms, ` +
  `others ${one.otherCores.toFixed(2)} cores`;
