import { expect, test } from "vitest";
import { type Done, readSummary, summarise } from "@/app/templates/transfer/import-summary";
import { noticeSchema } from "@/lib/forms/notice-schema";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";

const noticeOf = (summary: string) => ({
  ...{ kind: "done", what: "texts-imported" },
  values: { summary, digest: "0".repeat(80) },
});

test("what an import did with every text there is fits into a notice, and counts them all", () => {
  const keys = mailKinds.flatMap((subject) => locales.map((language) => ({ subject, language })));
  const all: Done[] = (
    ["new-draft", "kept", "unchanged", "refused", "too-many-blocks"] as const
  ).flatMap((does) => keys.map((key) => ({ does, key })));
  const pictures = Array.from({ length: 9 }, (_, index) => `${"x".repeat(99)}${index}`);
  all.push({ does: "picture-missing", key: null, pictures });
  const summary = summarise(all);
  expect(noticeSchema.safeParse(noticeOf(summary)).success).toBe(true);
  const { made, groups } = readSummary(summary);
  expect(made).toBe(keys.length);
  for (const { does, texts, more } of groups) {
    if (does === "picture-missing") continue;
    expect(texts.length + more).toBe(keys.length);
    expect(texts[0]).toEqual(keys[0]);
  }
  expect(groups).toHaveLength(6);
});

test("of few texts each is named; what is no summary says nothing", () => {
  const key = { subject: "block:hours", language: "fr" };
  const done = [
    { does: "new-draft" as const, key },
    { does: "picture-missing" as const, key, pictures: ["a.png"] },
    { does: "picture-missing" as const, key, pictures: ["a.png", "b.png"] },
    { does: "refused" as const, key: null },
  ];
  expect(readSummary(summarise(done))).toEqual({
    made: 1,
    groups: [
      { does: "new-draft", texts: [key], more: 0 },
      { does: "picture-missing", texts: [key, key], more: 0, pictures: ["a.png", "b.png"] },
      { does: "refused", texts: [], more: 1 },
    ],
  });
  for (const value of [undefined, "", "{", "{}", "[]"]) {
    expect(readSummary(value)).toEqual({ made: 0, groups: [] });
  }
});
