import { readClock } from "@/lib/clock";
import { disconnectDatabase } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { isStillThere, ownPidSpace } from "@/lib/heartbeat/own-process";
import { judgeWorker, type WorkerVerdict } from "@/lib/heartbeat/rules/judge-worker";
import { findLastReason, findProcesses, findQueue } from "@/lib/heartbeat/store";
import { differenceText } from "@/lib/heartbeat/troubles";
import { log } from "@/lib/log/log";
import { OperatorError, printFault } from "@/lib/machine/operator-error.mjs";
import { findDatabase } from "@/lib/start/find-database";
import { reachDatabase } from "@/lib/start/reach-database";

const ANSWER_MS = 10_000;

/**
 * Says in one sentence how the workers of this machine or container do, or the one of a pid; the process
 * ends with 0 if all is well, and with 1 if not, also where the database does not answer in time.
 * Changes nothing.
 */
export async function reportWorkerHealth(pid: number | null): Promise<void> {
  // Standard output is for the answer.
  log.level = "silent";
  const late = setTimeout(() => {
    console.error("The database has not answered within 10 seconds.");
    process.exit(1);
  }, ANSWER_MS);
  try {
    const databaseUrl = findDatabase("the worker's health check");
    await reachDatabase(databaseUrl, { patienceMilliseconds: 0 });
    process.stdout.write(`${await workerHealth(pid)}\n`);
    process.exitCode = 0;
  } catch (error) {
    printFault(error);
    process.exitCode = 1;
  } finally {
    clearTimeout(late);
    await disconnectDatabase();
  }
}

/**
 * One sentence about the workers of this machine.
 *
 * @param pid only that one; null: all of them
 * @throws OperatorError with the sentence of the first that is not well, or that there is none
 */
export async function workerHealth(pid: number | null): Promise<string> {
  const { codeLifetimeMinutes } = env();
  const [queue, processes] = [
    await findQueue(readClock(), codeLifetimeMinutes),
    await findProcesses(),
  ];
  const here = ownPidSpace();
  // A web process that also runs the jobs has /api/health?deep.
  const workers = processes
    .filter((one) => one.pidSpace === here && one.runsJobs && !one.servesPages && !one.hasStopped)
    .filter((one) => isStillThere(one) && (pid === null || one.pid === pid));
  const verdicts = workers.map((worker) =>
    judgeWorker(worker, { processes, queue, codeLifetimeMinutes }),
  );
  const bad = verdicts.find(({ kind }) => kind !== "well");
  const [first] = verdicts;
  if (bad !== undefined) throw new OperatorError(await sentenceOf(bad));
  if (first === undefined) {
    const which = pid === null ? "No worker" : `No worker with the process number ${pid}`;
    throw new OperatorError(`${which} runs on this machine, or in this container.`);
  }
  if (verdicts.length > 1) return `All ${verdicts.length} workers here are well.`;
  return sentenceOf(first);
}

async function sentenceOf(verdict: WorkerVerdict): Promise<string> {
  const named = `The worker (process ${verdict.worker.pid})`;
  switch (verdict.kind) {
    case "well":
      return `${named} is well; ${verdict.waiting} code mails wait.`;
    case "silent":
      return `${named} has given no sign of life for ${Math.floor(verdict.seconds)} seconds: it hangs, or cannot reach the database.`;
    case "other-settings": {
      const { host, pid } = verdict.other;
      const list = verdict.differences.map(differenceText).join(", ");
      return `${named} has other settings than the web process on ${host} (process ${pid}): ${list}; give both the same.`;
    }
    case "failing": {
      const reason = (await findLastReason()) ?? "the log says why";
      return `${named} cannot send: ${verdict.tries} tries in ${Math.floor(verdict.seconds)} seconds have failed and none was taken (${reason}).`;
    }
    case "idle":
      return `${named} does not take up what there is to send: a code mail has waited ${Math.floor(verdict.seconds)} seconds untried.`;
  }
}
