import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInDocument } from "@/lib/mail/edited/built-in-document";
import type { MailKind } from "@/lib/mail/kinds";
import type { Inline, MailDocument } from "@/lib/mail-document/document";
import { readNotation } from "@/lib/mail-document/notation";
import { readDocument } from "@/lib/mail-document/read-document";
import { type GateFacts, judgeText } from "@/lib/templates/gate/judge-text";
import { anyDocument, anyPieces, anyText } from "@/lib/testing/any-document";

const codeText = "Hello {{name}}\n\n{{code}}\n\nUntil {{until}}.\n\n{{facts}}";

type Text = {
  kind?: MailKind;
  subject?: string;
  preview?: string;
  /** Stands behind what the kind requires. */
  more?: string;
  text?: string;
  blocks?: Record<string, string>;
  html?: string;
};

const typed = (subjectLine: string, previewLine: string, text: string): MailDocument =>
  readNotation({ subjectLine, previewLine, text });

function judge({ more = "", blocks = {}, html, ...given }: Text) {
  const facts: GateFacts = {
    allowedHosts: [
      "portaria.example",
      "shop.example",
      "shop.pt",
      "münchen.example",
      "dev.example:8443",
    ],
    blocks: new Map(Object.entries(blocks).map(([name, text]) => [name, typed("", "", text)])),
    images: new Set(["abcdefgh"]),
    rendered: html === undefined ? null : { subject: "", html, text: "" },
  };
  const text = given.text ?? `${codeText}\n\n${more}`;
  const document = typed(given.subject ?? "{{code}} is your code", given.preview ?? "", text);
  return judgeText({ kind: given.kind ?? "sign-in-code", locale: "en", document }, facts);
}

const shortly = (text: Text) =>
  judge(text).map(({ level, kind, where: { part, line }, what }) =>
    [level, kind, part, line, what].filter((one) => one !== undefined).join(" "),
  );

// Of what stands behind `codeText`.
const LINE = 9;
const text = (level: string, kind: string, what = "") => [
  `${level} ${kind} text ${LINE} ${what}`.trim(),
];
const refused = (kind: string, what = "") => text("refused", kind, what);
const warned = (kind: string, what = "") => text("warned", kind, what);
const W = "a".repeat(60);

type Row = [string, Text, string[]];

