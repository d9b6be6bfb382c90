import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";

export type DiscardOutcome = {
  kind: "discarded" | "outdated" | "nothing-to-discard" | "signed-out";
};

/** Takes a draft away; who changed anything of it stays an author until the next publication. */
export declare function discardDraft(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<DiscardOutcome>;
