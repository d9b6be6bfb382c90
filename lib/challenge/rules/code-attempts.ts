import { WRONG_ATTEMPT_MEMORY_MINUTES } from "@/lib/challenge/rules/limits";
import { afterMinutes } from "@/lib/moments";

/** What is on record about wrong codes for one account (or sign-up address) from one network. */
export type AttemptRecord = {
  wrong: number;
  lastWrongAt: Date;
  blockedAt: Date | null;
  blockedUntil: Date | null;
  blockBecause: string | null;
  blockReference: string | null;
};

/**
 * What led to a block: wrong codes; wrong answers of one browser at a known place, which blocks that browser
 * there alone, or of a trusted browser, wherever it is; or the customer's word that a sign-in from there was
 * not theirs.
 */
export const blockCauses = [
  ...(["wrong-codes", "wrong-codes-in-browser", "wrong-codes-in-trusted-browser"] as const),
  "not-me",
] as const;
export type BlockCause = (typeof blockCauses)[number];

/** Reads a stored cause; one that is none of ours is read as the first. */
export const blockCause = (stored: string | null): BlockCause =>
  blockCauses.find((cause) => cause === stored) ?? "wrong-codes";

/** A block that holds now. Its end never moves. */
export type Block = { since: Date; until: Date; reference: string; because: BlockCause };

/** The wrong attempts that still count, and the block if one holds. */
export type LiveAttempts = { wrong: number; block: Block | null };

/** Rule 6: attempts are forgotten after a block has ended and after an hour without another one. */
export function liveAttempts(record: AttemptRecord | null, now: Date): LiveAttempts {
  if (record === null) return { wrong: 0, block: null };
  if (record.blockedUntil !== null) {
    if (record.blockedUntil <= now) return { wrong: 0, block: null };
    const block = {
      since: record.blockedAt ?? record.lastWrongAt,
      until: record.blockedUntil,
      reference: record.blockReference ?? "",
      because: blockCause(record.blockBecause),
    };
    return { wrong: record.wrong, block };
  }
  const forgottenAt = afterMinutes(record.lastWrongAt, WRONG_ATTEMPT_MEMORY_MINUTES);
  return { wrong: forgottenAt <= now ? 0 : record.wrong, block: null };
}
