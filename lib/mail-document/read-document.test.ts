import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countPieces } from "@/lib/mail-document/measure-document";
import { readDocument } from "@/lib/mail-document/read-document";
import { CHARACTERS_MOST, PIECES_MOST } from "@/lib/mail-document/rules/limits";
import { anyDocument } from "@/lib/testing/any-document";

const empty = { subject: [], previewLine: [], pieces: [] };
const withText = (text: string) => ({
  ...empty,
  pieces: [{ type: "paragraph", content: [{ text }] }],
});
const link = (to: string) => ({ ...empty, pieces: [{ type: "button", label: [], link: { to } }] });
const paragraphs = (count: number) => ({
  ...empty,
  pieces: Array.from({ length: count }, () => ({ type: "divider" })),
});

function nested(levels: number): unknown {
  let inner: unknown = { text: "a" };
  for (let level = 0; level < levels; level += 1) inner = [inner];
  return inner;
}

/** What JSON.parse makes of it: there `__proto__` is a key like any other. */
const parsed = (json: string): unknown => JSON.parse(json);

test("a document is read as it is", () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      fc.pre(countPieces(document) <= PIECES_MOST);
      const bidi = /\p{Bidi_Control}|\\ud[89a-f]/u.test(JSON.stringify(document));
      const read = readDocument(JSON.parse(JSON.stringify(document)));
      if (!bidi) expect(read).toEqual({ document });
    }),
    { numRuns: 500 },
  );
});

describe("what is no document is refused in words:", () => {
  test.each<[string, unknown, string, string]>([
    ["nothing", undefined, "not-a-document", ""],
    ["null", null, "not-a-document", '"null"'],
    ["a text", "a", "not-a-document", '"a"'],
    [
      "an unknown node",
      { ...empty, pieces: [{ type: "script" }] },
      "not-a-document",
      'pieces.0.type: "script"',
    ],
    [
      "an unknown field",
      { ...empty, pieces: [{ type: "divider", style: "display:none" }] },
      "not-a-document",
      'pieces.0: "style"',
    ],
    [
      "HTML in a line",
      { ...empty, pieces: [{ type: "paragraph", content: "<b>" }] },
      "not-a-document",
      'pieces.0.content: "<b>"',
    ],
    ["a break in the subject", { ...empty, subject: [{ break: true }] }, "line-break", "subject.0"],
    [
      "a link in the subject",
      { ...empty, subject: [{ text: "a", link: { variable: "b" } }] },
      "not-a-document",
      'subject.0: "link"',
    ],
    [
      "a script's address",
      link("javascript:alert(1)"),
      "address-not-https",
      'pieces.0.link.to: "javascript:alert(1)"',
    ],
    [
      "http",
      link("http://example.com"),
      "address-not-https",
      'pieces.0.link.to: "http://example.com"',
    ],
    [
      "half of a pair",
      withText("a\ud83d"),
      "hidden-characters",
      'pieces.0.content.0.text: "\\ud83d"',
    ],
    [
      "text turned about",
      withText("a\u202eb"),
      "hidden-characters",
      'pieces.0.content.0.text: "\\u202e"',
    ],
    ["a control character", withText("a\u0000b"), "not-a-document", "pieces.0.content.0"],
    [
      "__proto__",
      parsed('{"subject":[],"previewLine":[],"pieces":[],"__proto__":{"a":1}}'),
      "not-a-document",
      '"__proto__"',
    ],
    [
      "a constructor",
      { ...empty, pieces: [parsed('{"type":"divider","constructor":1}')] },
      "not-a-document",
      '"pieces.0.constructor"',
    ],
    [
      "3,000 levels",
      { ...empty, pieces: nested(3000) },
      "not-a-document",
      "pieces.0.0.0.0.0.0.0: …",
    ],
    ["too many pieces", paragraphs(PIECES_MOST + 1), "too-many-pieces", "401 > 400"],
    ["far too many", paragraphs(100_000), "too-many-pieces", "> 400"],
    [
      "too much text",
      withText("a".repeat(CHARACTERS_MOST + 1)),
      "too-many-characters",
      "60001 > 60000",
    ],
    ["far too much", withText("a".repeat(10_000_000)), "too-many-characters", "> 60000"],
    [
      "more once it is written",
      withText("*".repeat(CHARACTERS_MOST)),
      "too-many-characters",
      "120000 > 60000",
    ],
  ])("%s", (_, value, kind, what) => {
    const read = readDocument(value);
    expect("findings" in read && read.findings[0]).toEqual({
      kind,
      what: expect.stringContaining(what),
    });
  });

  test("3,000 objects in each other", () => {
    const json = `${'{"pieces":'.repeat(3000)}1${"}".repeat(3000)}`;
    expect(readDocument(parsed(json))).toEqual({
      findings: [{ kind: "not-a-document", what: expect.stringContaining("pieces.pieces") }],
    });
  });

  test("what names itself", () => {
    const value: Record<string, unknown> = { ...empty };
    value.pieces = [value];
    expect(readDocument(value)).toHaveProperty("findings");
  });

  test("whatever it is", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (value) => {
        expect("findings" in readDocument(value)).toBe(true);
      }),
    );
  });
});

test("what is far too large is not looked at to its end", () => {
  const problem = (value: unknown) => {
    const read = readDocument(value);
    return "findings" in read ? read.findings[0]?.what : undefined;
  };
  expect(problem(paragraphs(100_000))).toBe("> 400");
  expect(problem(withText("a".repeat(10_000_000)))).toBe("> 60000");
});

test("as many pieces as are allowed, and as much text", () => {
  expect(readDocument(paragraphs(PIECES_MOST))).toHaveProperty("document");
  expect(readDocument(withText("a".repeat(CHARACTERS_MOST)))).toHaveProperty("document");
});

test("the deepest there is: a link in an entry of a list", () => {
  const items = [[{ text: "a", link: { to: "https://example.com" } }]];
  expect(readDocument({ ...empty, pieces: [{ type: "list", items }] })).toHaveProperty("document");
});
