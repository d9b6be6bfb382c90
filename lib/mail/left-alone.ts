/** Mails that are left alone for some time, by their ids. */
export type LeftAlone = {
  add(id: string): void;
  /** Those whose time is not over. */
  ids(): string[];
  readonly size: number;
};

/** Leaves each mail alone for so many milliseconds. */
export function leaveAloneFor(ms: number): LeftAlone {
  const until = new Map<string, number>();
  return {
    add: (id) => until.set(id, performance.now() + ms),
    ids() {
      const at = performance.now();
      for (const [id, end] of until) if (end <= at) until.delete(id);
      return [...until.keys()];
    },
    get size() {
      return until.size;
    },
  };
}
