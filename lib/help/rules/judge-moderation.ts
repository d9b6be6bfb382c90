/** How far a question has come. Only published ones are shown to anybody but staff. */
export const questionStates = ["waiting", "published", "declined"] as const;

export type QuestionState = (typeof questionStates)[number];

export type ModerationVerdict =
  | { kind: "decide" }
  /** Another member of staff was quicker. */
  | { kind: "over"; state: "published" | "declined" };

/** Reads a stored state. Throws for one that is none of ours. */
export function questionState(stored: string): QuestionState {
  const state = questionStates.find((known) => known === stored);
  if (state === undefined) throw new TypeError(`A question cannot be ${stored}.`);
  return state;
}

/** What is published can be taken back, to be put right or declined; nothing else can. */
export const canBeTakenBack = (state: QuestionState): boolean => state === "published";

/** A question is decided once: whoever comes second reads so, and changes nothing. */
export function judgeModeration(state: QuestionState): ModerationVerdict {
  return state === "waiting" ? { kind: "decide" } : { kind: "over", state };
}
