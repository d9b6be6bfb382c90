import { typedText } from "@/lib/cases/case-text";
import { STAFF_TEXT_MAX_LENGTH, STAFF_TEXT_MIN_LENGTH } from "@/lib/cases/rules/limits";
import { lengthOf } from "@/lib/forms/rules/length-of";

/** Why a text of staff's is not taken; each is a message's key. */
export type StaffTextError = "textMissing" | "textTooShort" | "textTooLong";

/** The numbers that words about such a text name. */
export const staffTextNumbers = { min: STAFF_TEXT_MIN_LENGTH, max: STAFF_TEXT_MAX_LENGTH };

/** What staff wrote to a case as it is stored and mailed, or what is wrong with it. */
export function readStaffText(typed: string): { text: string } | { error: StaffTextError } {
  const text = typedText(typed);
  const length = lengthOf(text);
  if (length === 0) return { error: "textMissing" };
  if (length < STAFF_TEXT_MIN_LENGTH) return { error: "textTooShort" };
  return length > STAFF_TEXT_MAX_LENGTH ? { error: "textTooLong" } : { text };
}
