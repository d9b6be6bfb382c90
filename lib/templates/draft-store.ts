import { randomUUID } from "node:crypto";
import type { Database } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import type { TypedText } from "@/lib/templates/typed-text";

/** `discarded`: nobody sees it any more; its authors stay what they are. */
type StoredState = "draft" | "waiting" | "discarded";

/** A draft that is there. */
export type DraftRow = TypedText & {
  base: bigint;
  revision: string;
  state: "draft" | "waiting";
  note: string;
  sentBack: string | null;
  savedAt: Date;
  savedById: string | null;
  savedBy: string | null;
  askedBy: string | null;
  askedAt: Date | null;
};

const names = {
  savedBy: { select: { name: true } },
  askedBy: { select: { name: true } },
} as const;

const byKey = ({ subject, language }: TextKey) => ({ subject_language: { subject, language } });

/** The draft of a text; null: there is none. */
export async function findDraft(database: Database, key: TextKey): Promise<DraftRow | null> {
  const found = await database.templateDraft.findUnique({ where: byKey(key), include: names });
  if (found === null || found.state === ("discarded" satisfies StoredState)) return null;
  const { savedBy, askedBy, state, ...row } = found;
  return {
    ...row,
    state: state === "waiting" ? "waiting" : "draft",
    savedBy: savedBy?.name ?? null,
    askedBy: askedBy?.name ?? null,
  };
}

/** Whoever changed anything of a text since its last publication, drafts that are gone included. */
export async function findAuthors(
  database: Database,
  key: TextKey,
): Promise<{ id: string; name: string }[]> {
  const { subject, language } = key;
  const found = await database.templateDraftAuthor.findMany({
    where: { subject, language },
    select: { accountId: true, account: { select: { name: true } } },
    orderBy: { accountId: "asc" },
  });
  return found.map(({ accountId, account }) => ({ id: accountId, name: account.name }));
}

/** Every draft without what it says. */
export function findDraftStates(database: Database) {
  return database.templateDraft.findMany({
    where: { state: { not: "discarded" satisfies StoredState } },
    select: {
      ...{ subject: true, language: true, state: true, savedAt: true },
      savedBy: names.savedBy,
    },
  });
}

/** Saves a draft over whatever is there, and its author; its new revision. */
export async function storeDraft(
  tx: Database,
  key: TextKey,
  draft: TypedText & { note: string; base: bigint; accountId: string; now: Date },
): Promise<string> {
  const { subject, language } = key;
  const { accountId, now, subjectLine, previewLine, text, note, base } = draft;
  const revision = randomUUID();
  const saved = {
    ...{ subjectLine, previewLine, text, note, base, revision, savedById: accountId, savedAt: now },
    ...{ state: "draft" satisfies StoredState, sentBack: null, askedById: null, askedAt: null },
  };
  await tx.templateDraft.upsert({
    where: byKey(key),
    create: { subject, language, ...saved },
    update: saved,
  });
  const author = { subject, language, accountId };
  await tx.templateDraftAuthor.createMany({ data: [author], skipDuplicates: true });
  return revision;
}

/** Notes that somebody asked to publish a draft as it is. */
export async function storeAsked(
  tx: Database,
  key: TextKey,
  asked: { accountId: string; now: Date },
): Promise<void> {
  const data = {
    ...{ state: "waiting" satisfies StoredState, sentBack: null },
    ...{ askedById: asked.accountId, askedAt: asked.now },
  };
  await tx.templateDraft.update({ where: byKey(key), data });
}

/** Makes what waits a draft again, with the reason. */
export async function storeSentBack(tx: Database, key: TextKey, reason: string): Promise<void> {
  const data = { state: "draft" satisfies StoredState, sentBack: reason };
  await tx.templateDraft.update({ where: byKey(key), data });
}

/** Empties a draft; the row stays for its authors, until a version is published. */
export async function storeDiscarded(tx: Database, key: TextKey): Promise<void> {
  const data = {
    ...{ state: "discarded" satisfies StoredState, revision: randomUUID(), sentBack: null },
    ...{ subjectLine: "", previewLine: "", text: "", note: "", askedById: null, askedAt: null },
  };
  await tx.templateDraft.update({ where: byKey(key), data });
}

/** Deletes a draft that was published, with who wrote it: the version has that now. */
export async function deleteDraft(tx: Database, key: TextKey): Promise<void> {
  const { subject, language } = key;
  await tx.templateDraft.deleteMany({ where: { subject, language } });
}
