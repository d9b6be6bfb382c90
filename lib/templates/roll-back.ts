import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { Refusal } from "@/lib/templates/judge-live";

export type RollBackOutcome =
  /** By its number: a version of its own. */
  | { kind: "rolled-back"; version: number }
  /** It would not pass the gate today. */
  | { kind: "refused"; refusals: Refusal[] }
  /** Another version is live than shown. */
  | { kind: "outdated" }
  /** It is what is live. */
  | { kind: "unchanged" }
  /** No such version. */
  | { kind: "unknown" }
  | { kind: "signed-out" };

/**
 * Makes an older version live again, at once, by one person; the other editors are mailed.
 *
 * @param shown.version its id
 * @param shown.seen the id of the newest version as it was shown
 */
export declare function rollBack(
  staff: StaffMember,
  key: TextKey,
  shown: { version: string; seen: string },
): Promise<RollBackOutcome>;

/** The same with the built-in text; of the frame with one that changes nothing. Not of blocks. */
export declare function backToBuiltIn(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<RollBackOutcome>;
