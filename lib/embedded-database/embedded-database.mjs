import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import {
  lockDataDirectory,
  prepareDataDirectory,
  publishDatabaseUrl,
  withdrawDatabaseUrl,
} from "../data-directory/data-directory.mjs";
import { closeSecrets, readSecrets } from "../data-directory/secrets.mjs";
import { nameHolder } from "../machine/file-lock.mjs";
import { OperatorError } from "../machine/operator-error.mjs";
import { dropForeignSettings } from "../machine/settings-names.mjs";
import { databaseAccount } from "./account.mjs";
import { findBinaries, reachableBinaries } from "./binaries.mjs";
import { clusterOwner, ensureCluster } from "./cluster.mjs";
import { explainFailure } from "./explain-failure.mjs";
import { startServer } from "./guard.mjs";
import { clearLeftover } from "./leftover.mjs";

const database = "portaria";
const startAttempts = 20;
const restartPauseMillisecondsAtMost = 30_000;

/**
 * Runs the real PostgreSQL from npm on `DATA_DIR/postgres`, on a free port of 127.0.0.1, and takes
 * the directory's lock. Restarts the server when it dies by itself. `stop()` resolves once every
 * process is gone. What an operator can mend is thrown as an `OperatorError`, one sentence.
 * @param {{ dataDir: string, durable?: boolean, log: { info(text: string): void, warn(text: string): void, error(text: string): void } }} options
 *   durable: false forgoes fsync, for tests
 * @returns {Promise<{ url: string, isNew: boolean, stop(): Promise<void> }>} isNew: made by this start
 */
export async function startEmbeddedDatabase({ dataDir, durable = true, log }) {
  // Our own client would take them as much as PostgreSQL's programs.
  dropForeignSettings();
  const directory = prepareDataDirectory(dataDir);
  const lock = await lockDataDirectory(directory, { log, onLost: (other) => giveUp(other, log) });
  try {
    withdrawDatabaseUrl(directory);
    // A damaged file is reported before anything is made beside it.
    readSecrets(directory);
    closeSecrets(directory);
    const { claim, ...made } = await openCluster(directory, { durable, log });
    try {
      const running = await runDatabase(directory, made, log);
      return {
        url: running.url,
        isNew: made.isNew,
        async stop() {
          await running.stop();
          withdrawDatabaseUrl(directory);
          claim.release();
          lock.release();
        },
      };
    } catch (error) {
      claim.release();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

// Two servers on one directory destroy it, and the other one believes that we are dead.
function giveUp(other, log) {
  log.error(`DATA_DIR was taken over by ${nameHolder(other)}, so this server stops.`);
  process.kill(process.pid, "SIGTERM");
}

async function openCluster(directory, { durable, log }) {
  const found = findBinaries();
  const account = databaseAccount(clusterOwner(directory));
  const binaries = reachableBinaries(found, account, log);
  const options = { dataDir: directory, binaries, major: found.major, account, durable, log };
  const made = await ensureCluster(options);
  const logFile = join(directory, "postgres.log");
  return { ...made, serverLock: made.claim.serverLock, binaries, account, durable, logFile };
}

async function runDatabase(directory, server, log) {
  const { port, running } = await startOnFreePort(server, log);
  const supervisor = supervise(running, () => startOnce({ ...server, port }, log), log);
  const url = `postgresql://postgres:${server.password}@127.0.0.1:${port}/${database}`;
  try {
    await createDatabase(url);
    publishDatabaseUrl(directory, url);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  return { url, stop: () => supervisor.stop() };
}

async function startOnFreePort(server, log) {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const running = await startOnce({ ...server, port }, log);
    if (!running.failure) return { port, running };
    if (attempt >= startAttempts || !isPassing(running.failure))
      throw new OperatorError(
        `The embedded PostgreSQL does not start on ${server.cluster}: ${explainFailure(running.failure)}`,
      );
    await pause(250);
  }
}

async function startOnce(server, log) {
  await clearLeftover(server.cluster, log);
  return startServer(server);
}

// Another program was quicker with the port, or the last sessions of a killed server are still ending.
function isPassing(failure) {
  return /could not bind|Address already in use|pre-existing shared memory|still in use/i.test(
    failure,
  );
}

function supervise(first, start, log) {
  let running = first;
  const stopping = new AbortController();
  const ended = (async () => {
    for (let wait = 100; ; wait = Math.min(wait * 2, restartPauseMillisecondsAtMost)) {
      if (running.failure) {
        log.error(`PostgreSQL did not start again: ${explainFailure(running.failure)}`);
      } else {
        const since = performance.now();
        const how = await running.exited;
        if (stopping.signal.aborted) return;
        if (performance.now() - since > restartPauseMillisecondsAtMost) wait = 100;
        log.error(`PostgreSQL ended by itself (${how}) and is started again.`);
      }
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      running = await start().catch((error) => ({ failure: error.message }));
      if (!running.failure) log.info("PostgreSQL runs again.");
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running.stop?.();
      await ended;
      // A restart may have been under way while we asked the server before it to stop.
      await running.stop?.();
    },
  };
}

async function createDatabase(url) {
  const client = new pg.Client({ connectionString: url.replace(/[^/]+$/, "postgres") });
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [
      database,
    ]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } catch (error) {
    throw refused(error);
  } finally {
    await client.end();
  }
}

// The data are there and the file is of another time: only this line of it is to go.
function refused(error) {
  const wrongPassword = error.code === "28P01";
  return new OperatorError(
    wrongPassword
      ? "The embedded PostgreSQL refuses the password of DATA_DIR/secrets.json, which is of another backup: take the line databasePassword out of that file, and the next start sets a new one; all else stays."
      : `The embedded PostgreSQL refuses us: ${explainFailure(error.message)}`,
  );
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
