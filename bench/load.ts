import { Agent } from "node:http";
import { type JourneyName, type Journeys, titles } from "@/bench/journeys";
import type { PostOffice } from "@/bench/post-office";
import { busySeconds, cpuSeconds } from "@/bench/process-tree";
import type { Server } from "@/bench/servers";
import { OperatorError } from "@/lib/machine/operator-error.mjs";

/** What some seconds of load have shown. Times in milliseconds. */
export type Load = {
  flows: number;
  /** A second, until the last mail of theirs was taken too. */
  rate: number;
  p50: number;
  p99: number;
  /** Of the server's processes, for each flow with its mails. */
  cpuMs: number;
  /** Of PostgreSQL's processes. */
  databaseCpuMs: number;
  /** Of this process: visitors and provider. */
  ownCpuMs: number;
  /** Cores that programs with no part in this have used meanwhile. */
  otherCores: number;
};

/** Mails of the last flows are over when none has come for so long. */
const QUIET_MS = 500;

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

/**
 * So many visitors at once sign in, each somebody else, and the next one when one has arrived.
 *
 * @throws OperatorError when a flow does not end as it must: figures of such a run say nothing
 */
export async function load(
  { server, journeys, post, databasePid }: Measured,
  name: JourneyName,
  visitors: number,
  seconds: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors });
  const times: number[] = [];
  const before = used(server, databasePid);
  const begin = performance.now();
  const one = async () => {
    while (performance.now() - begin < seconds * 1000) {
      const from = performance.now();
      await journeys.go(name, { agent });
      times.push(performance.now() - from);
    }
  };
  try {
    await Promise.all(Array.from({ length: visitors }, one));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new OperatorError(
      `A sign-in at ${server.url} failed with ${visitors} at once (${titles[name]}): ${reason}`,
    );
  } finally {
    agent.destroy();
  }
  const arrivedAt = performance.now();
  if (name === "new") await post.quiet(QUIET_MS);
  const after = used(server, databasePid);
  const took = (Math.max(arrivedAt, post.lastAt()) - begin) / 1000;
  const watched = (performance.now() - begin) / 1000;
  const sorted = times.sort((a, b) => a - b);
  const flows = sorted.length;
  const part = (key: keyof typeof after) => after[key] - before[key];
  const each = (key: keyof typeof after) => (part(key) * 1000) / flows;
  return {
    flows,
    rate: flows / took,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    cpuMs: each("server"),
    databaseCpuMs: each("database"),
    ownCpuMs: each("own"),
    otherCores: Math.max(0, part("machine") - part("all")) / watched,
  };
}

/** A server under measurement, with whom it is asked by. */
export type Measured = {
  server: Server;
  journeys: Journeys;
  post: PostOffice;
  /** Of a PostgreSQL that runs here. */
  databasePid: number | null;
};

function used(server: Server, databasePid: number | null) {
  const database = databasePid === null ? [] : [databasePid];
  const { user, system } = process.cpuUsage();
  return {
    server: cpuSeconds(server.pid),
    database: cpuSeconds(...database),
    own: (user + system) / 1e6,
    all: cpuSeconds(process.pid, ...database),
    machine: busySeconds(),
  };
}
