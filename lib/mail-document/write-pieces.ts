import type { Inline, Piece } from "@/lib/mail-document/document";
import { escapeAlternative, escapeStart } from "@/lib/mail-document/escape";
import { normalisedPieces, type Place } from "@/lib/mail-document/normalised";
import { tidyLines } from "@/lib/mail-document/tidy-line";
import { writeRuns, writeTarget } from "@/lib/mail-document/write-runs";

const INDENT = "  ";

function writePlace({ align, space }: Place): string {
  const said = [align, space].filter((word) => word !== undefined);
  return said.length === 0 ? "" : ` {${said.join(" ")}}`;
}

const linesOf = (content: Inline[]) => tidyLines(content).map(writeRuns);

function writeItem(item: Inline[]): string {
  const [first = "", ...rest] = linesOf(item);
  return [`- ${first}`, ...rest.map((line) => `${INDENT}${escapeStart(line)}`)].join("\n");
}

// The place is a part of the last line: "#" would begin a heading with the blank before it.
const writeParagraph = (lines: string[], placing: string): string =>
  lines
    .map((line, index) => escapeStart(index === lines.length - 1 ? line + placing : line))
    .join("\n");

function writePiece(piece: Piece): string {
  switch (piece.type) {
    case "heading":
      return `${"#".repeat(piece.level)} ${linesOf(piece.content).join(" ")}${writePlace(piece)}`;
    case "paragraph":
      return writeParagraph(linesOf(piece.content), writePlace(piece));
    case "list":
      return piece.items.map(writeItem).join("\n");
    case "button":
      return `[${linesOf(piece.label).join(" ")}](${writeTarget(piece.link)})${writePlace(piece)}`;
    case "image": {
      const words = escapeAlternative(piece.alternative);
      return `![${words}](image:${piece.image})${writePlace(piece)}`;
    }
    case "divider":
      return "---";
    case "panel":
      return `{{${piece.panel}}}`;
    case "block":
      return `{{> ${piece.name}}}`;
  }
}

/** Each piece of their normal form in the notation; a blank line stands between two. */
export const writePieces = (pieces: Piece[]): string[] => normalisedPieces(pieces).map(writePiece);
