import { expect, test } from "vitest";
import {
  canBeTakenBack,
  judgeModeration,
  questionState,
  questionStates,
} from "@/lib/help/rules/judge-moderation";

test("a waiting question is decided", () => {
  expect(judgeModeration("waiting")).toEqual({ kind: "decide" });
});

test("a decided one is not decided again", () => {
  for (const state of ["published", "declined"] as const) {
    expect(judgeModeration(state)).toEqual({ kind: "over", state });
  }
});

test("what is published can be taken back, and nothing else", () => {
  expect(questionStates.filter(canBeTakenBack)).toEqual(["published"]);
});

test("an unknown state is not taken for one that is shown", () => {
  expect(() => questionState("Published")).toThrow(TypeError);
});
