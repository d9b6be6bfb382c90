import { randomUUID } from "node:crypto";
import { ftruncateSync, readFileSync, statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { ourselves, writeInto } from "../machine/file-lock.mjs";
import { machineId, processStart } from "../machine/process-identity.mjs";

const beatMilliseconds = 5_000;
// Nobody's clock is that wrong.
const staleMilliseconds = 10 * 60_000;

/**
 * What still writes into the lock file at `path`; undefined when nothing does. Kernel locks may end
 * at the machine's border: another one, which shares the directory over a network, is known by its
 * beat.
 *
 * @param {string} path
 * @param {{ sure: boolean, log: { info(text: string): void }, patienceMilliseconds?: number }} options
 *   sure: our own kernel's lock speaks for all on this machine
 */
export async function livingElsewhere(path, { sure, log, patienceMilliseconds = 20_000 }) {
  const before = read(path);
  if (before.holder === undefined) return undefined;
  const { host, machine, pid, start } = before.holder;
  // Versions before the lock of the kernel left their process and its start alone.
  if (machine === undefined)
    return start && processStart(pid) === start ? { ...ourselves(), pid } : undefined;
  if (sure && machine === machineId()) return undefined;
  if (Date.now() - statSync(path).mtimeMs > staleMilliseconds) return undefined;
  log.info(
    `${path} names a server on ${host}, before a restart of this machine or on another one: ${patienceMilliseconds / 1000} seconds will show whether it still runs.`,
  );
  const end = performance.now() + patienceMilliseconds;
  while (performance.now() < end) {
    await pause(250);
    const now = read(path);
    if (now.holder !== undefined && now.text !== before.text) return now.holder;
  }
  return undefined;
}

/**
 * Writes into the open lock file every five seconds that we live, until `stop()`, which leaves it
 * empty. `onLost(holder)` is called once if another has written there instead.
 */
export function startBeating({ path, fd, onLost }) {
  const id = randomUUID();
  let count = 0;
  const beat = () => writeInto(fd, JSON.stringify({ ...ourselves(), id, beat: count++ }));
  const intruder = () => {
    const { holder } = read(path);
    return holder !== undefined && holder.id !== id ? holder : undefined;
  };
  beat();
  const timer = setInterval(() => {
    const other = intruder();
    if (other !== undefined) {
      clearInterval(timer);
      onLost(other);
      return;
    }
    try {
      beat();
    } catch {
      // A full disk or a network that is away: the next beat may get through.
    }
  }, beatMilliseconds);
  timer.unref();
  return {
    intruder,
    stop() {
      clearInterval(timer);
      if (intruder() === undefined) ftruncateSync(fd);
    },
  };
}

function read(path) {
  try {
    const text = readFileSync(path, "utf8");
    const holder = JSON.parse(text);
    return Number.isInteger(holder?.pid) ? { text, holder } : { text };
  } catch {
    return {};
  }
}
