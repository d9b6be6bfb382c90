import { isVisible } from "@/lib/typed/visible";

/** Why a reason is not taken; each is a message's key. */
export type ReasonError = "reasonMissing" | "reasonTooShort" | "reasonTooLong";

type Read<Error extends ReasonError> = { reason: string } | { error: Error };

/**
 * Reads a reason as a member of staff types it for the audit log: on one line, and without what tables
 * cannot hold or what would turn the text around it about.
 *
 * @param lengths in characters, an emoji being one; without `min` none is too short
 */
export function readReason(typed: string, lengths: { min: number; max: number }): Read<ReasonError>;
export function readReason(
  typed: string,
  lengths: { max: number },
): Read<Exclude<ReasonError, "reasonTooShort">>;
export function readReason(
  typed: string,
  { min = 1, max }: { min?: number; max: number },
): Read<ReasonError> {
  const reason = typed.replace(/[\s\p{Cc}\p{Cs}\p{Bidi_Control}]+/gu, " ").trim();
  const length = [...reason].length;
  if (!isVisible(reason)) return { error: "reasonMissing" };
  if (length < min) return { error: "reasonTooShort" };
  return length > max ? { error: "reasonTooLong" } : { reason };
}
