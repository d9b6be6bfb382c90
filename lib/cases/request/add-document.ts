import { randomUUID } from "node:crypto";
import { caseState } from "@/lib/account/rules/case-states";
import { documentName } from "@/lib/cases/documents/document-name";
import { openDocument, sealDocument } from "@/lib/cases/documents/document-seal";
import {
  findDocuments,
  findSealedOfSize,
  storeDocument,
} from "@/lib/cases/documents/document-store";
import type { OtherFormat } from "@/lib/cases/documents/other-format";
import { type ReadDocument, readDocument } from "@/lib/cases/documents/read-document";
import { isOpenDraft } from "@/lib/cases/request/change-draft";
import { findSentCase } from "@/lib/cases/request/status-page";
import { hasRoom, takesMore } from "@/lib/cases/rules/judge-adding";
import { DOCUMENTS_PER_NETWORK_PER_HOUR } from "@/lib/cases/rules/limits";
import { caseSubject, changeCase, type FoundCase, findCase } from "@/lib/cases/store";
import type { Client } from "@/lib/client/client";
import { networkKeyOf } from "@/lib/client/network-key";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { countKeys } from "@/lib/db/subjects";
import { type Database, database, inTransaction } from "@/lib/db/transaction";
import { log } from "@/lib/log/log";
import { countRequest, doCounted } from "@/lib/rate-limit/rate-window";

/** What becomes of a document. */
export type AddDocumentOutcome =
  | { kind: "added"; name: string }
  /** The same file, once more: it is there already. */
  | { kind: "known"; name: string }
  | {
      kind: "refused";
      because: Exclude<ReadDocument["kind"], "document"> | "full";
      /** Of a wrong type: which one, where it is known. */
      format?: OtherFormat;
    }
  /** Too many documents from this network. */
  | { kind: "too-many"; until: Date }
  /** The case takes nothing more: it lapsed, was agreed to or is over, or its account is gone. */
  | { kind: "over" };

/** A file as a form brings it. */
export type GivenFile = { name: string; bytes: Uint8Array };

type Sound = Extract<ReadDocument, { kind: "document" }>;

/**
 * Adds a document to a draft, or to a sent case that staff have not agreed to yet. What staff asked
 * for is there then, and the case waits for them again.
 *
 * @param id of the case, as a signed cookie or link says it
 * @param file from anybody: its type is found by its content
 */
export async function addDocument(
  id: string,
  file: GivenFile,
  client: Client,
): Promise<AddDocumentOutcome> {
  const outcome = await judgeAndAdd(id, file, client);
  const because = outcome.kind === "refused" ? outcome.because : undefined;
  log.info({ caseId: id, outcome: outcome.kind, because }, "case: document");
  return outcome;
}

/** Adds a document to the sent case that a token leads to; `over` also for a token that leads nowhere. */
export async function addDocumentByToken(
  token: string | null,
  file: GivenFile,
  client: Client,
): Promise<AddDocumentOutcome> {
  const found = await findSentCase(database, token);
  return found === null ? { kind: "over" } : addDocument(found.id, file, client);
}

async function judgeAndAdd(
  id: string,
  { name, bytes }: GivenFile,
  client: Client,
): Promise<AddDocumentOutcome> {
  const read = readDocument(bytes);
  if (read.kind === "wrong-type") {
    return { kind: "refused", because: "wrong-type", format: read.format };
  }
  if (read.kind !== "document") return { kind: "refused", because: read.kind };
  const counted = countKeys.documentsFrom(networkKeyOf(client));
  const limits = [{ ...counted, limit: DOCUMENTS_PER_NETWORK_PER_HOUR }];
  const admission = await countRequest(database, limits, readClock());
  if (admission.kind === "refused") return { kind: "too-many", until: admission.until };
  return doCounted(database, [counted.key], () => add(id, read, documentName(name, read.type)));
}

function add(caseId: string, read: Sound, name: string): Promise<AddDocumentOutcome> {
  const { type, bytes } = read;
  const id = randomUUID();
  const sealed = sealDocument(id, bytes);
  return inTransaction(async (tx) => {
    await lockSubject(tx, caseSubject(caseId));
    const now = readClock();
    const found = await findCase(tx, caseId);
    if (found === null || !isTaking(found, now)) return { kind: "over" };
    const known = await findSame(tx, caseId, bytes);
    if (known !== null) return { kind: "known", name: known };
    if (!hasRoom((await findDocuments(tx, caseId)).length)) {
      return { kind: "refused", because: "full" };
    }
    const size = bytes.length;
    await storeDocument(tx, { ...sealed, id, caseId, name, type, size, addedAt: now });
    if (!isOpenDraft(found, now)) {
      // Who approved before has not seen it.
      await changeCase(tx, found, { state: "open", round: { increment: 1 } });
    }
    return { kind: "added", name };
  });
}

const isTaking = (found: FoundCase, now: Date) =>
  isOpenDraft(found, now) || takesMore(caseState(found.state));

/** The name of the document of a case that has the same contents; a form may come twice. */
async function findSame(tx: Database, caseId: string, bytes: Uint8Array): Promise<string | null> {
  for (const one of await findSealedOfSize(tx, { caseId, size: bytes.length })) {
    const opened = openDocument(one);
    if (opened !== null && Buffer.compare(opened, bytes) === 0) return one.name;
  }
  return null;
}
