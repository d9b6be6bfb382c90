import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";

export type SendBackOutcome =
  | { kind: "sent-back" }
  | { kind: "invalid"; error: "reasonMissing" | "reasonTooLong" }
  | { kind: "outdated" }
  | { kind: "not-asked" }
  | { kind: "nothing-to-publish" }
  | { kind: "signed-out" };

/** Makes what waits to be published a draft again, with a reason. Also an author may. */
export declare function sendBack(
  staff: StaffMember,
  key: TextKey,
  typed: { seen: string; reason: string },
): Promise<SendBackOutcome>;
