import { describe, expect, it, test } from "vitest";
import { judgeAnswer, judgeComment, judgeQuestion, readStars } from "@/lib/help/rules/judge-text";
import {
  ANSWER_MAX_LENGTH,
  COMMENT_MAX_LENGTH,
  QUESTION_MAX_LENGTH,
  QUESTION_MIN_LENGTH,
} from "@/lib/help/rules/limits";

const text = (length: number, shown = length) => ({
  cleaned: "é".repeat(length),
  shown: "é".repeat(shown),
});

test("a comment may be missing, and has at most 1,000 characters", () => {
  expect(judgeComment(text(0))).toBeUndefined();
  expect(judgeComment(text(COMMENT_MAX_LENGTH))).toBeUndefined();
  expect(judgeComment(text(COMMENT_MAX_LENGTH + 1))).toBe("commentTooLong");
});

test("a question has 10 to 1,000 characters", () => {
  expect(judgeQuestion(text(QUESTION_MIN_LENGTH - 1))).toBe("questionTooShort");
  expect(judgeQuestion(text(QUESTION_MIN_LENGTH))).toBeUndefined();
  expect(judgeQuestion(text(QUESTION_MAX_LENGTH))).toBeUndefined();
  expect(judgeQuestion(text(QUESTION_MAX_LENGTH + 1))).toBe("questionTooLong");
});

test("an address or a phone number alone is no question", () => {
  expect(judgeQuestion(text(30, QUESTION_MIN_LENGTH - 1))).toBe("questionTooShort");
});

test("an answer says something, in at most 1,000 characters", () => {
  expect(judgeAnswer(text(0))).toBe("answerMissing");
  expect(judgeAnswer(text(2))).toBeUndefined();
  expect(judgeAnswer(text(ANSWER_MAX_LENGTH + 1))).toBe("answerTooLong");
});

describe("stars are 1 to 5", () => {
  it.each(["1", "2", "3", "4", "5"])("%s", (typed) => {
    expect(readStars(typed)).toBe(Number(typed));
  });
  it.each([null, "", "0", "6", "-1", "1.5", "5 ", "05", "1e0", "٣", "NaN", "Infinity"])(
    "%j is none",
    (typed) => {
      expect(readStars(typed)).toBeNull();
    },
  );
});
