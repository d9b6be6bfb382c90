import { type DocumentRow, findDocuments } from "@/lib/cases/documents/document-store";
import { isOpenDraft } from "@/lib/cases/request/change-draft";
import { readNewAddress, type ShownAddress } from "@/lib/cases/request/new-address";
import { sendingFacts } from "@/lib/cases/request/sending-facts";
import { hasRoom } from "@/lib/cases/rules/judge-adding";
import { type CaseProof, judgeSending, type Missing } from "@/lib/cases/rules/judge-sending";
import { judgeStory } from "@/lib/cases/rules/judge-story";
import { type Lost, readLost } from "@/lib/cases/rules/lost";
import { findCase } from "@/lib/cases/store";
import { readClock } from "@/lib/clock";
import { database } from "@/lib/db/transaction";
import { lengthOf } from "@/lib/forms/rules/length-of";
import { linkTokenOf } from "@/lib/secrets/link-token";
import { maskEmail } from "@/lib/typed/mask-email";

export type { CaseProof, Lost, Missing, ShownAddress };

/** What is lost, as an address or a form says it. */
export const typedLost = (text: string | null): Lost => readLost(text);

/** A draft as `/recover` shows it. */
export type Draft = {
  reference: string;
  proof: CaseProof;
  /** What is lost; of a second factor there is no new address. */
  lost: Lost;
  /** The account's address, shortened as on /verify where only the password was proven. */
  shownAccount: string;
  /** The customer's zone, for who has proven that they are; null: the installation's. */
  timeZone: string | null;
  expiresAt: Date;
  address: ShownAddress;
  story: { text: string; isDone: boolean };
  documents: DocumentRow[];
  hasRoom: boolean;
  missing: Missing[];
};

/** What `/recover` finds of this browser's draft. */
export type DraftPage =
  | { kind: "none" }
  /** It was not sent within its 24 hours, or given up. */
  | { kind: "lapsed"; at: Date }
  /** It was sent; its status page has this token. */
  | { kind: "sent"; token: string }
  | { kind: "draft"; draft: Draft };

/**
 * Reads this browser's draft for its page. Changes nothing.
 *
 * @param id as its cookie says it
 */
export async function readDraftPage(id: string | null): Promise<DraftPage> {
  const now = readClock();
  const found = id === null ? null : await findCase(database, id);
  if (found === null) return { kind: "none" };
  if (found.state !== "draft") {
    const token = linkTokenOf("case", found);
    return token === null ? { kind: "none" } : { kind: "sent", token };
  }
  if (!isOpenDraft(found, now)) return { kind: "lapsed", at: found.expiresAt };
  const documents = await findDocuments(database, found.id);
  const facts = sendingFacts(found, documents.length, now);
  const verdict = judgeSending(facts);
  const { reference, accountEmail, expiresAt, whatHappened } = found;
  const text = whatHappened ?? "";
  return {
    kind: "draft",
    draft: {
      reference,
      proof: facts.proof,
      lost: readLost(found.lost),
      shownAccount: found.proof === "password" ? maskEmail(accountEmail) : accountEmail,
      timeZone: facts.proof === "nothing" ? null : (found.account?.timeZone ?? null),
      expiresAt,
      address: await readNewAddress(database, found, now),
      story: { text, isDone: judgeStory(lengthOf(text)) === "fine" },
      documents,
      hasRoom: hasRoom(documents.length),
      missing: verdict.kind === "missing" ? verdict.what : [],
    },
  };
}
