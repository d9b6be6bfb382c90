import type { Inline, Piece } from "@/lib/mail-document/document";

const ofLine = (line: readonly Inline[]): string[] =>
  line.flatMap((inline) => {
    if ("break" in inline) return [];
    const link = inline.link && "variable" in inline.link ? [inline.link.variable] : [];
    return "variable" in inline ? [inline.variable, ...link] : link;
  });

/** The variables that a subject or a preview line names. */
export const namedInLine = (line: readonly Inline[]): Set<string> => new Set(ofLine(line));

/**
 * The variables that pieces name: in lines, alone as panels, as where something leads, and by the named
 * blocks among them.
 */
export function namedInPieces(
  pieces: readonly Piece[],
  blocks: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  return new Set(
    pieces.flatMap((piece): readonly string[] => {
      switch (piece.type) {
        case "heading":
        case "paragraph":
          return ofLine(piece.content);
        case "list":
          return piece.items.flatMap(ofLine);
        case "button":
          return [
            ...ofLine(piece.label),
            ...("variable" in piece.link ? [piece.link.variable] : []),
          ];
        case "panel":
          return [piece.panel];
        case "block":
          return blocks.get(piece.name) ?? [];
        default:
          return [];
      }
    }),
  );
}
