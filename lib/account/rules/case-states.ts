/** How far a case has come. */
export const caseStates = [
  /** Being filled in; lapses after 24 hours. */
  "draft",
  /** Sent, and waiting for staff. */
  "open",
  /** Waiting for what staff asked for. */
  "needs-more",
  /** Agreed to; the change is carried out when the cooling time is over. */
  "approved",
  /** The change is carried out. */
  "done",
  "refused",
  /** Taken back by who asked. */
  "withdrawn",
  /** What staff asked for did not come in time. */
  "lapsed",
  /** The address got an account of its own before the change. */
  "taken",
  /** Another case of the same account was carried out. */
  "superseded",
  /** Of a lost second factor: the account had none any more when it was due. */
  "needless",
] as const;

export type CaseState = (typeof caseStates)[number];

/** The states in which staff still have something to decide or to wait for. */
export const liveStates = ["open", "needs-more", "approved"] as const satisfies CaseState[];

/** Reads a stored state. Throws for one that is none of ours. */
export function caseState(stored: string): CaseState {
  const state = caseStates.find((known) => known === stored);
  if (state === undefined) throw new TypeError(`A case cannot be ${stored}.`);
  return state;
}

/** Whether a case is sent and not over. */
export const isLive = (state: CaseState): boolean => liveStates.some((one) => one === state);
