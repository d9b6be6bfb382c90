import { cleanLine } from "@/lib/mail-document/clean-text";
import {
  type Inline,
  type MailDocument,
  type PanelName,
  type Piece,
  panelNames,
} from "@/lib/mail-document/document";
import {
  isSameTarget,
  joinLines,
  onOneLine,
  type Run,
  tidyLines,
  tidyTarget,
} from "@/lib/mail-document/tidy-line";

/** Alignment and spacing, of a piece that may have them. */
export type Place = { align?: "center" | "end"; space?: "tight" | "wide" };

const placingOf = ({ align, space }: Place): Place => ({
  ...(align !== undefined && { align }),
  ...(space !== undefined && { space }),
});

const isPanel = (name: string): name is PanelName =>
  (panelNames as readonly string[]).includes(name);

function withoutLink(run: Run): Run {
  const { link: _, ...rest } = run;
  return rest;
}

/**
 * What a line is by itself: a panel, if it is only that variable without marks; a button, if all of it
 * is one link. Null: it is a line of a paragraph.
 */
export function pieceOfLine(line: Run[], place: Place): Piece | null {
  const [first] = line;
  if (first === undefined) return null;
  const isPlain = first.link === undefined && !first.bold && !first.italic;
  if (line.length === 1 && "variable" in first && isPlain && isPanel(first.variable)) {
    return { type: "panel", panel: first.variable };
  }
  const { link } = first;
  if (link === undefined || !line.every((run) => isSameTarget(run.link, link))) return null;
  return { type: "button", label: onOneLine(line.map(withoutLink)), link, ...placingOf(place) };
}

function ofParagraph(content: Inline[], place: Place): Piece[] {
  const pieces: Piece[] = [];
  let open: Run[][] = [];
  const close = () => {
    if (open.length > 0) {
      pieces.push({ type: "paragraph", content: joinLines(open), ...placingOf(place) });
    }
    open = [];
  };
  for (const line of tidyLines(content)) {
    const alone = pieceOfLine(line, place);
    if (alone === null) {
      open.push(line);
      continue;
    }
    close();
    pieces.push(alone);
  }
  close();
  return pieces;
}

function ofPiece(piece: Piece): Piece[] {
  switch (piece.type) {
    case "heading": {
      const content = onOneLine(piece.content);
      const { level } = piece;
      return content.length === 0 ? [] : [{ type: "heading", level, content, ...placingOf(piece) }];
    }
    case "paragraph":
      return ofParagraph(piece.content, piece);
    case "list": {
      const items = piece.items.map((item) => joinLines(tidyLines(item)));
      const filled = items.filter((item) => item.length > 0);
      return filled.length === 0 ? [] : [{ type: "list", items: filled }];
    }
    case "button": {
      const label = onOneLine(piece.label.map((one) => ("break" in one ? one : withoutLink(one))));
      return [{ type: "button", label, link: tidyTarget(piece.link), ...placingOf(piece) }];
    }
    case "image": {
      const { image } = piece;
      const alternative = cleanLine(piece.alternative);
      return [{ type: "image", image, alternative, ...placingOf(piece) }];
    }
    default:
      return [piece];
  }
}

/**
 * Pieces in their normal form, which is all that the notation says: neighbouring runs of the same marks
 * and neighbouring lists are one; what has no words is left out, but for a button; a line that is only
 * a link is a button, and one that is only a panel's variable is the panel; headings and labels are of
 * one line; no line begins or ends with blanks.
 */
export function normalisedPieces(pieces: Piece[]): Piece[] {
  const normal: Piece[] = [];
  for (const piece of pieces.flatMap(ofPiece)) {
    const last = normal.at(-1);
    if (piece.type === "list" && last?.type === "list") last.items.push(...piece.items);
    else normal.push(piece);
  }
  return normal;
}

/** The subject's or the preview line's normal form: text and variables, without marks. */
export const normalisedLine = (line: Inline[]): Inline[] =>
  joinLines(
    tidyLines(
      line.map((one) => {
        if ("break" in one) return one;
        return "text" in one ? { text: one.text } : { variable: one.variable };
      }),
    ),
  );

/** A document as reading its own notation gives it; of one that is so already, the same. */
export const normalised = ({ subject, previewLine, pieces }: MailDocument): MailDocument => ({
  subject: normalisedLine(subject),
  previewLine: normalisedLine(previewLine),
  pieces: normalisedPieces(pieces),
});
