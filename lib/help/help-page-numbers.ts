import {
  ANSWER_MAX_LENGTH,
  COMMENT_MAX_LENGTH,
  MOST_STARS,
  QUESTION_MAX_LENGTH,
  QUESTION_MIN_LENGTH,
  SEARCH_MAX_LENGTH,
} from "@/lib/help/rules/limits";

/** The numbers that the forms of the help centre name. */
export const helpPageNumbers = {
  maxSearch: SEARCH_MAX_LENGTH,
  maxComment: COMMENT_MAX_LENGTH,
  minQuestion: QUESTION_MIN_LENGTH,
  maxQuestion: QUESTION_MAX_LENGTH,
  maxAnswer: ANSWER_MAX_LENGTH,
  mostStars: MOST_STARS,
};
