/** Something that runs until it is stopped, or ends by itself when it failed. */
export type Running = { ended: Promise<unknown>; stop(): Promise<unknown> };

/**
 * Starts something again whenever it ends, after 1, 2, 4, … seconds, at most `longestPauseMs`.
 *
 * @param start may reject; that counts as an end
 * @param onEnd hears of each end that nobody asked for
 */
export function keepRunning(
  start: () => Promise<Running>,
  onEnd: (error: unknown) => void,
  longestPauseMs = 15_000,
): { stop(): Promise<void> } {
  let stopping = false;
  let current: Running | null = null;
  let wake: () => void = () => undefined;
  let ends = 0;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function once(): Promise<void> {
    const running = await start();
    current = running;
    if (stopping) await running.stop().catch(() => undefined);
    await running.ended;
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      const startedAt = Date.now();
      let cause: unknown;
      try {
        await once();
      } catch (error) {
        cause = error;
      }
      current = null;
      if (stopping) return;
      onEnd(cause);
      ends = Date.now() - startedAt > 60_000 ? 0 : ends + 1;
      await pause(Math.min(longestPauseMs, 1_000 * 2 ** Math.min(ends - 1, 10)));
    }
  }

  const looping = loop();
  return {
    async stop() {
      stopping = true;
      wake();
      // What has just ended by itself may refuse to be stopped.
      await current?.stop().catch(() => undefined);
      await looping;
    },
  };
}
