import type { CaseState } from "@/lib/account/rules/case-states";
import { DOCUMENTS_PER_CASE, STORY_MAX_LENGTH, WRITTEN_MAX_LENGTH } from "@/lib/cases/rules/limits";

/** Whether a sent case takes something more from who sent it: until staff have agreed or it is over. */
export const takesMore = (state: CaseState): boolean => state === "open" || state === "needs-more";

/** How many characters one more answer can have, below so many that are written. */
export const roomForAnswer = (written: number): number =>
  Math.max(0, Math.min(STORY_MAX_LENGTH, WRITTEN_MAX_LENGTH - written));

export type AnswerVerdict = { kind: "answer" } | { kind: "empty" | "too-long" | "full" | "over" };

/**
 * Whether a message to a sent case is taken.
 *
 * @param facts.length of the message; facts.written of all there is, in characters
 */
export function judgeAnswer(facts: {
  state: CaseState;
  length: number;
  written: number;
}): AnswerVerdict {
  if (!takesMore(facts.state)) return { kind: "over" };
  if (facts.length === 0) return { kind: "empty" };
  if (facts.length > STORY_MAX_LENGTH) return { kind: "too-long" };
  return facts.length > roomForAnswer(facts.written) ? { kind: "full" } : { kind: "answer" };
}

/** Whether one more document has room. */
export const hasRoom = (documents: number): boolean => documents < DOCUMENTS_PER_CASE;
