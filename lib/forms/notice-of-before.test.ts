import { expect, test } from "vitest";
import { fromBefore } from "@/lib/forms/notice-of-before";
import { noticeSchema } from "@/lib/forms/notice-schema";
import words from "@/lib/i18n/messages/en/acts.json";

const read = (notice: object) => noticeSchema.parse(fromBefore(notice));

const refused = (form: string, values: Record<string, string>, errors = {}) => ({
  kind: "form-refused",
  form,
  values,
  errors,
});

/** A text as the help's forms left it: in pieces of 150 characters. */
const inPieces = (name: string, text: string) =>
  Object.fromEntries(
    Array.from({ length: Math.ceil(text.length / 150) }, (_, index) => [
      `${name}.${index}`,
      text.slice(index * 150, (index + 1) * 150),
    ]),
  );

const acts = [
  ["lift-block", "block-lifted"],
  ["end-sessions", "sessions-ended-by-support"],
  ["forget-place", "place-forgotten-by-support"],
  ["switch-off", "password-switched-off"],
  ["start-reset", "reset-by-support"],
  ["hotline-pass", "hotline-pass"],
] as const;

test.each(acts)(
  "a refused %s of the version before is one of %s, with its whole reason",
  (form, now) => {
    const about = { customer: "c1", target: "t1" };
    const reason = "1234567 ".repeat(50).slice(0, 350);
    const left = { ...about, reason: reason.slice(0, 300), reasonRest: reason.slice(300) };
    expect(read(refused(form, left, { reason: "reasonTooShort" }))).toEqual({
      ...refused(now, about, { reason: "reasonTooShort" }),
      returned: { form: "", sent: [["reason", reason]] },
    });
    const short = { ...about, reason: "short", reasonRest: "" };
    expect(read(refused(form, short))).toEqual(refused(now, { ...about, reason: "short" }));
  },
);

test.each([
  ["help-ask", "question", 420],
  ["help-answer", "answer", 350],
  ["help-answer", "answer", 2_000],
])("a %s of the version before brings back a %s of %d characters whole", (form, field, length) => {
  const text = "Why? And how long? ".repeat(120).slice(0, length);
  expect(read(refused(form, { article: "a1", ...inPieces(field, text) }))).toEqual({
    ...refused(form, { article: "a1" }),
    returned: { form: "", sent: [[field, text]] },
  });
});

test("long and short texts of one form both come back", () => {
  const answer = "x".repeat(800);
  const values = { id: "q1", ...inPieces("answer", answer), ...inPieces("question", "Why?") };
  expect(read(refused("help-answer", values))).toEqual({
    ...refused("help-answer", { id: "q1", question: "Why?" }),
    returned: { form: "", sent: [["answer", answer]] },
  });
});

test("a place's new name is of the form that names its place in a field", () => {
  const values = { id: "p1", name: "http://x" };
  expect(read(refused("rename-p1", values))).toEqual(refused("rename-place", values));
});

test.each([
  ["lifted", { place: "203.0.113.7" }, "block-lifted", { outcome: "lifted", place: "203.0.113.7" }],
  ["lifted-unknown", {}, "block-lifted", { outcome: "lifted-unknown" }],
  ["block-over", {}, "block-lifted", { outcome: "block-over" }],
  ["sessions-ended", {}, "sessions-ended-by-support", { outcome: "ended" }],
  ["sessions-none", {}, "sessions-ended-by-support", { outcome: "none" }],
  [
    "place-forgotten",
    { place: "203.0.113.7" },
    "place-forgotten-by-support",
    { outcome: "forgotten", place: "203.0.113.7", network: "203.0.113.7" },
  ],
  ["place-gone", {}, "place-forgotten-by-support", { outcome: "place-gone" }],
  ["switched-off", {}, "password-switched-off", { outcome: "switched-off" }],
  ["already-off", {}, "password-switched-off", { outcome: "already-off" }],
  ["reset-sent", {}, "reset-by-support", { outcome: "reset-sent" }],
])("what support did is said: %s of the version before", (what, values, act, now) => {
  expect(words[act as "block-lifted"].done).toHaveProperty(now.outcome);
  expect(read({ kind: "done", what, values: { customer: "c1", ...values } })).toEqual({
    kind: "done",
    what: act,
    values: { customer: "c1", ...now },
  });
});

test.each([
  ["another page's answer", { kind: "done", what: "sessions-ended", values: {} }],
  [
    "an answer of this version",
    { kind: "done", what: "block-lifted", values: { customer: "c1", outcome: "block-over" } },
  ],
  ["an answer without values", { kind: "signed-out" }],
])("%s stays as it is", (_, notice) => expect(fromBefore(notice)).toEqual(notice));