const rows: Row[] = [
  ["G14 its own host with www. before it", { more: "a [www.shop.pt](https://shop.pt/)" }, []],
  [
    "G14 a host beside it",
    { more: "a [hop.pt](https://shop.pt/)" },
    refused("link-names-other-host", "hop.pt"),
  ],
  ["G25 three parts of thousands", { more: "123.456.789" }, []],
  [
    "G25 with a blank of no width",
    { more: "482\u200b913" },
    [...refused("hidden-characters", "U+200B"), ...refused("six-digits", "482913")],
  ],
  ["nothing is wrong", {}, []],
  [
    "G1 a code mail without its panel",
    { text: "Hello {{code}} {{until}}\n\n{{facts}}" },
    ["refused required-missing text {{code}}"],
  ],
  [
    "G1 without its code in the subject",
    { subject: "Your code" },
    ["refused required-missing subject {{code}}"],
  ],
  [
    "G1 without its end",
    { text: "{{code}}\n\n{{facts}}" },
    ["refused required-missing text {{until}}"],
  ],
  [
    "G1 with its end only in the preview line",
    { text: "{{code}}\n\n{{facts}}", preview: "{{until}}" },
    ["refused required-missing text {{until}}"],
  ],
  [
    "G1 without its facts",
    { text: "{{code}}\n\n{{until}}" },
    ["refused required-missing text {{facts}}"],
  ],
  [
    "G1 with all of it, some in a block",
    { text: "{{> end}}\n\n{{code}}", blocks: { end: "It ends at {{until}}.\n\n{{facts}}" } },
    [],
  ],
  [
    "G1 a link mail without its link",
    { kind: "password-reset", subject: "A", text: "{{until}}\n\n{{facts}}" },
    ["refused required-missing text {{link}}"],
  ],
  [
    "G1 with the link as words only",
    { kind: "password-reset", subject: "A", text: "{{until}} {{link}}\n\n{{facts}}" },
    ["refused required-missing text {{link}}", "refused not-in-a-line text 1 {{link}}"],
  ],
  [
    "G1 with the link of a button",
    { kind: "password-reset", subject: "A", text: "{{until}}\n\n{{facts}}\n\n[Go](link)" },
    [],
  ],
  [
    "G1 with the link of words",
    { kind: "password-reset", subject: "A", text: "{{until}} [here](link) x\n\n{{facts}}" },
    [],
  ],
  ["G2 an unknown variable", { more: "a {{nmae}}" }, refused("unknown-variable", "{{nmae}}")],
  [
    "G2 an unknown one in the preview line",
    { preview: "{{nmae}}" },
    ["refused unknown-variable preview {{nmae}}"],
  ],
  ["G2 one that a link leads to", { more: "a [b](nmae)" }, refused("unknown-variable", "{{nmae}}")],
  ["G2 what is no name", { more: "a {{Name}} {{ b" }, refused("unknown-variable", "{{Name}}")],
  [
    "G2 a variable in an address",
    { more: "a [b](https://portaria.example/{{name}})" },
    refused("unknown-variable", "{{name}}"),
  ],
  ["G2 one brace", { more: "a {name}" }, []],
  [
    "G3 a variable of another kind",
    { more: "a {{reference}}" },
    refused("variable-of-other-kind", "{{reference}}"),
  ],
  [
    "G3 a panel of another kind",
    { more: "{{happened}}" },
    refused("variable-of-other-kind", "{{happened}}"),
  ],
  [
    "G3 a link of another kind",
    { more: "[a](link)" },
    refused("variable-of-other-kind", "{{link}}"),
  ],
  ["G4 a panel in a line", { more: "a {{facts}}" }, refused("not-in-a-line", "{{facts}}")],
  ["G4 a link in a line", { more: "a {{help-page}}" }, refused("not-in-a-line", "{{help-page}}")],
  [
    "G4 a panel in the subject",
    { subject: "{{code}} {{facts}}" },
    ["refused not-in-a-line subject {{facts}}"],
  ],
  ["G4 the code in a line", { more: "a {{code}}" }, []],
  ["G5 a link to what is none", { more: "a [b](name)" }, refused("not-a-link", "{{name}}")],
  ["G5 a link to one", { more: "a [b](help-page)" }, []],
  ["G6 an unknown block", { more: "{{> news}}" }, refused("unknown-block", "{{> news}}")],
  ["G6 a known block", { more: "{{> news}}", blocks: { news: "a" } }, []],
  [
    "G7 a block in a block",
    { more: "{{> news}}", blocks: { news: "a\n\n{{> old}}", old: "b" } },
    refused("block-in-block", "{{> old}}"),
  ],
  [
    "G7 a block in itself",
    { more: "{{> news}}", blocks: { news: "a\n\n{{> news}}" } },
    refused("block-in-block", "{{> news}}"),
  ],
  [
    "G2 an unknown variable in a block",
    { more: "{{> news}}", blocks: { news: "a\n\nb {{nmae}}" } },
    refused("unknown-variable", "{{nmae}}"),
  ],
  ["G8 an unknown picture", { more: "![a](image:abcdefgx)" }, refused("unknown-image", "abcdefgx")],
  ["G8 what is no picture's id", { more: "![a](image:logo)" }, refused("unknown-image", "logo")],
  ["G8 a known picture", { more: "![a](image:abcdefgh)" }, []],
  [
    "G9 a picture without words",
    { more: "![](image:abcdefgh)" },
    refused("image-without-text", "abcdefgh"),
  ],
  ["G10 a button without words", { more: "[ ](help-page)" }, refused("button-without-words")],
  [
    "G10 with a blank of another kind",
    { more: "[\u00a0](help-page)" },
    refused("button-without-words"),
  ],
  ["G10 with a variable", { more: "[{{brand}}](help-page)" }, []],
  [
    "G11 another host",
    { more: "a [b](https://evil.example/)" },
    refused("host-not-allowed", "evil.example"),
  ],
  [
    "G11 one below an allowed",
    { more: "a [b](https://a.portaria.example/)" },
    refused("host-not-allowed", "a.portaria.example"),
  ],
  ["G11 one above it", { more: "a [b](https://example/)" }, refused("host-not-allowed", "example")],
  [
    "G11 one that begins so",
    { more: "a [b](https://portaria.example.evil.example/)" },
    refused("host-not-allowed", "portaria.example.evil.example"),
  ],
  [
    "G11 a name before the host",
    { more: "a [b](https://portaria.example@evil.example/)" },
    refused("host-not-allowed", "https://portaria.example@evil.example/"),
  ],
  [
    "G11 a name before an allowed host",
    { more: "a [b](https://evil@portaria.example/)" },
    refused("host-not-allowed", "https://evil@portaria.example/"),
  ],
  [
    "G11 another port",
    { more: "a [b](https://portaria.example:8443/)" },
    refused("host-not-allowed", "portaria.example:8443"),
  ],
  ["G11 an allowed port", { more: "a [b](https://dev.example:8443/)" }, []],
  ["G11 the usual port", { more: "a [b](https://portaria.example:443/)" }, []],
  [
    "G11 a dot at the end",
    { more: "a [b](https://portaria.example./)" },
    refused("host-not-allowed", "portaria.example."),
  ],
  [
    "G11 a backslash",
    { more: "a [b](https://portaria.example\\\\@evil.example/)" },
    refused("host-not-allowed", "https://portaria.example\\@evil.example/"),
  ],
  [
    "G11 a third stroke",
    { more: "a [b](https:///portaria.example/)" },
    refused("host-not-allowed", "https:///portaria.example/"),
  ],
  [
    "G11 an escaped host",
    { more: "a [b](https://portaria%2eexample/)" },
    refused("host-not-allowed", "https://portaria%2eexample/"),
  ],
  ["G11 a host in punycode", { more: "a [b](https://xn--mnchen-3ya.example/)" }, []],
  ["G11 the same in Unicode", { more: "a [b](https://münchen.example/)" }, []],
  ["G11 capitals", { more: "a [b](https://PORTARIA.example/)" }, []],
  ["G11 no host", { more: "a [b](https://)" }, refused("host-not-allowed", "https://")],
  [
    "G11 an address in the text",
    { more: "See https://evil.com/a." },
    refused("host-not-allowed", "evil.com"),
  ],
  [
    "G11 www. in the text",
    { more: "See www.evil.com." },
    refused("host-not-allowed", "www.evil.com"),
  ],
  ["G11 our own address in the text", { more: "See https://shop.example/news.zip?a" }, []],
  [
    "G12 a host's name in the text",
    { more: "See evil.com, please" },
    warned("host-not-allowed", "evil.com"),
  ],
  ["G12 a full stop without a blank", { more: "One.Two node.js 1.5 e.g. this" }, []],
  [
    "G13 a script",
    { more: "a [b](javascript:alert(1))" },
    refused("address-not-https", "javascript:alert(1"),
  ],
  [
    "G13 http, alone on its line",
    { more: "[b](http://portaria.example/)" },
    [...refused("address-not-https", "http://portaria.example/")],
  ],
  [
    "G13 an address without a scheme",
    { more: "a [**b**](//shop.example)" },
    refused("address-not-https", "//shop.example"),
  ],
  ["G13 round brackets behind square ones", { more: "a [b] (c) \\[d\\](e)" }, []],
  [
    "G14 words that name another host",
    { more: "a [evil.com](https://portaria.example/)" },
    refused("link-names-other-host", "evil.com"),
  ],
  [
    "G14 by an address",
    { more: "a [see https://evil.com/portaria.example](https://shop.example/)" },
    refused("link-names-other-host", "evil.com"),
  ],
  ["G14 with a variable around", { more: "a [{{brand}}.com](https://shop.example/)" }, []],
  [
    "G14 with a name behind a variable",
    { more: "a [{{brand}}.evil.com](https://shop.example/)" },
    refused("link-names-other-host", "evil.com"),
  ],
  [
    "G14 across marks",
    { more: "a [ev**il**.com](https://shop.example/)" },
    refused("link-names-other-host", "evil.com"),
  ],
  [
    "G14 on a button to our own pages",
    { more: "[Go to evil.com](help-page)" },
    refused("link-names-other-host", "evil.com"),
  ],
  ["G14 the host of our own pages", { more: "[Go to portaria.example](help-page)" }, []],
  [
    "G14 an ideographic full stop",
    { more: "a [evil。com](help-page)" },
    refused("link-names-other-host", "evil.com"),
  ],
  ["G14 its own host", { more: "a [www.shop.example](https://shop.example/)" }, []],
  [
    "G15 Cyrillic in a Latin word",
    { more: "p\u0430ypal" },
    refused("look-alike-letters", "p\u0430ypal"),
  ],
  [
    "G15 Greek in a Latin word, across marks",
    { more: "a pay**p\u03b1l**" },
    refused("look-alike-letters", "payp\u03b1l"),
  ],
  ["G15 full-width", { more: "ｐaypal" }, refused("look-alike-letters", "ｐaypal")],
  ["G15 mathematical", { more: "𝐩𝐚𝐲𝐩𝐚𝐥" }, refused("look-alike-letters", "𝐩𝐚𝐲𝐩𝐚𝐥")],
  ["G15 in circles", { more: "ⓟⓐⓨ" }, refused("look-alike-letters", "ⓟ")],
  [
    "G15 in a host",
    { more: "a [b](https://p\u043ertaria.example/)" },
    [
      ...refused("host-not-allowed", "xn--prtaria-9ig.example"),
      ...refused("look-alike-letters", "p\u043ertaria"),
    ],
  ],
  [
    "G15 accents, ordinals and other scripts by themselves",
    { more: "Ação, ça, ñ, 1.ª n.º 2ᵉ Привет мир 日本 x² 🇵🇹" },
    [],
  ],
  [
    "G16 a word of look-alikes alone",
    { more: "\u0441\u043e\u0440" },
    warned("look-alike-letters", "\u0441\u043e\u0440"),
  ],
  ["G17 text turned about", { more: "a\u202eb" }, refused("hidden-characters", "U+202E")],
  ["G17 a blank of no width", { more: "a\u200bb" }, refused("hidden-characters", "U+200B")],
  [
    "G17 in the subject",
    { subject: "{{code}} a\u2060b" },
    ["refused hidden-characters subject U+2060"],
  ],
  ["G17 a tag", { more: "a\u{e0041}" }, refused("hidden-characters", "U+E0041")],
  ["G17 a filler", { more: "a\u3164b" }, refused("hidden-characters", "U+3164")],
  ["G17 a soft hyphen in a number", { more: "1\u00ad2" }, refused("hidden-characters", "U+00AD")],
  ["G17 a joiner between words", { more: "a\u200db" }, refused("hidden-characters", "U+200D")],
  [
    "G17 in an address",
    { more: "a [b](https://shop.example/\u200b)" },
    [
      ...refused("host-not-allowed", "https://shop.example/\u200b"),
      ...refused("hidden-characters", "U+200B"),
    ],
  ],
  [
    "G17 in what a picture says",
    { more: "![a\u200eb](image:abcdefgh)" },
    refused("hidden-characters", "U+200E"),
  ],
  ["G17 emojis", { more: "👩‍🚀 👩🏽‍🚀 ❤️ 1️⃣ 🏳️‍🌈 👨‍👩‍👧" }, []],
  ["G18 a soft hyphen in a word", { more: "sou\u00adhait" }, warned("hidden-characters", "U+00AD")],
  [
    "G19 no subject",
    { subject: "" },
    ["refused required-missing subject {{code}}", "refused subject-empty subject"],
  ],
  [
    "G19 an invisible subject",
    { kind: "account-closed", subject: "\u00a0", text: "{{facts}}" },
    ["refused subject-empty subject"],
  ],
  [
    "G20 a subject of 79 characters",
    { subject: `{{code}} ${W}${"b".repeat(12)}` },
    ["refused subject-too-long subject 79"],
  ],
  ["G20 of 78", { subject: `{{code}} ${W}${"b".repeat(11)}` }, []],
  [
    "G20 with a usual name",
    { subject: `{{code}} ${W}{{name}}` },
    ["refused subject-too-long subject 81"],
  ],
  [
    "G21 a line that ends in the subject",
    { subject: "{{code}}\nBcc: a" },
    ["refused line-break subject"],
  ],
  ["G21 in the preview line", { preview: "a\r\nb" }, ["refused line-break preview"]],
  ["G22 too many pieces", { more: "a\n\n".repeat(390) }, ["refused too-many-pieces whole 791"]],
  [
    "G23 too many characters",
    { more: "a".repeat(60_000) },
    ["refused too-many-characters whole 60076"],
  ],
  ["G24 more than 100 KB", { html: "é".repeat(51_201) }, ["refused too-heavy whole 102402"]],
  ["G24 100 KB", { html: "é".repeat(51_200) }, []],
  ["G25 six digits", { more: "a482913b" }, refused("six-digits", "482913")],
  ["G25 with a blank", { more: "482 913" }, refused("six-digits", "482 913")],
  [
    "G25 with a blank that does not break",
    { more: "482\u00a0913" },
    refused("six-digits", "482 913"),
  ],
  ["G25 with a dash", { more: "48–29–13" }, refused("six-digits", "48–29–13")],
  ["G25 digit by digit", { more: "4 8 2 9 1 3" }, refused("six-digits", "4 8 2 9 1 3")],
  ["G25 with a point of thousands", { more: "482.913" }, refused("six-digits", "482.913")],
  [
    "G25 full-width",
    { more: "４８２９１３" },
    [...refused("look-alike-letters", "４８２９１３"), ...refused("six-digits", "482913")],
  ],
  ["G25 of another script", { more: "٤٨٢٩١٣" }, refused("six-digits", "٤٨٢٩١٣")],
  ["G25 across marks", { more: "48**29**13" }, refused("six-digits", "482913")],
  ["G25 in the subject", { subject: "{{code}} 482913" }, ["refused six-digits subject 482913"]],
  ["G25 in words of a link", { more: "a [482913](help-page)" }, refused("six-digits", "482913")],
  [
    "G25 in an address",
    { more: "a [b](https://shop.example/482913)" },
    refused("six-digits", "482913"),
  ],
  [
    "G25 escaped in an address",
    { more: "a [b](https://shop.example/%34829%313)" },
    refused("six-digits", "482913"),
  ],
  [
    "G25 in what a picture says",
    { more: "![482913](image:abcdefgh)" },
    refused("six-digits", "482913"),
  ],
  [
    "G25 seven digits, a telephone number and others",
    { more: "4829131, +351 21 000 0000, 1.234.567, 2025, 29 and a {{ip}}12345" },
    [],
  ],
  ["G25 a date in an address", { more: "a [b](https://shop.example/2026-11/29)" }, []],
  [
    "G26 unequal parts of six digits",
    { more: "November 29 2026" },
    warned("six-digits", "29 2026"),
  ],
  [
    "G27 no text",
    { kind: "account-closed", subject: "A", text: "---\n\n\u00a0" },
    ["refused required-missing text {{facts}}", "refused empty text"],
  ],
];

