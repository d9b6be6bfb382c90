import type { StaffMember } from "@/lib/account/staff-member";
import { database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { findDraft } from "@/lib/templates/draft-store";
import { type ComparedLine, compareLines } from "@/lib/templates/rules/compare-lines";
import { readVersionId } from "@/lib/templates/rules/version-id";
import { findVersion } from "@/lib/templates/store";
import { builtInContent, typedOf, typedOfStored } from "@/lib/templates/text-content";
import type { TypedText } from "@/lib/templates/typed-text";

export type { ComparedLine };

/** Which state of a text: a version by its id, the draft, or the built-in text. */
export type Comparable = { version: string } | "draft" | "built-in";

/** Two states of a text beside each other, line by line of the plain notation. */
export type Comparison = Record<keyof TypedText, ComparedLine[]>;

/** Compares two states of a text; null: one of them is none of this text's. */
export async function compareVersions(
  _staff: StaffMember,
  key: TextKey,
  states: { before: Comparable; after: Comparable },
): Promise<Comparison | null> {
  const before = await findState(key, states.before);
  const after = await findState(key, states.after);
  if (before === null || after === null) return null;
  return {
    subjectLine: compareLines(before.subjectLine, after.subjectLine),
    previewLine: compareLines(before.previewLine, after.previewLine),
    text: compareLines(before.text, after.text),
  };
}

async function findState(key: TextKey, state: Comparable): Promise<TypedText | null> {
  if (state === "built-in") return typedOf(builtInContent(key));
  if (state === "draft") return findDraft(database, key);
  const id = readVersionId(state.version);
  const found = id === null ? null : await findVersion(database, key, id);
  return found === null ? null : typedOfStored(key, found.document);
}
