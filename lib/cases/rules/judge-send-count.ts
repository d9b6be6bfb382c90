import type { CaseProof } from "@/lib/cases/rules/judge-sending";
import { CASES_SENT_PER_HOUR, LIVE_CASES_WITHOUT_PROOF } from "@/lib/cases/rules/limits";
import { afterHours } from "@/lib/moments";

/** The cases that were sent before for the account, or for the address that has none. */
export type SendCountFacts = {
  now: Date;
  proof: CaseProof;
  /** When those of the last hour were sent, by who had proven as much; newest first. */
  sent: Date[];
  /** How many are not over of those sent by who had proven nothing. */
  liveWithoutProof: number;
};

export type SendCountVerdict =
  | { kind: "room" }
  | { kind: "too-many-sent"; until: Date }
  /** As many without proof as staff look at at once. */
  | { kind: "too-many-live" };

/**
 * Neither a mailbox nor the queue of staff is filled. Who has proven something and who has not are
 * counted apart, so that whoever only knows the address takes nothing from who knows the password.
 */
export function judgeSendCount(facts: SendCountFacts): SendCountVerdict {
  const { now, proof, sent, liveWithoutProof } = facts;
  if (proof === "nothing" && liveWithoutProof >= LIVE_CASES_WITHOUT_PROOF) {
    return { kind: "too-many-live" };
  }
  const oldest = sent[CASES_SENT_PER_HOUR - 1];
  const until = oldest === undefined ? now : afterHours(oldest, 1);
  return until > now ? { kind: "too-many-sent", until } : { kind: "room" };
}
