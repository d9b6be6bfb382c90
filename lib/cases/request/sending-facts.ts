import { caseState } from "@/lib/account/rules/case-states";
import type { CaseProof, SendingFacts } from "@/lib/cases/rules/judge-sending";
import { judgeStory } from "@/lib/cases/rules/judge-story";
import { readLost } from "@/lib/cases/rules/lost";
import { presentProof } from "@/lib/cases/rules/present-proof";
import type { FoundCase } from "@/lib/cases/store";
import { lengthOf } from "@/lib/forms/rules/length-of";

/** What a case was begun with, and what that is still worth. */
export function proofOf(found: FoundCase): CaseProof {
  const begun = { proof: found.proof as CaseProof, at: found.createdAt };
  return presentProof(begun, found.account?.passwordChangedAt ?? null);
}

/** What the sending of a draft is judged by. */
export function sendingFacts(found: FoundCase, documents: number, now: Date): SendingFacts {
  return {
    now,
    state: caseState(found.state),
    expiresAt: found.expiresAt,
    proof: proofOf(found),
    lost: readLost(found.lost),
    newEmailConfirmed: found.newEmail !== null && found.newEmailConfirmedAt !== null,
    hasStory: judgeStory(lengthOf(found.whatHappened ?? "")) === "fine",
    documents,
  };
}
