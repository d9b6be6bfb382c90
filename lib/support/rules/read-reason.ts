import { isVisible } from "@/lib/account/rules/visible";
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from "@/lib/support/rules/limits";

/** Why a reason is not taken; each is a message's key. */
export type ReasonError = "reasonMissing" | "reasonTooShort" | "reasonTooLong";

/** Reads a reason as typed: one line without control characters, which mails and tables could not show. */
export function readReason(typed: string): { reason: string } | { error: ReasonError } {
  const reason = typed.replace(/[\s\p{Cc}\p{Cs}]+/gu, " ").trim();
  const length = [...reason].length;
  if (!isVisible(reason)) return { error: "reasonMissing" };
  if (length < REASON_MIN_LENGTH) return { error: "reasonTooShort" };
  return length > REASON_MAX_LENGTH ? { error: "reasonTooLong" } : { reason };
}
