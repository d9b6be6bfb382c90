import { type ChangeSource, readChangeSource } from "@/lib/mail/rules/change-source";
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

/** A step on a mail's way: what it reached, when, and who says so in which words. */
export type WayStep = {
  state: ReachedState;
  at: Date;
  /** Since it was made; at least one. */
  seconds: number;
  source: ChangeSource;
  channel: string | null;
  /** Of a refusal. */
  reason: FailureReason;
  status: string | null;
  words: string | null;
};

/** A mail, as far as its way goes by it. */
export type StoredMail = {
  state: string;
  createdAt: Date;
  sentAt: Date | null;
  changes: readonly StoredChange[];
};

// Of what a version sent that noted no changes.
const acceptedAt = (at: Date): StoredChange => ({
  ...{ state: "accepted", at, source: "hand-over", channel: null },
  ...{ reason: null, status: null, words: null },
});

/** The way of a mail by a moment, in the order in which states rise; what another version noted is left out. */
export function wayOf(
  { state: ended, createdAt, sentAt, changes }: StoredMail,
  now: Date,
): WayStep[] {
  const isSent = ended === "sent" && !changes.some(({ state }) => state === "accepted");
  const all = isSent ? [acceptedAt(sentAt ?? createdAt), ...changes] : changes;
  const steps = all.flatMap(({ state, source, reason, ...change }): WayStep[] => {
    if (!isReachedState(state) || change.at > now) return [];
    const after = (change.at.getTime() - createdAt.getTime()) / 1000;
    return [
      {
        ...change,
        state,
        seconds: Math.max(1, Math.round(after)),
        source: readChangeSource(source),
        reason: readFailureReason(reason) ?? "other",
      },
    ];
  });
  const rank = ({ state }: WayStep) => mailStates.indexOf(state);
  return steps.toSorted((one, other) => rank(one) - rank(other));
}
