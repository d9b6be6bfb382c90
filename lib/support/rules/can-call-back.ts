import { afterDays } from "@/lib/moments";
import { PHONE_SETTLED_DAYS } from "@/lib/support/rules/limits";

/**
 * Whether the number on the record may be called back to check who is calling: whoever got in for a
 * day could have put theirs there, so it must have stood for more than a week.
 */
export function canCallBack(facts: {
  now: Date;
  phone: string | null;
  phoneChangedAt: Date | null;
}): boolean {
  const { now, phone, phoneChangedAt } = facts;
  if (phone === null || phoneChangedAt === null) return false;
  return afterDays(phoneChangedAt, PHONE_SETTLED_DAYS) < now;
}
