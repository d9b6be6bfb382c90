/** How a process's tries to send mail went of late. Ages in milliseconds; null: the last one was taken. */
export type Tries = { failed: number; sinceFirstMs: number; sinceLastMs: number } | null;

// Says nothing of the mail service: nobody needs it, its own recipient's server never takes it, or somebody
// else said what became of it.
const saysNothing = new Set(["dropped", "refused", "settled"]);

let failing: { count: number; firstAt: number; lastAt: number } | null = null;

/**
 * Notes how the tries to send mail go, for the sign of life of this process.
 *
 * @param deliver tries once; resolves with how it ended, where "sent" means that the mail was taken
 */
export function noteTries<Given extends unknown[], Outcome extends string>(
  deliver: (...given: Given) => Promise<Outcome>,
): (...given: Given) => Promise<Outcome> {
  return async (...given) => {
    const outcome = await deliver(...given);
    if (outcome === "sent") failing = null;
    else if (!saysNothing.has(outcome)) {
      const at = performance.now();
      failing = { count: (failing?.count ?? 0) + 1, firstAt: failing?.firstAt ?? at, lastAt: at };
    }
    return outcome;
  };
}

/** The tries that failed since a mail was taken; null: none. */
export function triesSoFar(): Tries {
  if (failing === null) return null;
  const at = performance.now();
  const { count, firstAt, lastAt } = failing;
  return { failed: count, sinceFirstMs: at - firstAt, sinceLastMs: at - lastAt };
}
