import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";

/** Why a file is none that can be imported. */
export type FileFault =
  | "too-large"
  | "not-json"
  | "too-deep"
  | "other-format"
  | "empty"
  | "too-many";

/** What an import would do with one text. */
export type ImportPlan = {
  key: TextKey | null;
  /** As the file names it. */
  name: string;
} & (
  | { does: "new-draft" | "unchanged" }
  /** Only where it is stated that drafts are replaced. */
  | { does: "replaces-draft"; of: string | null; savedAt: Date }
  | { does: "refused"; because: "unknown-text" | "too-long" | "not-a-text" }
);

export type ImportReading =
  | { kind: "readable"; digest: string; plans: ImportPlan[] }
  | { kind: "refused"; because: FileFault };

/** What an import of a file would do; it changes nothing. */
export declare function readImport(staff: StaffMember, file: Uint8Array): Promise<ImportReading>;

export type ImportOutcome =
  /** `kept`: drafts of others that were not replaced. */
  | {
      kind: "imported";
      drafts: TextKey[];
      kept: TextKey[];
      refused: string[];
      unchanged: TextKey[];
    }
  | { kind: "refused"; because: FileFault }
  /** The plan is another than was shown. */
  | { kind: "outdated" }
  | { kind: "signed-out" };

/**
 * Makes drafts of a file, and touches nothing live.
 *
 * @param typed.digest of `readImport`, of the file and of what it would do
 * @param typed.replacesDrafts whether drafts that are there are replaced
 */
export declare function importTexts(
  staff: StaffMember,
  typed: { file: Uint8Array; digest: string; replacesDrafts: boolean },
): Promise<ImportOutcome>;
