import { parentPort, workerData } from "node:worker_threads";

// In a thread of its own: how long the load generator takes to notice an answer must not count.
const everyMilliseconds = 100;
const times = [];
const asked = new Set();
const ask = () => {
  const startedAt = performance.now();
  const done = fetch(workerData, { signal: AbortSignal.timeout(30_000) }).then(
    async (answer) => {
      await answer.text();
      times.push({ ok: answer.ok, milliseconds: performance.now() - startedAt });
    },
    () => times.push({ ok: false, milliseconds: performance.now() - startedAt }),
  );
  asked.add(done);
};
const timer = setInterval(ask, everyMilliseconds);
parentPort.once("message", async () => {
  clearInterval(timer);
  await Promise.all(asked);
  parentPort.postMessage(times);
});
