import { expect, test } from "vitest";
import { judgeStory } from "@/lib/cases/rules/judge-story";
import { STORY_MAX_LENGTH, STORY_MIN_LENGTH } from "@/lib/cases/rules/limits";

test.each([
  [0, "missing"],
  [STORY_MIN_LENGTH - 1, "too-short"],
  [STORY_MIN_LENGTH, "fine"],
  [STORY_MAX_LENGTH, "fine"],
  [STORY_MAX_LENGTH + 1, "too-long"],
])("%i characters are %s", (length, verdict) => {
  expect(judgeStory(length)).toBe(verdict);
});
