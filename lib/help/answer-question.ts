import type { StaffMember } from "@/lib/account/staff-member";
import { recordAudit } from "@/lib/audit/record-audit";
import { readClock } from "@/lib/clock";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, inTransaction } from "@/lib/db/transaction";
import { canBeTakenBack, judgeModeration, questionState } from "@/lib/help/rules/judge-moderation";
import {
  type AnswerError,
  judgeAnswer,
  judgeQuestion,
  type QuestionError,
} from "@/lib/help/rules/judge-text";
import { ANSWER_MAX_LENGTH, QUESTION_MAX_LENGTH } from "@/lib/help/rules/limits";
import { decideQuestion, findQuestion, type QuestionRow } from "@/lib/help/store";
import { readText } from "@/lib/help/typed-text";
import { isId } from "@/lib/typed/is-id";

/** Why a field is not taken; each is a message's key. */
export type ModerationErrors = { question?: QuestionError; answer?: AnswerError };

/** `over`: another member of staff was quicker. `unknown`: there is no such question. */
type Undecided =
  | { kind: "over"; state: "published" | "declined"; article: string; id: string }
  | { kind: "unknown" };

export type PublishOutcome =
  | { kind: "published"; article: string; id: string }
  | { kind: "invalid"; errors: ModerationErrors }
  | Undecided;

/** `not-published`: another member of staff was quicker. */
export type TakeBackOutcome = { kind: "taken-back" | "not-published" | "unknown" };

export type DeclineOutcome = { kind: "declined" } | Undecided;

/**
 * Publishes a question with its answer.
 *
 * @param typed.id as the form says it
 * @param typed.question as it is to be published, after personal data was taken out
 */
export async function publishAnswer(
  staff: StaffMember,
  typed: { id: string; question: string; answer: string },
): Promise<PublishOutcome> {
  const question = readText(typed.question, QUESTION_MAX_LENGTH);
  const answer = readText(typed.answer, ANSWER_MAX_LENGTH);
  const wrong = { question: judgeQuestion(question), answer: judgeAnswer(answer) };
  return decide<PublishOutcome>(typed.id, async (tx, found) => {
    const { id, article, locale } = found;
    if (wrong.question !== undefined || wrong.answer !== undefined) {
      return { kind: "invalid", errors: wrong };
    }
    const now = readClock();
    const texts = { question: question.shown, answer: answer.shown };
    await decideQuestion(tx, id, { state: "published", ...texts, answeredAt: now });
    await recordAudit(tx, staff, {
      action: "question-answered",
      subject: { kind: "question", id },
      details: { article, locale, corrected: question.shown !== found.question },
      now,
    });
    return { kind: "published", article, id };
  });
}

/** Declines a question: it is never shown to anybody but staff. */
export async function declineQuestion(staff: StaffMember, id: string): Promise<DeclineOutcome> {
  return decide<DeclineOutcome>(id, async (tx, found) => {
    const { article, locale } = found;
    const now = readClock();
    await decideQuestion(tx, found.id, { state: "declined", answeredAt: now });
    await recordAudit(tx, staff, {
      action: "question-declined",
      subject: { kind: "question", id: found.id },
      details: { article, locale },
      now,
    });
    return { kind: "declined" };
  });
}

/** Takes a published question back: it waits again, with its answer, and is shown to staff alone. */
export async function takeBackAnswer(staff: StaffMember, id: string): Promise<TakeBackOutcome> {
  return underLock<TakeBackOutcome>(id, async (tx, found) => {
    if (!canBeTakenBack(questionState(found.state))) return { kind: "not-published" };
    const { article, locale } = found;
    await decideQuestion(tx, id, { state: "waiting", answeredAt: null });
    await recordAudit(tx, staff, {
      action: "question-taken-back",
      subject: { kind: "question", id },
      details: { article, locale },
      now: readClock(),
    });
    return { kind: "taken-back" };
  });
}

// One decision about a question at a time: what another one settled stays as it is.
function decide<Outcome>(
  id: string,
  carryOut: (tx: Database, found: QuestionRow) => Promise<Outcome>,
): Promise<Outcome | Undecided> {
  return underLock<Outcome | Undecided>(id, async (tx, found) => {
    const verdict = judgeModeration(questionState(found.state));
    if (verdict.kind === "over") return { ...verdict, article: found.article, id };
    return carryOut(tx, found);
  });
}

async function underLock<Outcome>(
  id: string,
  work: (tx: Database, found: QuestionRow & { state: string }) => Promise<Outcome>,
): Promise<Outcome | { kind: "unknown" }> {
  if (!isId(id)) return { kind: "unknown" };
  return inTransaction(async (tx) => {
    await lockSubject(tx, subjects.helpQuestion(id));
    const found = await findQuestion(tx, id);
    return found === null ? ({ kind: "unknown" } as const) : work(tx, found);
  });
}
