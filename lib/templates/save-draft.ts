import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Database } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import type { TextKey } from "@/lib/mail-document/text-key";
import { asEditor } from "@/lib/templates/as-editor";
import { type DraftRow, findDraft, storeDraft } from "@/lib/templates/draft-store";
import { isKnownText } from "@/lib/templates/known-text";
import { findNewest, type VersionRow } from "@/lib/templates/store";
import { typedOfStored } from "@/lib/templates/text-content";
import { textName } from "@/lib/templates/text-key-of";
import {
  isSameText,
  readTyped,
  type Theirs,
  type TypedDraft,
  type TypedFault,
} from "@/lib/templates/typed-text";

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

/**
 * Saves what was typed as the draft of a text. Whoever changes anything is its author; what waits to be
 * published is a draft again.
 *
 * @param typed from anybody, as it came
 */
export async function saveDraft(
  staff: StaffMember,
  key: TextKey,
  typed: TypedDraft,
): Promise<SaveOutcome> {
  const outcome = await asEditor(staff, async (tx, now) => {
    const saved = await saveUnderLock(tx, { staff, key, typed, now });
    if (saved.kind === "saved") {
      const subject = { kind: "template" as const, id: textName(key) };
      await recordAudit(tx, staff, { action: "template-saved", subject, now });
    }
    return saved;
  });
  log.info({ text: textName(key), outcome: outcome.kind }, "draft saved");
  return outcome;
}

type Saving = { staff: StaffMember; key: TextKey; typed: TypedDraft; now: Date };

/** The same in a transaction that holds the lock of all texts; the caller writes the audit log. */
export async function saveUnderLock(
  tx: Database,
  { staff, key, typed: sent, now }: Saving,
): Promise<Exclude<SaveOutcome, { kind: "signed-out" }>> {
  const { typed, faults } = readTyped(sent);
  if (faults.length > 0) return { kind: "invalid", faults };
  if (!(await isKnownText(tx, key))) return { kind: "unknown" };
  const draft = await findDraft(tx, key);
  const newest = await findNewest(tx, key);
  const base = newest?.id ?? 0n;
  const isBehind = sent.base !== base.toString();
  const isSame = draft !== null && isSameText(draft, typed) && draft.note === typed.note;
  // Of one begun on an older version it is somebody's word that it goes beyond the newest.
  if (isSame && draft.base === base) return { kind: "unchanged", revision: draft.revision };
  if (isBehind || (draft?.revision ?? "") !== sent.seen) {
    return { kind: "conflict", theirs: theirsOf(key, draft, newest) };
  }
  if (draft === null && isSameText(typedOfStored(key, newest?.document ?? null), typed)) {
    return { kind: "unchanged", revision: "" };
  }
  const { accountId } = staff.session;
  return { kind: "saved", revision: await storeDraft(tx, key, { ...typed, base, accountId, now }) };
}

/** What stands there now, for whoever saw something else. */
function theirsOf(key: TextKey, draft: DraftRow | null, newest: VersionRow | null): Theirs {
  const base = (newest?.id ?? 0n).toString();
  if (draft !== null && (newest === null || draft.base === newest.id)) {
    const { subjectLine, previewLine, text, note, revision, savedBy, savedAt } = draft;
    const own = { subjectLine, previewLine, text, note, revision };
    return { ...own, is: "draft", base, by: savedBy, at: savedAt };
  }
  return {
    ...typedOfStored(key, newest?.document ?? null),
    ...{ note: newest?.note ?? "", is: "live", revision: draft?.revision ?? "", base },
    by: newest?.publisher?.name ?? null,
    at: newest?.createdAt ?? null,
  };
}
