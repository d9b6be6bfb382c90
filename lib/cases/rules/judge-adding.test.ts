import { expect, test } from "vitest";
import { caseStates } from "@/lib/account/rules/case-states";
import { hasRoom, judgeAnswer, roomForAnswer, takesMore } from "@/lib/cases/rules/judge-adding";
import { DOCUMENTS_PER_CASE, STORY_MAX_LENGTH, WRITTEN_MAX_LENGTH } from "@/lib/cases/rules/limits";

test("A1: something is added to a sent case until staff agree or it is over", () => {
  expect(caseStates.filter(takesMore)).toEqual(["open", "needs-more"]);
  for (const state of caseStates.filter((one) => !takesMore(one))) {
    expect(judgeAnswer({ state, length: 5, written: 20 })).toEqual({ kind: "over" });
  }
});

test("A2: an answer has at least one character, and no more than what happened may have", () => {
  const facts = { state: "needs-more", written: 20 } as const;
  expect(judgeAnswer({ ...facts, length: 0 }).kind).toBe("empty");
  expect(judgeAnswer({ ...facts, length: 1 }).kind).toBe("answer");
  expect(judgeAnswer({ ...facts, length: STORY_MAX_LENGTH }).kind).toBe("answer");
  expect(judgeAnswer({ ...facts, length: STORY_MAX_LENGTH + 1 }).kind).toBe("too-long");
});

test("A3: everything together has an end", () => {
  const written = WRITTEN_MAX_LENGTH - 10;
  expect(judgeAnswer({ state: "open", written, length: 10 }).kind).toBe("answer");
  expect(judgeAnswer({ state: "open", written, length: 11 }).kind).toBe("full");
  expect(roomForAnswer(written)).toBe(10);
  expect(roomForAnswer(WRITTEN_MAX_LENGTH + 50)).toBe(0);
  expect(roomForAnswer(0)).toBe(STORY_MAX_LENGTH);
});

test("A5: otherwise an answer is added, and the rest of what was written has room for others", () => {
  const facts = { state: "needs-more", length: 5, written: 20 } as const;
  expect(judgeAnswer(facts)).toEqual({ kind: "answer" });
});

test("A4: a case has room for five documents", () => {
  expect(hasRoom(DOCUMENTS_PER_CASE - 1)).toBe(true);
  expect(hasRoom(DOCUMENTS_PER_CASE)).toBe(false);
});
