import { type FailureReason, readFailureReason } from "@/lib/mail/rules/failure-reason";
import { isReachedState, mailStates, type ReachedState } from "@/lib/mail/rules/mail-state";

/** A state that a mail reached, as it is stored. */
export type StoredChange = {
  state: string;
  at: Date;
  source: string;
  channel: string | null;
  reason: string | null;
  status: string | null;
  words: string | null;
};

/** Who says that a mail reached a state. */
const sources = ["hand-over", "webhook", "look", "return-mail", "mark"] as const;

/** A step on a mail's way: what it reached, when, and who says so in which words. */
export type WayStep = {
  state: ReachedState;
  at: Date;
  /** Since it was made; at least one. */
  seconds: number;
  source: (typeof sources)[number];
  channel: string | null;
  /** Of a refusal. */
  reason: FailureReason;
  status: string | null;
  words: string | null;
};

const plainlyAccepted = {
  ...{ state: "accepted", source: "hand-over", channel: null, reason: null },
  ...{ status: null, words: null },
};

/** The way of a mail by a moment, in the order in which states rise; what another version noted is left out. */
export function wayOf(
  {
    createdAt,
    sentAt,
    changes,
  }: { createdAt: Date; sentAt: Date | null; changes: readonly StoredChange[] },
  now: Date,
): WayStep[] {
  const noted = [...changes];
  // What a version sent that noted no changes.
  if (sentAt !== null && !changes.some(({ state }) => state === "accepted")) {
    noted.push({ ...plainlyAccepted, at: sentAt });
  }
  const steps = noted.flatMap(({ state, source, reason, ...change }): WayStep[] => {
    if (!isReachedState(state) || change.at > now) return [];
    const after = (change.at.getTime() - createdAt.getTime()) / 1000;
    return [
      {
        ...change,
        state,
        seconds: Math.max(1, Math.round(after)),
        source: sources.find((known) => known === source) ?? "webhook",
        reason: readFailureReason(reason) ?? "other",
      },
    ];
  });
  const rank = ({ state }: WayStep) => mailStates.indexOf(state);
  return steps.toSorted((one, other) => rank(one) - rank(other));
}
