import fc from "fast-check";
import {
  type Inline,
  type LinkTarget,
  type MailDocument,
  type Piece,
  panelNames,
} from "@/lib/mail-document/document";

// What means something in the notation, and what looks like it.
const notation = [
  ...["*", "**", "***", "_", "[", "]", "(", ")", "](", "\\", "{", "{{", "}}", "{{code}}", "---"],
  ...["# ", "- ", "1.", " {center}", " {end wide}", "!", "![a](image:abcdefgh)", "{{> news}}"],
  ...[
    "[a](https://example.com)",
    " ",
    "  ",
    "a",
    "ä",
    "👩‍🚀",
    "\u00a0",
    "\u200b",
    "عربي",
    "#",
    "-",
    "--",
  ],
];

/** Text that a line can hold, rich in what the notation is made of. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...notation), { minLength: 1, maxLength: 6 }).map((all) => all.join("")),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)),
);

const anyName = fc.oneof(
  fc.constantFrom("name", "until", "link", ...panelNames),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/),
);

const anyAddress = fc
  .array(fc.constantFrom("example.com", "/", "(", ")", "\\", "a", " ", "[", "*", "?", "\u0007"))
  .map((parts) => `https://${parts.join("")}`);

const anyTarget: fc.Arbitrary<LinkTarget> = fc.oneof(
  anyAddress.map((to) => ({ to })),
  anyName.map((variable) => ({ variable })),
);

const set = fc.constant(true as const);
const marks = { bold: set, italic: set, link: anyTarget };
const optional: { requiredKeys: ["text"] } = { requiredKeys: ["text"] };

const anyRun: fc.Arbitrary<Inline> = fc.oneof(
  fc.record({ text: anyText, ...marks }, optional),
  fc.record({ variable: anyName, ...marks }, { requiredKeys: ["variable"] }),
);

// Few targets, so that neighbours often share one.
const sameLink = (line: Inline[], target: LinkTarget): Inline[] =>
  line.map((one) => ("break" in one || one.link === undefined ? one : { ...one, link: target }));

const anyLine: fc.Arbitrary<Inline[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 6, arbitrary: anyRun }, fc.constant<Inline>({ break: true })), {
      maxLength: 7,
    }),
    fc.option(anyTarget),
  )
  .map(([line, target]) => (target === null ? line : sameLink(line, target)));

const plainLine = fc.array<Inline>(
  fc.oneof(
    anyText.map((text) => ({ text })),
    anyName.map((variable) => ({ variable })),
  ),
  { maxLength: 4 },
);

const place = {
  align: fc.constantFrom("center" as const, "end" as const),
  space: fc.constantFrom("tight" as const, "wide" as const),
};

const anyPiece: fc.Arbitrary<Piece> = fc.oneof(
  fc.record(
    {
      type: fc.constant("heading" as const),
      level: fc.constantFrom(1 as const, 2 as const, 3 as const),
      content: anyLine,
      ...place,
    },
    { requiredKeys: ["type", "level", "content"] },
  ),
  fc.record(
    { type: fc.constant("paragraph" as const), content: anyLine, ...place },
    { requiredKeys: ["type", "content"] },
  ),
  fc.record({ type: fc.constant("list" as const), items: fc.array(anyLine, { maxLength: 4 }) }),
  fc.record(
    { type: fc.constant("button" as const), label: anyLine, link: anyTarget, ...place },
    { requiredKeys: ["type", "label", "link"] },
  ),
  fc.record(
    {
      type: fc.constant("image" as const),
      image: fc.stringMatching(/^[a-z0-9]{8,40}$/),
      alternative: fc.oneof(anyText, fc.string({ unit: "binary" })),
      ...place,
    },
    { requiredKeys: ["type", "image", "alternative"] },
  ),
  fc.constant<Piece>({ type: "divider" }),
  fc.constantFrom(...panelNames).map((panel) => ({ type: "panel" as const, panel })),
  anyName.map((name) => ({ type: "block" as const, name })),
);

/** Any pieces that a document may have, most of them not in their normal form. */
export const anyPieces: fc.Arbitrary<Piece[]> = fc.array(anyPiece, { maxLength: 6 });

/** Any document that the schema admits. */
export const anyDocument: fc.Arbitrary<MailDocument> = fc.record({
  subject: plainLine,
  previewLine: plainLine,
  pieces: anyPieces,
});

/** What somebody, or something, types: words, notation, and characters that no text can hold. */
export const anyTyped: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: anyText },
        fc.constantFrom("\n", "\n\n", "\r\n", "\n  ", "\n- ", "\n# ", "\\\n", "\t", "\ud800"),
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 40 }),
);
