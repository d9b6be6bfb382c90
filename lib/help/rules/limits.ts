/** Characters of a search that are looked at. */
export const SEARCH_MAX_LENGTH = 100;

/** Words of a search that are looked for, and parts of articles it shows at most. */
export const SEARCH_WORDS = 10;
export const SEARCH_RESULTS = 10;

/** Characters of a comment, at most. */
export const COMMENT_MAX_LENGTH = 1_000;

/** Characters of a question, at least and at most. */
export const QUESTION_MIN_LENGTH = 10;
export const QUESTION_MAX_LENGTH = 1_000;

/** Characters of an answer, at least and at most. */
export const ANSWER_MIN_LENGTH = 2;
export const ANSWER_MAX_LENGTH = 1_000;

/** The best an article can be given. */
export const MOST_STARS = 5;

/** Votes and ratings in an hour from one IP. */
export const VOICES_PER_NETWORK_PER_HOUR = 30;

/** Questions in an hour from one IP. */
export const QUESTIONS_PER_NETWORK_PER_HOUR = 5;

/** Published questions on one page of an article. */
export const QUESTIONS_PER_PAGE = 20;

/** Waiting questions, published ones and latest comments that staff see at once. */
export const WAITING_PER_PAGE = 20;
export const PUBLISHED_PER_PAGE = 20;
export const COMMENTS_SHOWN = 20;

/** The numbers that the forms of the help centre name. */
export const helpPageNumbers = {
  maxSearch: SEARCH_MAX_LENGTH,
  maxComment: COMMENT_MAX_LENGTH,
  minQuestion: QUESTION_MIN_LENGTH,
  maxQuestion: QUESTION_MAX_LENGTH,
  maxAnswer: ANSWER_MAX_LENGTH,
  mostStars: MOST_STARS,
};
