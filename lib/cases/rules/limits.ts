import { DRAFT_HOURS } from "@/lib/cookies/limits";

/** Documents a case can hold, and bytes each of them can have. */
export const DOCUMENTS_PER_CASE = 5;
export const DOCUMENT_MAX_BYTES = 10 * 1024 * 1024;

/** Bytes of a photograph with what its maker hangs on behind it, which is cut off. With its form: less than 11 MiB. */
export const PHOTOGRAPH_MAX_BYTES = 11 * 1024 * 1024 - 128 * 1024;

/** Days after the end of a case until its documents are purged. */
export const DOCUMENTS_KEPT_DAYS = 30;

/** Pixels a picture may claim to have: what unpacks to more is made to harm. */
export const PICTURE_MAX_PIXELS = 100_000_000;

/** Days in which who asked can add what staff ask for; then the case ends by itself. */
export const ANSWER_DAYS = 30;

/** Characters of "What happened", at least and at most. */
export const STORY_MIN_LENGTH = 20;
export const STORY_MAX_LENGTH = 2_000;

/** Characters of everything that is written to a case, the answers to what staff ask included. */
export const WRITTEN_MAX_LENGTH = 10_000;

/** Characters of what staff write to a case: a question, a reason. */
export const STAFF_TEXT_MIN_LENGTH = 5;
export const STAFF_TEXT_MAX_LENGTH = 1_000;

/**
 * Drafts that can be begun in an hour from one IP, and for one account's address: by who has proven
 * something from anywhere, otherwise from each IP.
 */
export const DRAFTS_PER_NETWORK_PER_HOUR = 10;
export const DRAFTS_PER_ADDRESS_PER_HOUR = 5;

/**
 * Codes for new addresses that can be mailed in an hour asked for by one IP, for whichever drafts.
 */
export const NEW_ADDRESS_CODES_PER_NETWORK_PER_HOUR = 10;

/** Cases that can be sent in an hour for one account, by those who have proven something and others apart. */
export const CASES_SENT_PER_HOUR = 5;

/** Cases of one account that are not over, of those sent by who had proven nothing. */
export const LIVE_CASES_WITHOUT_PROOF = 3;

/** Documents that can be added in an hour from one IP, to whichever cases. */
export const DOCUMENTS_PER_NETWORK_PER_HOUR = 30;

/** Looks at a case by its number and address in an hour, from one IP and by one number. */
export const LOOK_UPS_PER_NETWORK_PER_HOUR = 20;
export const LOOK_UPS_PER_NUMBER_PER_HOUR = 5;

/** The cooling time of a request from a place that was trusted for long, in hours, and how long that is. */
export const SHORT_COOLING_HOURS = 24;
export const LONG_TRUSTED_DAYS = 30;

/** Members of staff who must agree, unless an admin set one to be enough; after an objection always. */
export const APPROVALS_NEEDED = 2;

/** Minutes in which several looks of one member of staff at one case are one entry of the audit log. */
export const CASE_VIEW_MINUTES = 15;

/** The latest sign-ins of the account that are shown beside its case. */
export const SIGN_INS_BESIDE_A_CASE = 5;

/** The shortest time that passes between an approval and the change, in hours. */
export const shortestCoolingHours = ({ caseCoolingHours }: { caseCoolingHours: number }) =>
  Math.min(caseCoolingHours, SHORT_COOLING_HOURS);

/** The numbers that words about cases name. */
export const caseNumbers = {
  draftHours: DRAFT_HOURS,
  documents: DOCUMENTS_PER_CASE,
  maxBytes: DOCUMENT_MAX_BYTES,
  answerDays: ANSWER_DAYS,
  keptDays: DOCUMENTS_KEPT_DAYS,
  minStory: STORY_MIN_LENGTH,
  maxStory: STORY_MAX_LENGTH,
  liveWithoutProof: LIVE_CASES_WITHOUT_PROOF,
  trustedDays: LONG_TRUSTED_DAYS,
  // The example of all our texts.
  exampleReference: "K7QM-2PX",
};
