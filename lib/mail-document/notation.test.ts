import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mailDocumentSchema, type Piece } from "@/lib/mail-document/document";
import { normalised, normalisedPieces } from "@/lib/mail-document/normalised";
import {
  readLine,
  readNotation,
  readPieceLines,
  readText,
  writeLine,
  writeNotation,
  writeText,
} from "@/lib/mail-document/notation";
import { CHARACTERS_MOST } from "@/lib/mail-document/rules/limits";
import { anyDocument, anyTyped } from "@/lib/testing/any-document";

const runs = { numRuns: 2000 };

test("a document in the notation, read again, is the same document", () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      expect(readNotation(writeNotation(document))).toEqual(normalised(document));
    }),
    runs,
  );
});

test("the normal form of a normal form is itself, and a document", () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const normal = normalised(document);
      expect(normalised(normal)).toEqual(normal);
      expect(mailDocumentSchema.safeParse(normal).success).toBe(true);
    }),
    runs,
  );
});

test("normalising changes nothing of what it is given", () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const before = structuredClone(document);
      normalised(document);
      expect(document).toEqual(before);
    }),
  );
});

test("any text is a document, and what is written of it says the same", () => {
  fc.assert(
    fc.property(anyTyped, anyTyped, (text, line) => {
      const read = readNotation({ subjectLine: line, previewLine: line, text });
      expect(readNotation(writeNotation(read))).toEqual(read);
      expect(normalised(read)).toEqual(read);
      const { subject: _, previewLine: __, ...rest } = read;
      const parsed = mailDocumentSchema.safeParse({ ...rest, subject: [], previewLine: [] });
      expect(parsed.error?.issues ?? []).toEqual([]);
    }),
    runs,
  );
});

const paragraph = (...content: object[]) => ({ type: "paragraph", content });
const text = (words: string) => paragraph({ text: words });

