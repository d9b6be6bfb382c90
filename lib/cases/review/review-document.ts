import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { openDocument } from "@/lib/cases/documents/document-seal";
import { findSealedDocument } from "@/lib/cases/documents/document-store";
import type { DocumentType } from "@/lib/cases/documents/read-document";
import { findSentCase } from "@/lib/cases/review/review-store";
import { readClock } from "@/lib/clock";
import { database, inTransaction } from "@/lib/db/transaction";
import { isId } from "@/lib/typed/is-id";

// Whatever else a row says is not shown: a browser would run what it takes for a page.
const shownTypes: readonly DocumentType[] = ["application/pdf", "image/jpeg", "image/png"];

/** A document as it is shown. */
export type OpenedDocument = {
  name: string;
  type: DocumentType;
  bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Opens a document of a case for a member of staff; each time is written down.
 *
 * @param ids as the address says it, from anybody
 * @returns null for what is no document of that case, was purged, or cannot be decrypted
 */
export async function viewDocument(
  staff: StaffMember,
  ids: { caseId: string; documentId: string },
): Promise<OpenedDocument | null> {
  const { caseId, documentId } = ids;
  if (!isId(caseId) || !isId(documentId)) return null;
  const found = await findSentCase(database, caseId);
  if (found === null) return null;
  const document = await findSealedDocument(database, { id: documentId, caseId });
  const type = shownTypes.find((shown) => shown === document?.type);
  const bytes = document === null ? null : openDocument(document);
  if (document === null || type === undefined || bytes === null) return null;
  await inTransaction((tx) =>
    recordAudit(tx, staff, {
      action: "document-viewed",
      subject: { kind: "case", id: caseId },
      details: { reference: found.reference, document: documentId },
      now: readClock(),
    }),
  );
  return { name: document.name, type, bytes };
}

/**
 * The header by which a document is shown in the browser and keeps its name when it is saved (RFC 6266;
 * its name in the form of RFC 5987).
 */
export function inlineDisposition(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename*=UTF-8''${encoded}`;
}
