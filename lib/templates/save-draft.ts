import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { Theirs, TypedDraft, TypedFault } from "@/lib/templates/typed-text";

/** What becomes of a draft that is saved. */
export type SaveOutcome =
  | { kind: "saved"; revision: string }
  /** As it stands there already; empty: it is what is live, and there is no draft. */
  | { kind: "unchanged"; revision: string }
  | { kind: "invalid"; faults: TypedFault[] }
  /** Begun on an older version than the newest, or somebody saved meanwhile: nothing was saved. */
  | { kind: "conflict"; theirs: Theirs }
  /** There is no such block. */
  | { kind: "unknown" }
  | { kind: "signed-out" };

/** Saves what was typed as the draft of a text; whoever does so is its author. */
export declare function saveDraft(
  staff: StaffMember,
  key: TextKey,
  typed: TypedDraft,
): Promise<SaveOutcome>;
