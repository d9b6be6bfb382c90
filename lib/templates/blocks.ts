import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { ListedText } from "@/lib/templates/list-texts";

/** The named blocks, with how many live texts use each. */
export declare function listBlocks(
  staff: StaffMember,
): Promise<(ListedText & { name: string; uses: number })[]>;

export type CreateBlockOutcome =
  /** As an empty draft in the leading language. */
  | { kind: "created"; key: TextKey }
  | { kind: "invalid" }
  | { kind: "taken" }
  | { kind: "signed-out" };

export declare function createBlock(
  staff: StaffMember,
  typed: { name: string },
): Promise<CreateBlockOutcome>;

export type RemoveBlockOutcome =
  | { kind: "removed" }
  /** These live texts name it. */
  | { kind: "in-use"; by: TextKey[] }
  | { kind: "outdated" }
  | { kind: "unknown" }
  | { kind: "signed-out" };

/** Takes a block that no live text names away, in one language; its versions stay. */
export declare function removeBlock(
  staff: StaffMember,
  key: TextKey,
  shown: { seen: string },
): Promise<RemoveBlockOutcome>;
