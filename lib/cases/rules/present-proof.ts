import type { CaseProof } from "@/lib/cases/rules/judge-sending";

/**
 * What a proof is still worth: a session or a password proves nothing about an account whose password
 * was changed or switched off since.
 *
 * @param passwordChangedAt of the account; null: there is none
 */
export function presentProof(
  begun: { proof: CaseProof; at: Date },
  passwordChangedAt: Date | null,
): CaseProof {
  return passwordChangedAt === null || passwordChangedAt > begun.at ? "nothing" : begun.proof;
}
