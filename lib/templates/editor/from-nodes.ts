import type { Node } from "@tiptap/pm/model";
import type { Inline, LinkTarget, Piece } from "@/lib/mail-document/document";
import { targetOf } from "@/lib/templates/editor/inline-schema";

// What no document holds, whatever brought it in.
const unheard = /[\p{Cc}\p{Cs}\u2028\u2029]/gu;

type Marks = { bold?: true; italic?: true; link?: LinkTarget };

function marksOf({ marks }: Node): Marks {
  const link = marks.find(({ type }) => type.name === "link");
  const target = link && targetOf(link.attrs);
  return {
    ...(marks.some(({ type }) => type.name === "bold") ? { bold: true } : {}),
    ...(marks.some(({ type }) => type.name === "italic") ? { italic: true } : {}),
    ...(target ? { link: target } : {}),
  };
}

/** What stands in a line of the editor. */
export function inlinesOf(line: Node): Inline[] {
  const found: Inline[] = [];
  line.forEach((node) => {
    if (node.type.name === "hardBreak") found.push({ break: true });
    if (node.type.name === "variable") {
      found.push({ variable: String(node.attrs.name), ...marksOf(node) });
    }
    const text = (node.text ?? "").replace(unheard, "");
    if (text !== "") found.push({ text, ...marksOf(node) });
  });
  return found;
}

function layoutOf({ attrs }: Node): { align?: "center" | "end"; space?: "tight" | "wide" } {
  return {
    ...(attrs.align ? { align: attrs.align } : {}),
    ...(attrs.space ? { space: attrs.space } : {}),
  };
}

/** An empty line of the editor is a place to write, and no piece. */
const isWritten = (line: readonly Inline[]) => line.length > 0;

/** The piece that a node of the editor is; null: it holds nothing. */
function pieceOf(node: Node): Piece | null {
  const { attrs } = node;
  switch (node.type.name) {
    case "heading": {
      const content = inlinesOf(node);
      const { level } = attrs as { level: 1 | 2 | 3 };
      return isWritten(content) ? { type: "heading", level, content, ...layoutOf(node) } : null;
    }
    case "paragraph": {
      const content = inlinesOf(node);
      return isWritten(content) ? { type: "paragraph", content, ...layoutOf(node) } : null;
    }
    case "list": {
      const items: Inline[][] = [];
      node.forEach((item) => {
        if (item.firstChild) items.push(inlinesOf(item.firstChild));
      });
      const written = items.filter(isWritten);
      return written.length > 0 ? { type: "list", items: written } : null;
    }
    case "mailButton": {
      const link = targetOf(attrs);
      // One without words stays, for whoever judges the text to name it.
      return link ? { type: "button", label: inlinesOf(node), link, ...layoutOf(node) } : null;
    }
    case "image": {
      const alternative = String(attrs.alternative).replace(unheard, "");
      return { type: "image", image: String(attrs.image), alternative, ...layoutOf(node) };
    }
    case "divider":
      return { type: "divider" };
    case "panel":
      return { type: "panel", panel: attrs.panel };
    case "block":
      return { type: "block", name: String(attrs.name) };
    default:
      return null;
  }
}

/** The pieces that an editor's document says. */
export function piecesOf(document: Node): Piece[] {
  const found: Piece[] = [];
  document.forEach((node) => {
    const piece = pieceOf(node);
    if (piece !== null) found.push(piece);
  });
  return found;
}

/** What is written in the editor of one line. */
export const lineOf = (document: Node): Inline[] =>
  document.firstChild ? inlinesOf(document.firstChild) : [];
