import { lengthOf } from "@/lib/forms/rules/length-of";
import {
  ANSWER_MAX_LENGTH,
  ANSWER_MIN_LENGTH,
  COMMENT_MAX_LENGTH,
  MOST_STARS,
  QUESTION_MAX_LENGTH,
  QUESTION_MIN_LENGTH,
} from "@/lib/help/rules/limits";

/** A text as it was cleaned, and as it stands once e-mail addresses and phone numbers are hidden. */
export type TypedText = { cleaned: string; shown: string };

/** Why a question is not taken; each is a message's key. */
export type QuestionError = "questionTooShort" | "questionTooLong";

/** Why an answer is not taken; each is a message's key. */
export type AnswerError = "answerMissing" | "answerTooLong";

/** A comment may be missing, but not be longer than it can be kept. */
export function judgeComment(comment: TypedText): "commentTooLong" | undefined {
  return lengthOf(comment.cleaned) > COMMENT_MAX_LENGTH ? "commentTooLong" : undefined;
}

/** What is hidden says nothing: a question must be long enough without it. */
export function judgeQuestion({ cleaned, shown }: TypedText): QuestionError | undefined {
  if (lengthOf(cleaned) > QUESTION_MAX_LENGTH) return "questionTooLong";
  return lengthOf(shown) < QUESTION_MIN_LENGTH ? "questionTooShort" : undefined;
}

/** Whether an answer can be published. */
export function judgeAnswer({ cleaned, shown }: TypedText): AnswerError | undefined {
  if (lengthOf(cleaned) > ANSWER_MAX_LENGTH) return "answerTooLong";
  return lengthOf(shown) < ANSWER_MIN_LENGTH ? "answerMissing" : undefined;
}

/** The stars of a form, 1 to 5; null for anything else. */
export function readStars(typed: string | null): number | null {
  const stars = /^[0-9]$/.test(typed ?? "") ? Number(typed) : 0;
  return stars >= 1 && stars <= MOST_STARS ? stars : null;
}
