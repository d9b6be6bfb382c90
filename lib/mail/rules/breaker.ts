/**
 * Whether mail is handed to a way out. Closed: it is, and these mails failed there in a row. Open: it is not
 * until a moment, and then one mail as a trial. Tried: that trial is under way, or was lost with its try.
 * Moments and pauses are in milliseconds.
 */
export type Breaker =
  | { state: "closed"; failed: readonly string[] }
  | { state: "open" | "tried"; until: number; pauseMs: number };

/** One that nothing failed at. */
export const closedBreaker: Breaker = { state: "closed", failed: [] };

/** So many mails must fail in a row: what fails with one mail alone says nothing of the way. */
const FAILURES_TO_OPEN = 3;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** A trial that has not ended by then is lost. */
const TRIAL_MS = 15_000;

/** Whether a mail may be handed to it now: any, one as a trial, or none. */
export type Admission = "any" | "one" | "none";

export function admissionOf(breaker: Breaker, now: number): Admission {
  if (breaker.state === "closed") return "any";
  return now >= breaker.until ? "one" : "none";
}

/** The breaker once a mail is handed over. */
export function afterHandOver(breaker: Breaker, now: number): Breaker {
  if (admissionOf(breaker, now) !== "one") return breaker;
  return { ...breaker, state: "tried", until: now + TRIAL_MS } as Breaker;
}

/**
 * The breaker once something was heard of a mail that was handed over.
 *
 * @param heard that the way took it, or answered for this mail's recipient alone; or that it failed, in
 *   whatever way that any mail might have
 */
export function afterAnswer(
  breaker: Breaker,
  { mailId, heard, now }: { mailId: string; heard: "works" | "failed"; now: number },
): Breaker {
  if (heard === "works") return closedBreaker;
  if (breaker.state === "closed") {
    const failed = [...new Set([...breaker.failed, mailId])];
    if (failed.length < FAILURES_TO_OPEN) return { state: "closed", failed };
    return { state: "open", until: now + FIRST_PAUSE_MS, pauseMs: FIRST_PAUSE_MS };
  }
  // What was handed over before it opened says nothing new.
  if (breaker.state === "open") return breaker;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, breaker.pauseMs * 2);
  return { state: "open", until: now + pauseMs, pauseMs };
}