describe("of a text with", () => {
  test.each(rows)("%s", (_, given, found) => {
    expect(shortly(given)).toEqual(found);
  });
});

test("each finding says its piece and its line of the plain notation", () => {
  const found = judge({
    text: "# A\n\n- b\n- c\n  d {{x}}\n\ne\nf {{y}}\n\n{{code}}\n\n{{facts}}\n\n{{until}}",
  });
  expect(found.map((one) => ({ ...one.where, what: one.what }))).toEqual([
    { part: "text", piece: 2, line: 5, what: "{{x}}" },
    { part: "text", piece: 3, line: 8, what: "{{y}}" },
  ]);
});

test("and its line of what was typed, where that is known", () => {
  const typedText = "{{code}}\n{{facts}}\n\n\n\n{{until}}\na {{x}}";
  const document = typed("{{code}}", "", typedText);
  const facts = { allowedHosts: [], blocks: new Map(), images: new Set<string>(), rendered: null };
  const text = { kind: "sign-in-code", locale: "en", document } as const;
  const lineOf = (more: { typed?: string }) =>
    judgeText(text, { ...facts, ...more })[0]?.where.line;
  expect(lineOf({ typed: typedText })).toBe(7);
  expect(lineOf({})).toBe(6);
  // Of another text, its lines are none of these.
  expect(lineOf({ typed: "a" })).toBe(6);
});

