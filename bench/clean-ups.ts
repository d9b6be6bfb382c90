/** What a run started and made, to be ended and removed in the opposite order, whatever ends the run. */
export type CleanUps = {
  /** Returns what does it before the run ends, and then not once more. */
  add(end: () => unknown): () => Promise<void>;
  run(): Promise<void>;
};

export function createCleanUps(): CleanUps {
  const ends: (() => unknown)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
      try {
        await end();
      } catch (error) {
        console.error(error);
      }
    }
  };
  return {
    add(end) {
      ends.push(end);
      return async () => {
        const index = ends.indexOf(end);
        if (index < 0) return;
        ends.splice(index, 1);
        await end();
      };
    },
    run() {
      running ??= runAll();
      return running;
    },
  };
}

/** A log for an embedded database: only what goes wrong. */
export const quiet = { info() {}, warn() {}, error: console.error };
