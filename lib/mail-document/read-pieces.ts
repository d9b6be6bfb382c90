import { cleanTyped, trimBlanks } from "@/lib/mail-document/clean-text";
import type { Inline, Piece } from "@/lib/mail-document/document";
import { unescaped } from "@/lib/mail-document/escape";
import { normalisedPieces, type Place, pieceOfLine } from "@/lib/mail-document/normalised";
import { closingOf, readAddress } from "@/lib/mail-document/read-address";
import { readRuns } from "@/lib/mail-document/read-runs";
import { joinLines } from "@/lib/mail-document/tidy-line";

const heading = /^(#{1,3}) (.*)$/;
const divider = /^-{3,}$/;
const block = /^\{\{ *> *([a-z][a-z0-9-]{0,39}) *\}\}$/;
const image = /^!\[((?:[^\\\]]|\\.)*)\]\( *image:([a-z0-9]{8,40}) *\)$/u;
const wordless = /^\[ *\]\(/;
const ITEM = "- ";
// A line of the same entry.
const INDENT = "  ";

const places: Record<string, Place> = {
  center: { align: "center" },
  end: { align: "end" },
  tight: { space: "tight" },
  wide: { space: "wide" },
};

/** A line and the place said at its end; without one, or without words before it, all of it is words. */
function splitPlace(line: string): { words: string; place: Place } {
  const start = line.lastIndexOf(" {");
  const words = start < 0 ? "" : trimBlanks(line.slice(0, start));
  if (words === "" || !line.endsWith("}")) return { words: line, place: {} };
  const said = line.slice(start + 2, -1).split(" ");
  const found = said.map((word) => (Object.hasOwn(places, word) ? places[word] : undefined));
  const place: Place = Object.assign({}, ...found);
  const isPlace = !found.includes(undefined) && Object.keys(place).length === said.length;
  return isPlace ? { words, place } : { words: line, place: {} };
}

/** A link without words: a button that still needs some. */
function wordlessButton(line: string, place: Place): Piece | null {
  const open = (wordless.exec(line)?.[0].length ?? 0) - 1;
  if (open < 0 || closingOf(line)[open] !== line.length - 1) return null;
  const link = readAddress(line, open, line.length - 1);
  return link === null ? null : { type: "button", label: [], link, ...place };
}

/** What a line is that is a piece by itself; null: it belongs to a paragraph. */
function aloneOnLine(line: string): Piece | null {
  if (divider.test(line)) return { type: "divider" };
  const [, marks, title = ""] = heading.exec(line) ?? [];
  const { words, place } = splitPlace(marks === undefined ? line : trimBlanks(title));
  if (marks !== undefined) {
    const level = marks.length as 1 | 2 | 3;
    return { type: "heading", level, content: readRuns(words), ...place };
  }
  const name = block.exec(words)?.[1];
  if (name !== undefined) return { type: "block", name };
  const [, alternative, id] = image.exec(words) ?? [];
  if (alternative !== undefined && id !== undefined) {
    return { type: "image", image: id, alternative: unescaped(alternative), ...place };
  }
  return wordlessButton(words, place) ?? pieceOfLine(readRuns(words), place);
}

function paragraphOf(lines: string[]): Piece {
  const { words, place } = splitPlace(lines.at(-1) ?? "");
  return { type: "paragraph", content: contentOf([...lines.slice(0, -1), words]), ...place };
}

const contentOf = (lines: string[]): Inline[] => joinLines(lines.map(readRuns));

/** A piece and the line of the text at which it begins, counted from 1. */
export type ReadPiece = { piece: Piece; line: number };

/** In the normal form of them all, in which neighbouring lists are one. */
function normal(read: ReadPiece[]): ReadPiece[] {
  const found: ReadPiece[] = [];
  for (const { piece: one, line } of read) {
    for (const piece of normalisedPieces([one])) {
      const last = found.at(-1)?.piece;
      if (piece.type === "list" && last?.type === "list") last.items.push(...piece.items);
      else found.push({ piece, line });
    }
  }
  return found;
}

/** A text of the notation as pieces in their normal form. Any text is one; what is no notation is text. */
export function readPieces(text: string): ReadPiece[] {
  const read: ReadPiece[] = [];
  let paragraph: string[] = [];
  let items: string[][] = [];
  // Where what is open began.
  let start = 1;
  const close = () => {
    if (paragraph.length > 0) read.push({ piece: paragraphOf(paragraph), line: start });
    if (items.length > 0) {
      read.push({ piece: { type: "list", items: items.map(contentOf) }, line: start });
    }
    paragraph = [];
    items = [];
  };

  cleanTyped(text)
    .split("\n")
    .forEach((typed, index) => {
      const line = trimBlanks(typed);
      const item = items.at(-1);
      if (line === "") close();
      else if (line.startsWith(ITEM)) {
        if (item === undefined) {
          close();
          start = index + 1;
        }
        items.push([trimBlanks(line.slice(ITEM.length))]);
      } else if (item !== undefined && typed.startsWith(INDENT)) item.push(line);
      else {
        const alone = aloneOnLine(line);
        if (alone !== null || item !== undefined) close();
        if (alone !== null) read.push({ piece: alone, line: index + 1 });
        else {
          if (paragraph.length === 0) start = index + 1;
          paragraph.push(line);
        }
      }
    });
  close();
  return normal(read);
}
