import { FEW_RECOVERY_CODES } from "@/lib/factors/rules/judge-check-up";

/** What an account is protected by, for one line about it. */
export type ProtectionFacts = {
  /** When its sign-ins ask for a code where it has no factor. */
  codesAsked: "at-new-places" | "always" | "never";
  factors: number;
  /** Whether a factor is asked for at every sign-in. */
  always: boolean;
  recoveryCodesLeft: number;
  /** Whether recovery codes were ever made for the factors it has. */
  codesMade: boolean;
  /** Whether a factor was announced to end, and nobody has kept it yet. */
  isEnding: boolean;
};

/** How well an account is protected, and what would protect it, or its owner, better. */
export type ProtectionVerdict = {
  by: "password" | "codes" | "factor" | "factorAlways";
  next: "factor" | "ending" | "codes" | "fewCodes" | "spare" | "none";
};

/** Judges how well an account is protected: first what keeps others out, then what keeps the owner in. */
export function judgeProtection(facts: ProtectionFacts): ProtectionVerdict {
  if (facts.factors === 0) {
    return { by: facts.codesAsked === "never" ? "password" : "codes", next: "factor" };
  }
  const by = facts.always ? "factorAlways" : "factor";
  // Until that is settled nothing else can be changed.
  if (facts.isEnding) return { by, next: "ending" };
  if (!facts.codesMade) return { by, next: "codes" };
  if (facts.recoveryCodesLeft <= FEW_RECOVERY_CODES) return { by, next: "fewCodes" };
  return { by, next: facts.factors === 1 ? "spare" : "none" };
}
