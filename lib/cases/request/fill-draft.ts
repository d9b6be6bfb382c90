import { typedText } from "@/lib/cases/case-text";
import { deleteDocument, deleteDocuments } from "@/lib/cases/documents/document-store";
import { changeDraft, type NoDraft } from "@/lib/cases/request/change-draft";
import { heldBy, lapseDraft, storeStory } from "@/lib/cases/request/draft-store";
import { judgeStory, type StoryVerdict } from "@/lib/cases/rules/judge-story";
import { endHeld } from "@/lib/challenge/challenge-store";
import { lengthOf } from "@/lib/forms/rules/length-of";
import { isId } from "@/lib/typed/is-id";

/** What becomes of "What happened". It is kept however long it is, so that nothing typed is lost. */
export type StoryOutcome =
  | { kind: "saved" }
  | { kind: "saved-but"; fault: Exclude<StoryVerdict, "fine"> }
  | NoDraft;

/** Saves what happened. */
export function saveStory(id: string | null, typed: string): Promise<StoryOutcome> {
  const text = typedText(typed);
  return changeDraft(id, async (tx, draft): Promise<StoryOutcome> => {
    await storeStory(tx, draft.id, text);
    const fault = judgeStory(lengthOf(text));
    return fault === "fine" ? { kind: "saved" } : { kind: "saved-but", fault };
  });
}

/** `not-there`: removed before, or never this draft's. `unknown`: nothing has such an id. */
export type RemoveDocumentOutcome = { kind: "removed" | "not-there" | "unknown" } | NoDraft;

/**
 * Removes a document from a draft. A second press finds it gone already.
 *
 * @param documentId as the form says it, from anybody
 */
export async function removeDocument(
  id: string | null,
  documentId: string,
): Promise<RemoveDocumentOutcome> {
  if (!isId(documentId)) return { kind: "unknown" };
  return changeDraft(id, async (tx, draft): Promise<RemoveDocumentOutcome> => {
    const removed = await deleteDocument(tx, { id: documentId, caseId: draft.id });
    return { kind: removed ? "removed" : "not-there" };
  });
}

/** Gives a draft up: what was written and added is deleted at once. */
export async function discardDraft(id: string | null): Promise<void> {
  await changeDraft(id, async (tx, draft, now) => {
    await deleteDocuments(tx, draft.id);
    await endHeld(tx, heldBy(draft.id), "superseded", now);
    await lapseDraft(tx, draft.id, now);
  });
}
