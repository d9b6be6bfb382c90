import { getSchema } from "@tiptap/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { normalisedPieces } from "@/lib/mail-document/normalised";
import { readLine, readText, writeLine, writeText } from "@/lib/mail-document/notation";
import { lineOf, piecesOf } from "@/lib/templates/editor/from-nodes";
import { namedInPieces } from "@/lib/templates/editor/named-variables";
import { lineExtensions, textExtensions } from "@/lib/templates/editor/schema";
import type { Studio } from "@/lib/templates/editor/studio";
import { lineContent, textContent } from "@/lib/templates/editor/to-nodes";
import { anyDocument, anyPieces, anyTyped } from "@/lib/testing/any-document";

const studio = { variables: [], images: new Map(), blocks: new Map(), words: {} };
const nothing = () => undefined;
const textSchema = getSchema(textExtensions(studio as unknown as Studio, nothing));
const lineSchema = getSchema(lineExtensions(studio as unknown as Studio));

/** A text as the editor holds it, once it was opened with it. */
function opened(text: string) {
  const document = textSchema.nodeFromJSON(textContent(readText(text)));
  document.check();
  return document;
}

test("any document comes out of the editor as it went in", () => {
  fc.assert(
    fc.property(anyPieces, (pieces) => {
      const text = writeText(pieces);
      const said = piecesOf(opened(text));
      expect(writeText(said)).toBe(text);
      expect(normalisedPieces(said)).toEqual(normalisedPieces(pieces));
    }),
    { numRuns: 500 },
  );
});

test("whatever is typed in the plain editor opens in the visual one, and says the same", () => {
  fc.assert(
    fc.property(anyTyped, (typed) => {
      expect(writeText(piecesOf(opened(typed)))).toBe(writeText(readText(typed)));
    }),
    { numRuns: 300 },
  );
});

test("any subject comes out of its editor as it went in", () => {
  fc.assert(
    fc.property(anyDocument, ({ subject }) => {
      const line = writeLine(subject);
      const document = lineSchema.nodeFromJSON(lineContent(readLine(line)));
      document.check();
      expect(writeLine(lineOf(document))).toBe(line);
    }),
    { numRuns: 300 },
  );
});

test("a place to write says nothing, and a button without words stays for the gate to name", () => {
  const document = textSchema.nodeFromJSON({
    type: "doc",
    content: [
      { type: "paragraph" },
      { type: "list", content: [{ type: "item", content: [{ type: "paragraph" }] }] },
      { type: "heading", attrs: { level: 2 } },
      { type: "mailButton", attrs: { variable: "help-page" } },
    ],
  });
  expect(piecesOf(document)).toEqual([
    { type: "button", label: [], link: { variable: "help-page" } },
  ]);
});

test("a variable is named by a line, a panel, a link, a button and a block", () => {
  const text = [
    "Hello {{name}}, [more]({{link}}) from here",
    "- in a list {{ip}}",
    "{{facts}}",
    "[Go {{brand}}]({{help-page}})",
    "{{> deadline}}",
  ].join("\n\n");
  const blocks = new Map([["deadline", ["until"]]]);
  expect([...namedInPieces(piecesOf(opened(text)), blocks)].sort()).toEqual(
    ["brand", "facts", "help-page", "ip", "link", "name", "until"].sort(),
  );
});
