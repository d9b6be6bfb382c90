import {
  ANSWER_DAYS,
  DOCUMENT_MAX_BYTES,
  DOCUMENTS_KEPT_DAYS,
  DOCUMENTS_PER_CASE,
  LIVE_CASES_WITHOUT_PROOF,
  LONG_TRUSTED_DAYS,
  STORY_MAX_LENGTH,
  STORY_MIN_LENGTH,
  shortestCoolingHours,
} from "@/lib/cases/rules/limits";
import { DRAFT_HOURS } from "@/lib/cookies/limits";
import { env } from "@/lib/env/env";

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

/** Hours from an approval until the change: as they are, and from a place that was trusted for long. */
export function coolingHours(): { usual: number; short: number } {
  return { usual: env().caseCoolingHours, short: shortestCoolingHours(env()) };
}
