import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";

export type LookOutcome = { kind: "looked-at" | "outdated" | "not-outdated" | "signed-out" };

/**
 * Says that a translation was looked at and is still right.
 *
 * @param shown.seen `outdated.version` of `readText`: a newer one of the leading language was not looked at
 */
export declare function lookAt(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<LookOutcome>;
