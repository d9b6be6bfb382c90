import { expect, test } from "vitest";
import { unpublishedWord } from "@/app/templates/[kind]/text-state";
import { blockKey, frameKey } from "@/lib/mail-document/text-key";

test.each([
  ["a mail", "sign-in-code", "isBuiltIn"],
  ["a block, which has no built-in text", blockKey("opening-hours", "en").subject, "noBlock"],
  ["what is set for all mails", frameKey.subject, "nothingSet"],
])("where nothing is published it is said what that means for %s", (_, subject, word) => {
  expect(unpublishedWord(subject)).toBe(word);
});
