import type { StaffMember } from "@/lib/account/staff-member";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { ComparedLine } from "@/lib/templates/rules/compare-lines";

/** Which state of a text: a version by its id, the draft, or the built-in text. */
export type Comparable = { version: string } | "draft" | "built-in";

/** Two states of a text, line by line of the plain notation; null: one of them is none of this text's. */
export declare function compareVersions(
  staff: StaffMember,
  key: TextKey,
  states: { before: Comparable; after: Comparable },
): Promise<Record<"subjectLine" | "previewLine" | "text", ComparedLine[]> | null>;
