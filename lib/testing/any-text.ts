import fc from "fast-check";
import type { EditedText } from "@/lib/mail/edited/edited-text";
import { requiredOf, variablesOf } from "@/lib/mail/edited/variables";
import { type MailKind, rowOf } from "@/lib/mail/kinds";
import type { Inline, LinkTarget, PanelName, Piece } from "@/lib/mail-document/document";
import { noFrame } from "@/lib/mail-document/frame";
import { appUrl } from "@/lib/testing/rendered-mails";

// What a line can hold, by the document's schema; digits are left out where a code must stay the only number.
const hasNothingBad = (text: string) => !/[\p{Cc}\p{Cs}\u2028\u2029\d]/u.test(text);
const strange = fc.constantFrom(
  ...[
    "<script>alert()</script>",
    "</td></tr>",
    "&amp; &",
    "{{code}} {brand}",
    "\ue000\ue100\ue001",
  ],
  ...[
    "  ",
    " a ",
    "\u200b",
    "\u00a0",
    "مرحبا",
    "\u202eevil",
    "👩‍👩‍👧",
    "$& $1",
    "<!-- -->",
    "“Ⅹ”'\"",
  ],
  ...["javascript:alert()", "x".repeat(300), "many words ".repeat(30)],
);
const text = fc.oneof(
  strange,
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter(hasNothingBad),
  fc.lorem({ maxCount: 8 }),
);

const place = fc.record(
  {
    align: fc.constantFrom("center" as const, "end" as const),
    space: fc.constantFrom("tight" as const, "wide" as const),
  },
  { requiredKeys: [] },
);

type Wanted = {
  /** Whether values stand between blanks, so that two make no number. */
  isApart: boolean;
  /** Besides, a code may stand in lines. */
  hasCodes: boolean;
};

function anyPieces(kind: MailKind, { isApart, hasCodes }: Wanted) {
  const known = variablesOf(kind);
  const names = (type: "value" | "link" | "panel") =>
    known.flatMap((one) => (one.type === type ? [one.name] : []));
  const values = names("value").filter((name) => hasCodes || name !== "code");
  const panels = names("panel").filter((name) => name !== "code");
  const link: fc.Arbitrary<LinkTarget> = fc.oneof(
    fc.record({ variable: fc.constantFrom(...names("link")) }),
    fc.record({ to: text.map((words) => `${appUrl}/${words}`) }),
  );
  const marks = fc.record(
    { bold: fc.constant(true as const), italic: fc.constant(true as const), link },
    { requiredKeys: [] },
  );
  const apart = (inline: Inline): Inline[] =>
    isApart ? [{ text: " " }, inline, { text: " " }] : [inline];
  const inline: fc.Arbitrary<Inline[]> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(text, marks).map(([words, all]) => [{ text: words, ...all }]),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...values), marks)
        .map(([variable, all]) => apart({ variable, ...all })),
    },
    { weight: 1, arbitrary: fc.constant<Inline[]>([{ break: true }]) },
  );
  const line = fc.array(inline, { maxLength: 6 }).map((parts) => parts.flat());
  const plain = line.map((all) =>
    all.flatMap((one): Inline[] => {
      if ("break" in one) return [];
      return "text" in one ? [{ text: one.text }] : [{ variable: one.variable }];
    }),
  );
  const piece: fc.Arbitrary<Piece> = fc.oneof(
    fc
      .tuple(fc.constantFrom(1 as const, 2 as const, 3 as const), line, place)
      .map(([level, content, at]) => ({ type: "heading" as const, level, content, ...at })),
    fc.tuple(line, place).map(([content, at]) => ({ type: "paragraph" as const, content, ...at })),
    fc.array(line, { maxLength: 4 }).map((items) => ({ type: "list" as const, items })),
    fc
      .tuple(line, link, place)
      .map(([label, to, at]) => ({ type: "button" as const, label, link: to, ...at })),
    fc.tuple(text, place).map(([alternative, at]) => ({
      type: "image" as const,
      image: "abcdefgh",
      alternative,
      ...at,
    })),
    fc.constant({ type: "divider" as const }),
    fc
      .constantFrom(...panels)
      .map((name) => ({ type: "panel" as const, panel: name as PanelName })),
    fc.constant({ type: "block" as const, name: "greeting" }),
  );
  const ofBlock = piece.filter(({ type }) => type !== "block");
  return {
    plain,
    pieces: fc.array(piece, { maxLength: 6 }),
    block: fc.array(ofBlock, { maxLength: 3 }),
  };
}

/** What a kind must have, as pieces. */
function requiredPieces(kind: MailKind): Piece[] {
  const known = variablesOf(kind);
  return requiredOf(kind).map((name): Piece => {
    const type = known.find((one) => one.name === name)?.type;
    if (type === "panel") return { type: "panel", panel: name as PanelName };
    return type === "link"
      ? { type: "button", label: [{ text: "Go" }], link: { variable: name } }
      : { type: "paragraph", content: [{ variable: name }] };
  });
}

/** Any text of a kind that has what is required of it, with a block and a frame. */
export function anyText(kind: MailKind, wanted: Wanted): fc.Arbitrary<EditedText> {
  const { plain, pieces, block } = anyPieces(kind, wanted);
  const required = requiredPieces(kind);
  const subject: Inline[] =
    rowOf(kind).carries === "code" ? [{ variable: "code" }, { text: " " }] : [{ text: "On " }];
  return fc
    .record({ subject: plain, previewLine: plain, before: pieces, after: pieces, block, text })
    .map(({ subject: more, previewLine, before, after, block: ofBlock, text: footer }) => ({
      document: {
        subject: [...subject, ...more],
        previewLine,
        pieces: [...before, ...required, ...after],
      },
      frame: { ...noFrame, light: "#aa3311", footer: { en: footer }, legal: { en: footer } },
      blocks: new Map([["greeting", { subject: [], previewLine: [], pieces: ofBlock }]]),
      images: new Map([["abcdefgh", { width: 900 }]]),
    }));
}
