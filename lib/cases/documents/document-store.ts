import type { SealedDocument } from "@/lib/cases/documents/document-seal";
import type { Sweep } from "@/lib/db/sweep";
import { type Database, database } from "@/lib/db/transaction";

/** A document as pages name it; its contents stay where they are. */
export type DocumentRow = {
  id: string;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  addedAt: Date;
};

const select = { id: true, name: true, type: true, size: true, addedAt: true } as const;

/** The documents of a case without their contents, oldest first. */
export function findDocuments(database: Database, caseId: string): Promise<DocumentRow[]> {
  const orderBy = [{ addedAt: "asc" as const }, { id: "asc" as const }];
  return database.caseDocument.findMany({ where: { caseId }, select, orderBy });
}

/** One document of a case with its sealed contents, else null. */
export function findSealedDocument(database: Database, filter: { id: string; caseId: string }) {
  return database.caseDocument.findFirst({ where: filter });
}

/** The sealed documents of a case that have a size. */
export function findSealedOfSize(database: Database, filter: { caseId: string; size: number }) {
  return database.caseDocument.findMany({ where: filter });
}

/** Stores a document. */
export async function storeDocument(
  tx: Database,
  document: DocumentRow & SealedDocument & { caseId: string },
): Promise<void> {
  await tx.caseDocument.create({ data: document });
}

/** Deletes a document of a case; false when it has no such document. */
export async function deleteDocument(
  tx: Database,
  filter: { id: string; caseId: string },
): Promise<boolean> {
  return (await tx.caseDocument.deleteMany({ where: filter })).count === 1;
}

/** Deletes every document of a case. */
export async function deleteDocuments(tx: Database, caseId: string): Promise<void> {
  await tx.caseDocument.deleteMany({ where: { caseId } });
}

// A document has up to some thousand pieces where PostgreSQL keeps it, each deleted by itself.
const ROWS_FOR_A_DOCUMENT = 20;

/** Purges the documents of cases that ended before a moment: their contents go, their names stay. */
export const sweepOfDocuments = (endedBefore: Date): Sweep => ({
  what: "case_document",
  takeBatch: (limit) => database.$executeRaw`
    UPDATE case_document SET sealed = NULL WHERE ctid = ANY(ARRAY(
      SELECT d.ctid FROM case_document d JOIN recovery_case r ON r.id = d.case_id
      WHERE d.sealed IS NOT NULL AND r.ended_at < ${endedBefore}::timestamptz
      LIMIT ${Math.ceil(limit / ROWS_FOR_A_DOCUMENT)} FOR UPDATE OF d SKIP LOCKED))`,
});
