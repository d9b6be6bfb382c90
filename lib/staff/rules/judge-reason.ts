import { isVisible } from "@/lib/account/rules/visible";
import { REASON_MAX_LENGTH } from "@/lib/staff/rules/limits";

/** Why a reason is not taken; each is a message's key. */
export type ReasonError = "reasonMissing" | "reasonTooLong";

/** A reason as an admin types it, on one line and without what cannot be shown. */
export function judgeReason(typed: string): { reason: string } | { error: ReasonError } {
  const shown = typed.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}]+/gu, " ");
  const reason = shown.replace(/\s+/gu, " ").trim();
  if (!isVisible(reason)) return { error: "reasonMissing" };
  return [...reason].length > REASON_MAX_LENGTH ? { error: "reasonTooLong" } : { reason };
}
