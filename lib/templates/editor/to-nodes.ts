import type { JSONContent } from "@tiptap/core";
import type { Inline, Piece } from "@/lib/mail-document/document";
import { attributesOf } from "@/lib/templates/editor/inline-schema";

function marksOf(inline: Exclude<Inline, { break: true }>): JSONContent["marks"] {
  return [
    ...(inline.link ? [{ type: "link", attrs: attributesOf(inline.link) }] : []),
    ...(inline.bold ? [{ type: "bold" }] : []),
    ...(inline.italic ? [{ type: "italic" }] : []),
  ];
}

/** What stands in a line, as nodes of the editor. */
export const inlineNodes = (line: readonly Inline[]): JSONContent[] =>
  line.map((inline) => {
    if ("break" in inline) return { type: "hardBreak" };
    const marks = marksOf(inline);
    return "text" in inline
      ? { type: "text", text: inline.text, marks }
      : { type: "variable", attrs: { name: inline.variable }, marks };
  });

const layoutOf = ({ align, space }: { align?: string; space?: string }) => ({
  align: align ?? null,
  space: space ?? null,
});

/** A line that cannot end within: a blank stands for each end. */
const onOneLine = (line: readonly Inline[]) =>
  inlineNodes(line.map((inline) => ("break" in inline ? { text: " " } : inline)));

/** A piece as a node of the editor. */
export function nodeOf(piece: Piece): JSONContent {
  switch (piece.type) {
    case "heading":
      return {
        type: "heading",
        attrs: { level: piece.level, ...layoutOf(piece) },
        content: onOneLine(piece.content),
      };
    case "paragraph":
      return { type: "paragraph", attrs: layoutOf(piece), content: inlineNodes(piece.content) };
    case "list":
      return {
        type: "list",
        content: piece.items.map((line) => ({
          type: "item",
          content: [{ type: "paragraph", content: inlineNodes(line) }],
        })),
      };
    case "button":
      return {
        type: "mailButton",
        attrs: { ...attributesOf(piece.link), ...layoutOf(piece) },
        // A button leads somewhere as a whole.
        content: onOneLine(piece.label.map(withoutLink)),
      };
    case "image":
      return {
        type: "image",
        attrs: { image: piece.image, alternative: piece.alternative, ...layoutOf(piece) },
      };
    case "divider":
      return { type: "divider" };
    case "panel":
      return { type: "panel", attrs: { panel: piece.panel } };
    case "block":
      return { type: "block", attrs: { name: piece.name } };
  }
}

function withoutLink(inline: Inline): Inline {
  if ("break" in inline) return inline;
  const { link: _, ...rest } = inline;
  return rest;
}

/** Pieces as what the editor opens with; of none, an empty paragraph. */
export const textContent = (pieces: readonly Piece[]): JSONContent => ({
  type: "doc",
  content: pieces.length === 0 ? [{ type: "paragraph" }] : pieces.map(nodeOf),
});

/** A subject or a preview line as what its editor opens with. */
export const lineContent = (line: readonly Inline[]): JSONContent => ({
  type: "doc",
  content: [{ type: "line", content: onOneLine(line) }],
});