describe("what is read", () => {
  test.each<[string, string, object[]]>([
    ["a heading of the first level", "# Hello", [{ ...heading(1, "Hello") }]],
    ["of the third", "### Hello", [{ ...heading(3, "Hello") }]],
    ["of the fourth, which there is not", "#### Hello", [text("#### Hello")]],
    ["a heading that ends a paragraph", "a\n## b\nc", [text("a"), heading(2, "b"), text("c")]],
    ["two paragraphs", "a\n\n\n b ", [text("a"), text("b")]],
    ["a line that ends", "a\nb", [paragraph({ text: "a" }, { break: true }, { text: "b" })]],
    ["lines as Windows ends them", "a\r\n\r\nb", [text("a"), text("b")]],
    ["a list", "- a\n- b", [{ type: "list", items: [[{ text: "a" }], [{ text: "b" }]] }]],
    [
      "an entry of two lines, and a paragraph behind it",
      "- a\n  b\nc",
      [{ type: "list", items: [[{ text: "a" }, { break: true }, { text: "b" }]] }, text("c")],
    ],
    [
      "entries with blank lines between them",
      "- a\n\n- b",
      [{ type: "list", items: [[{ text: "a" }], [{ text: "b" }]] }],
    ],
    [
      "a list below another, which there is not",
      "- a\n  - b",
      [{ type: "list", items: [[{ text: "a" }], [{ text: "b" }]] }],
    ],
    ["a number and a point", "1. a", [text("1. a")]],
    ["bold", "a **b** c", [paragraph({ text: "a " }, { text: "b", bold: true }, { text: " c" })]],
    ["italic", "*a*", [paragraph({ text: "a", italic: true })]],
    ["both", "***a***", [paragraph({ text: "a", bold: true, italic: true })]],
    [
      "italic in bold",
      "**a *b***",
      [paragraph({ text: "a ", bold: true }, { text: "b", bold: true, italic: true })],
    ],
    ["asterisks between blanks", "2 * 3 * 4 ** 5", [text("2 * 3 * 4 ** 5")]],
    ["an asterisk that nothing closes", "**a", [text("**a")]],
    ["four asterisks", "****a****", [text("****a****")]],
    ["an underline", "_a_ __b__", [text("_a_ __b__")]],
    [
      "a link",
      "a [b *c*](https://example.com/)",
      [
        paragraph(
          { text: "a " },
          { text: "b ", link: { to: "https://example.com/" } },
          { text: "c", italic: true, link: { to: "https://example.com/" } },
        ),
      ],
    ],
    [
      "a link to a variable, with braces and without",
      "a [b]({{ link }}) [c](link)",
      [
        paragraph(
          { text: "a " },
          { text: "b", link: { variable: "link" } },
          { text: " " },
          { text: "c", link: { variable: "link" } },
        ),
      ],
    ],
    ["a scheme in capitals", "[b](HTTPS://a.example)", [button("b", { to: "https://a.example" })]],
    [
      "round brackets in an address",
      "[b](https://a.example/c_(d))",
      [button("b", { to: "https://a.example/c_(d)" })],
    ],
    ["an address that is not https", "[a](http://b.example)", [text("[a](http://b.example)")]],
    ["a script", "[a](javascript:alert(1))", [text("[a](javascript:alert(1))")]],
    [
      "a link in a link",
      "[a [b](https://b.example) c](https://c.example)",
      [
        paragraph(
          { text: "[a " },
          { text: "b", link: { to: "https://b.example" } },
          { text: " c](https://c.example)" },
        ),
      ],
    ],
    ["a button", "[Go]({{link}})", [button("Go", { variable: "link" })]],
    [
      "a button between the lines of a paragraph",
      "a\n[Go]({{link}})\nb",
      [text("a"), button("Go", { variable: "link" }), text("b")],
    ],
    ["a button without words", "[]({{link}})", [button("", { variable: "link" })]],
    ["a link without words in a line", "a []({{link}})", [link("a [](", "link", ")")]],
    ["a divider", "a\n---\nb", [text("a"), { type: "divider" }, text("b")]],
    ["two dashes", "--", [text("--")]],
    [
      "a picture",
      "![Our *shop* \\]](image:abcdefgh1)",
      [{ type: "image", image: "abcdefgh1", alternative: "Our *shop* ]" }],
    ],
    ["a picture from elsewhere", "![a](http://b/c.png)", [text("![a](http://b/c.png)")]],
    ["a variable", "Dear {{ name }},", [paragraph(...words("Dear ", "name", ","))]],
    ["what is no name", "{{Name}} {{a b}} {{}}", [text("{{Name}} {{a b}} {{}}")]],
    ["three braces", "{{{name}}}", [paragraph(...words("{", "name", "}"))]],
    ["the code in a line", "It is {{code}}.", [paragraph(...words("It is ", "code", "."))]],
    ["the code's panel", "a\n {{ code }} \nb", [text("a"), panel("code"), text("b")]],
    ["panels", "{{facts}}\n{{message}}\n\n{{happened}}", panels("facts", "message", "happened")],
    ["a value alone on its line", "{{until}}", [paragraph({ variable: "until" })]],
    ["a bold code alone", "**{{code}}**", [paragraph({ variable: "code", bold: true })]],
    ["a named block", "{{> news}}\n{{>old-news }}", [block("news"), block("old-news")]],
    ["a block in a line", "a {{> news}}", [text("a {{> news}}")]],
    ["escaped characters", "\\# a \\*b\\* \\[c\\](d) \\\\", [text("# a *b* [c](d) \\")]],
    ["an escaped variable", "\\{{name}} {\\{name}}", [text("{{name}} {{name}}")]],
    ["a backslash at the end", "a\\", [text("a\\")]],
    ["a place", "a\nb {center}", [{ ...lines("a", "b"), align: "center" }]],
    ["two", "# a {wide end}", [{ ...heading(1, "a"), align: "end", space: "wide" }]],
    ["a place of a button", "[a](link) {tight}", [{ ...linkButton, space: "tight" }]],
    ["no place", "a {middle}", [text("a {middle}")]],
    ["two of one kind", "a {center end}", [text("a {center end}")]],
    ["a place of nothing", "{center}", [text("{center}")]],
    ["a place that is not at the end", "a {center}\nb", [lines("a {center}", "b")]],
    ["control characters", "a\u0000b\tc\ud800", [text("ab c")]],
  ])("%s", (_, typed, pieces) => {
    expect(readText(typed)).toEqual(pieces);
  });

  test("of a subject only variables and what is escaped", () => {
    expect(readLine(" # {{code}}: *a* [b](c) \\{{d}} ")).toEqual([
      { text: "# " },
      { variable: "code" },
      { text: ": *a* [b](c) {{d}}" },
    ]);
  });

  test("the end of a line in a subject, for the gate to find", () => {
    expect(readLine("a\nb")).toEqual([{ text: "a" }, { break: true }, { text: "b" }]);
    expect(writeLine(readLine("a\nb"))).toBe("a\nb");
  });
});

