import type { Actor } from "@/lib/account/actor";
import { recordOwnChange } from "@/lib/account/record-change";
import type { Database } from "@/lib/db/transaction";
import { phoneEnd } from "@/lib/phone/rules/read-phone";
import { storePhone } from "@/lib/phone/store";

export { type PhoneError, readPhone } from "@/lib/phone/rules/read-phone";

/** How a number is written, for words. Of a range that belongs to nobody. */
export const PHONE_EXAMPLE = "+44 20 7946 0958";

/**
 * Sets the number that support calls back, in the caller's transaction and under the lock of the
 * account. It is asked for like what widens access: by it a caller is taken for the customer.
 *
 * @param request.phone as `readPhone` made it; null takes the number away
 */
export async function setPhone(
  tx: Database,
  actor: Actor,
  request: { phone: string | null },
  now: Date,
): Promise<{ kind: "phone-set" | "phone-unchanged"; phoneEnd: string | null }> {
  const { phone } = request;
  const end = phone === null ? null : phoneEnd(phone);
  if (!(await storePhone(tx, actor.session.accountId, phone, now))) {
    return { kind: "phone-unchanged", phoneEnd: end };
  }
  const about = { phoneEnd: end };
  const undo = { kind: "phone" as const };
  await recordOwnChange(tx, actor, { kind: "phone-changed", now, about, undo });
  return { kind: "phone-set", phoneEnd: end };
}
