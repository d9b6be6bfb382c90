import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type CleanUps, quiet } from "@/bench/clean-ups";
import { describeRun } from "@/bench/machine";
import { asUpstream, findNginx, onPorts, readmeBlocks, startNginx } from "@/bench/nginx";
import { startLoad, type Tally } from "@/bench/steady-load";
import { formOf, Visitor } from "@/bench/visitor";
import { ensureBuilt } from "@/lib/building/build.mjs";
import { startEmbeddedDatabase } from "@/lib/embedded-database/embedded-database.mjs";
import { makeTestDirectory, removeTestDirectory } from "@/lib/embedded-database/test-directory.mjs";
import { OperatorError } from "@/lib/machine/operator-error.mjs";
import { root } from "@/lib/machine/project.mjs";
import { withoutSettings } from "@/lib/machine/settings-names.mjs";
import { freePort } from "@/lib/testing/free-port";

const around = 3_000;

type Process = { restart(): Promise<void>; stop(): Promise<void> };

async function startProcess(port: number, settings: Record<string, string>): Promise<Process> {
  const log = createWriteStream(join(settings.DATA_DIR ?? "", `${port}.log`), { flags: "a" });
  const begin = async () => {
    const child = spawn(
      process.execPath,
      [join(root, "scripts", "start.mjs"), "--until-stdin-ends"],
      {
        env: { ...withoutSettings(process.env), ...settings, PORT: String(port) },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
    // As an operator should: the next one is not touched before this one is healthy.
    while (!(await isHealthy(port))) {
      if (isOver)
        throw new Error(`A server did not start: ${join(settings.DATA_DIR ?? "", `${port}.log`)}`);
      await pause(50);
    }
    return async () => {
      child.kill("SIGTERM");
      await ended;
    };
  };
  let end = await begin();
  return {
    async restart() {
      await end();
      end = await begin();
    },
    stop: () => end(),
  };
}

const isHealthy = (port: number) =>
  fetch(`http://127.0.0.1:${port}/api/health`).then(
    (answer) => answer.ok,
    () => false,
  );

async function hiddenFields(port: number): Promise<[string, string][]> {
  const page = await new Visitor(`http://127.0.0.1:${port}`).open("/login");
  return formOf(page, "Sign in").hidden;
}

async function underLoad(port: number, processes: Process[], between: number): Promise<Tally> {
  const load = startLoad(port, await hiddenFields(port));
  await pause(around);
  for (const [index, one] of processes.entries()) {
    if (index > 0) await pause(between);
    await one.restart();
  }
  await pause(around);
  return load.stop();
}

function row(name: string, tally: Tally): string {
  const kinds = [...tally].sort(([a], [b]) => a.localeCompare(b));
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  const lost = kinds.reduce((sum, [kind, count]) => sum + (/[23]\d\d$/.test(kind) ? 0 : count), 0);
  return `| ${name} | ${all} | ${lost} | ${kinds.map(([kind, count]) => `${kind}: ${count}`).join(", ")} |`;
}

/**
 * Restarts two processes one after the other behind nginx, while 30 requests a second come, a third of
 * them sign-ins, and prints how many were not answered: with README's block for one process as an
 * upstream of two, and with its block for several. Throws an `OperatorError` without nginx.
 *
 * @param only part of the name of what is measured; empty: all
 */
export async function measureRollingRestarts(only: string, cleanUps: CleanUps): Promise<void> {
  const program = findNginx();
  if (program === undefined)
    throw new OperatorError("nginx is missing: apt-get install nginx-light, or nginx.");
  await ensureBuilt();
  const { one, several } = readmeBlocks();
  const directory = makeTestDirectory("portaria-rolling-");
  const dataDir = makeTestDirectory("portaria-rolling-");
  for (const made of [directory, dataDir]) cleanUps.add(() => removeTestDirectory(made));
  const database = await startEmbeddedDatabase({ dataDir: directory, durable: false, log: quiet });
  cleanUps.add(database.stop);
  const ports: [number, number] = [await freePort(), await freePort()];
  const listen = await freePort();
  const settings = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    AUTH_SECRET: randomBytes(33).toString("base64"),
    APP_URL: `http://localhost:${listen}`,
    TRUSTED_PROXIES: "127.0.0.0/8",
    SIGNUPS_PER_HOUR: "1000",
    WORKER: "off",
  };
  const processes: Process[] = [];
  for (const port of ports) {
    const started = await startProcess(port, settings);
    cleanUps.add(started.stop);
    processes.push(started);
  }
  const runs = [
    { name: "the block for one, as an upstream of two", block: asUpstream(one), between: 0 },
    { name: "the same, 12 s between", block: asUpstream(one), between: 12_000 },
    { name: "the block for several", block: several, between: 0 },
  ].filter(({ name }) => name.includes(only));
  console.log(describeRun("npm run bench -- rolling-restart"));
  console.log("\n| nginx | requests | not answered | by kind |\n| --- | --- | --- | --- |");
  for (const { name, block, between } of runs) {
    const nginx = await startNginx(program, onPorts(block, listen, ports), listen);
    const stop = cleanUps.add(nginx.stop);
    console.log(row(name, await underLoad(listen, processes, between)));
    if (process.env.BENCH_ERRORS) console.log(nginx.errors());
    await stop();
  }
}
