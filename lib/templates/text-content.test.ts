import { expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";
import { CHARACTERS_MOST, PIECES_MOST } from "@/lib/mail-document/rules/limits";
import { builtInContent, storedContent, storedOf } from "@/lib/templates/text-content";

const key = { subject: "new-browser", language: "en" };
const empty = { subject: [], previewLine: [] };
const said = (text: string) => ({
  ...empty,
  pieces: [{ type: "paragraph", content: [{ text }] }],
});

test("every built-in text that is stored is read as it was", () => {
  for (const subject of mailKinds) {
    for (const language of locales) {
      const content = builtInContent({ subject, language });
      const stored: unknown = JSON.parse(JSON.stringify(storedOf(content)));
      expect([subject, storedContent({ subject, language }, stored)]).toEqual([subject, content]);
    }
  }
});

test("what is stored and is no document within the limits is not read", () => {
  expect(storedContent(key, said("a".repeat(CHARACTERS_MOST)))).not.toBeNull();
  const pieces = Array.from({ length: PIECES_MOST + 1 }, () => ({ type: "divider" }));
  for (const stored of [
    said("a".repeat(CHARACTERS_MOST + 1)),
    { ...empty, pieces },
    said("a\u202eb"),
    null,
  ]) {
    expect(storedContent(key, stored)).toBeNull();
  }
});