test("what is refused comes first, the same once, and no more than a hundred", () => {
  const found = judge({
    more: `evil.com 482913 482913 ${"a\u200bb ".repeat(3)} ${Array.from({ length: 200 }, (_, n) => `{{x${n}}}`).join("")}`,
  });
  expect(found).toHaveLength(100);
  expect(found.every(({ level }) => level === "refused")).toBe(true);
  const few = judge({ more: "evil.com 482913 482913" }).map(({ level }) => level);
  expect(few).toEqual(["refused", "warned"]);
});

test("any document is judged", () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (document, block) => {
      const facts = {
        allowedHosts: ["a b", "example.com"],
        images: new Set<string>(),
        rendered: null,
      };
      const blocks = new Map([["name", block]]);
      judgeText({ kind: "sign-in-code", locale: "pt", document }, { ...facts, blocks });
    }),
  );
});

test("what it lets through can be read again, and is what it was", () => {
  const built = builtInDocument("account-closed", "pt");
  const facts = {
    allowedHosts: ["example.com"],
    ...{ images: new Set<string>(), blocks: new Map(), rendered: null },
  };
  let passed = 0;
  fc.assert(
    fc.property(anyPieces, anyText, (pieces, text) => {
      const document: MailDocument = {
        ...built,
        pieces: [{ type: "heading", level: 1, content: [{ text }] }, ...pieces, ...built.pieces],
      };
      const found = judgeText({ kind: "account-closed", locale: "pt", document }, facts);
      if (found.some(({ level }) => level === "refused")) return;
      passed += 1;
      expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ document });
    }),
    { numRuns: 500 },
  );
  expect(passed).toBeGreaterThan(20);
});

