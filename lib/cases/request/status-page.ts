import { type CaseState, caseState, isLive } from "@/lib/account/rules/case-states";
import { type DocumentRow, findDocuments } from "@/lib/cases/documents/document-store";
import { hasRoom, roomForAnswer, takesMore } from "@/lib/cases/rules/judge-adding";
import { type Lost, readLost } from "@/lib/cases/rules/lost";
import { hasLostAccount } from "@/lib/cases/stop-cases";
import { type FoundCase, findCase } from "@/lib/cases/store";
import { type Database, database } from "@/lib/db/transaction";
import { lengthOf } from "@/lib/forms/rules/length-of";
import { openLinkToken } from "@/lib/secrets/link-token";
import { maskEmail } from "@/lib/typed/mask-email";

/** How far a sent case has come, for who sent it. */
export type SentState = Exclude<CaseState, "draft"> | "closed";

/** A sent case as `/recover/status` shows it. */
export type StatusPage = {
  reference: string;
  state: SentState;
  lost: Lost;
  /** null: the account was erased, and both addresses with it. */
  maskedAccount: string | null;
  newEmail: string | null;
  timeZone: string | null;
  sentAt: Date;
  endedAt: Date | null;
  /** When an agreed change is carried out. */
  coolsUntil: Date | null;
  /** What staff ask for, while they wait for it. */
  moreAsked: string | null;
  /** Until when they wait for it. */
  answerBy: Date | null;
  refusedBecause: string | null;
  objectedAt: Date | null;
  documents: DocumentRow[];
  hasRoom: boolean;
  takesMore: boolean;
  /** How many characters an answer can have; 0: there is no room for one. */
  answerMax: number;
  canWithdraw: boolean;
};

/** The sent case that a token leads to; null for a token we have not made, and for a draft. */
export async function findSentCase(
  database: Database,
  token: string | null,
): Promise<FoundCase | null> {
  const id = openLinkToken("case", token);
  const found = id === null ? null : await findCase(database, id);
  return found === null || found.state === "draft" ? null : found;
}

/** Reads a case for its status page. Null for a token that leads nowhere. Changes nothing. */
export async function readStatusPage(token: string | null): Promise<StatusPage | null> {
  const found = await findSentCase(database, token);
  if (found === null) return null;
  const state = caseState(found.state);
  if (state === "draft" || found.sentAt === null) return null;
  const { reference, newEmail, sentAt, endedAt, coolsUntil, objectedAt } = found;
  const documents = await findDocuments(database, found.id);
  return {
    reference,
    state: hasLostAccount(found) ? "closed" : state,
    lost: readLost(found.lost),
    maskedAccount: hasLostAccount(found) ? null : maskEmail(found.accountEmail),
    newEmail,
    timeZone: found.proof === "nothing" ? null : (found.account?.timeZone ?? null),
    sentAt,
    endedAt,
    coolsUntil: state === "approved" ? coolsUntil : null,
    moreAsked: state === "needs-more" ? found.moreAsked : null,
    answerBy: state === "needs-more" ? found.answerBy : null,
    refusedBecause: state === "refused" ? found.refusedBecause : null,
    objectedAt: isLive(state) ? objectedAt : null,
    documents,
    hasRoom: hasRoom(documents.length),
    takesMore: takesMore(state),
    answerMax: roomForAnswer(lengthOf(found.whatHappened ?? "")),
    canWithdraw: isLive(state),
  };
}
