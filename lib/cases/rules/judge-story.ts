import { STORY_MAX_LENGTH, STORY_MIN_LENGTH } from "@/lib/cases/rules/limits";

/** Whether "What happened" can be sent as it is; each fault is a message's key. */
export type StoryVerdict = "missing" | "too-short" | "too-long" | "fine";

/** @param length in characters */
export function judgeStory(length: number): StoryVerdict {
  if (length === 0) return "missing";
  if (length < STORY_MIN_LENGTH) return "too-short";
  return length > STORY_MAX_LENGTH ? "too-long" : "fine";
}