test("an address that the notation says once, and the document too often to be read again, is refused", () => {
  const link = { to: `https://example.com/${"a".repeat(8_000)}` };
  const content: Inline[] = Array.from({ length: 16 }, (_, index) => ({
    ...{ text: `word ${index} `, link },
    ...(index % 2 === 0 ? { bold: true as const } : {}),
  }));
  const built = builtInDocument("account-closed", "pt");
  const document = { ...built, pieces: [...built.pieces, { type: "paragraph" as const, content }] };
  const facts = {
    allowedHosts: ["example.com"],
    ...{ images: new Set<string>(), blocks: new Map(), rendered: null },
  };
  const kinds = judgeText({ kind: "account-closed", locale: "pt", document }, facts).map(
    ({ level, kind }) => `${level} ${kind}`,
  );
  expect(kinds).toContain("refused too-many-characters");
});

// Of the processor's time, so that what else the machine does is not measured.
const MILLISECONDS_MOST = 1000;

test("the longest hostile texts are judged in a second", () => {
  const units = ["a", "1", "1 ", "](", "](a:", "{{", "a.", ".", "\u200b", "p\u0430", "://", "www."];
  for (const unit of [...units, "@a.com", "-", "a@", "1,", "111.", "{{a}} "]) {
    const start = process.cpuUsage();
    judge({ more: unit.repeat(60_000 / unit.length) });
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000, unit).toBeLessThan(MILLISECONDS_MOST);
  }
});