describe("what is written", () => {
  test.each<[string, Piece[], string]>([
    [
      "bold words with a blank",
      [{ type: "paragraph", content: [{ text: "a ", bold: true }, { text: "b" }] }],
      "**a\\ **b",
    ],
    [
      "a blank before bold words",
      [{ type: "paragraph", content: [{ text: "a " }, { text: "b", bold: true }] }],
      "a **b**",
    ],
    ["what begins a line", [{ type: "paragraph", content: [{ text: "- a" }] }], "\\- a"],
    [
      "one bold blank",
      [{ type: "paragraph", content: [{ text: "a" }, { text: " ", bold: true }, { text: "b" }] }],
      "a**\\ **b",
    ],
    [
      "what would begin a heading with the place behind it",
      [{ type: "paragraph", content: [{ text: "#" }], align: "center" }],
      "\\# {center}",
    ],
    ["a word with dashes", [{ type: "paragraph", content: [{ text: "---a" }] }], "---a"],
  ])("%s", (_, pieces, typed) => {
    expect(writeText(pieces)).toBe(typed);
    expect(readText(typed)).toEqual(normalisedPieces(pieces));
  });

  test("is legible", () => {
    const typed = [
      "# Your sign-in code",
      "Dear {{name}}, use it in *this* browser. **Never** [pass it on]({{help-page}}).",
      "{{code}}",
      "- It works until {{until}}\n  and not longer\n- [Not you?](https://example.com/a?b=c#d)",
      "[Choose a **new** password]({{change-password-page}}) {center wide}",
      "---",
      "![Our shop](image:abcdefgh)",
      "{{> opening-hours}}",
      "{{facts}}",
    ].join("\n\n");
    expect(writeText(readText(typed))).toBe(typed);
  });
});

test("each piece has the line at which it begins", () => {
  const typed = "\r\n# a\nb\nc\n[d](link)\ne\n\n- f\n  g\n\n- h\ni\n---\n\n\n{{code}}";
  expect(readText(typed)).toHaveLength(8);
  expect(readPieceLines(typed)).toEqual([2, 3, 5, 6, 8, 12, 13, 16]);
});

// Of the processor's time, so that what else the machine does is not measured.
const MILLISECONDS_MOST = 1000;

describe("the longest texts are read in less than a second", () => {
  test.each([
    ...["[", "*", "**", "* ", "\\", "{{", "{{ ", "![", "![a](", "](", "[](", "[a](", "("],
    ...["[a](https://", "[(", "*a", "**a*", "{{a", "{{> ", "- ", "# ", "\n", "a\n", " {", "-"],
    ...[" ", "a ", "[a](link)", "*a* ", "- a\n", "{{code}}\n", "](https://a", "[a](   ", "[{{a "],
  ])("of %j", (unit) => {
    const long = unit.repeat(CHARACTERS_MOST / unit.length);
    for (const typed of [long, `${"[".repeat(1000)}${long}`, `${long})`, `${long}}}`]) {
      const start = process.cpuUsage();
      const pieces = readText(typed);
      writeText(pieces);
      readLine(typed);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).toBeLessThan(MILLISECONDS_MOST);
    }
  });
});

function heading(level: number, words: string) {
  return { type: "heading", level, content: [{ text: words }] };
}
function button(words: string, link: object) {
  return { type: "button", label: words === "" ? [] : [{ text: words }], link };
}
const linkButton = button("a", { variable: "link" });
function link(before: string, name: string, after: string) {
  return paragraph({ text: before }, { variable: name }, { text: after });
}
function words(before: string, name: string, after: string) {
  return [{ text: before }, { variable: name }, { text: after }];
}
function panel(name: string) {
  return { type: "panel", panel: name };
}
function panels(...names: string[]) {
  return names.map(panel);
}
function block(name: string) {
  return { type: "block", name };
}
function lines(first: string, second: string) {
  return paragraph({ text: first }, { break: true }, { text: second });
}
