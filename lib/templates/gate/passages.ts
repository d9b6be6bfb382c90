import type { Inline, LinkTarget, MailDocument, Piece } from "@/lib/mail-document/document";
import { normalised } from "@/lib/mail-document/normalised";
import { readPieceLines } from "@/lib/mail-document/notation";
import { isSameTarget, type Run, tidyLines } from "@/lib/mail-document/tidy-line";
import { writePieces } from "@/lib/mail-document/write-pieces";
import type { FindingPlace } from "@/lib/templates/rules/finding";

/** A line of the mail's words, wherever it stands. */
export type Passage = { spot: FindingPlace; runs: Run[]; isLabel: boolean };

/** Where words or a button lead. */
export type Leading = { spot: FindingPlace; link: LinkTarget; words: Run[] };

/** A piece of the text or of a block that the text names; `spot` is where the text has it. */
export type PlacedPiece = { spot: FindingPlace; piece: Piece; isInBlock: boolean };

/** A mail as the gate reads it, named blocks in what they are. */
export type Reading = {
  document: MailDocument;
  /** The subject's, the preview line's and the text's lines, and what pictures say. */
  passages: Passage[];
  leadings: Leading[];
  pieces: PlacedPiece[];
};

/** Stands for a variable in the words of a line; no text can hold it. */
export const VARIABLE = "\u0000";

/** The words of a line as one text, across marks and links. */
export const wordsOf = (runs: Run[]): string =>
  runs.map((run) => ("text" in run ? run.text : VARIABLE)).join("");

/** At which line each piece begins: of what was typed if it is these pieces, else as they are written. */
function linesOf(pieces: Piece[], typed: string | undefined): number[] {
  const read = typed === undefined ? [] : readPieceLines(typed);
  if (read.length === pieces.length) return read;
  let next = 1;
  return writePieces(pieces).map((written) => {
    const line = next;
    next += written.split("\n").length + 1;
    return line;
  });
}

function placePieces(
  pieces: Piece[],
  blocks: ReadonlyMap<string, MailDocument>,
  typed: string | undefined,
): PlacedPiece[] {
  const lines = linesOf(pieces, typed);
  return pieces.flatMap((piece, index) => {
    const spot: FindingPlace = { part: "text", piece: index + 1, line: lines[index] };
    const block = piece.type === "block" ? blocks.get(piece.name) : undefined;
    const inner = block === undefined ? [] : normalised(block).pieces;
    return [
      { spot, piece, isInBlock: false },
      ...inner.map((one) => ({ spot, piece: one, isInBlock: true })),
    ];
  });
}

function contentsOf(piece: Piece): Inline[][] {
  switch (piece.type) {
    case "heading":
    case "paragraph":
      return [piece.content];
    case "list":
      return piece.items;
    case "button":
      return [piece.label];
    case "image":
      return piece.alternative === "" ? [] : [[{ text: piece.alternative }]];
    default:
      return [];
  }
}

function passagesOf({ spot, piece, isInBlock }: PlacedPiece): Passage[] {
  const lines = contentsOf(piece).flatMap(tidyLines);
  return lines.map((runs, index) => ({
    spot: isInBlock || spot.line === undefined ? spot : { ...spot, line: spot.line + index },
    runs,
    isLabel: piece.type === "button",
  }));
}

/** The links of a line: neighbouring words that lead to the same are one. */
function linksIn({ spot, runs }: Passage): Leading[] {
  const found: Leading[] = [];
  let last: Leading | null = null;
  for (const run of runs) {
    const { link } = run;
    if (link === undefined) last = null;
    else if (last !== null && isSameTarget(last.link, link)) last.words.push(run);
    else {
      last = { spot, link, words: [run] };
      found.push(last);
    }
  }
  return found;
}

const lineOf = (line: Inline[], part: "subject" | "preview"): Passage[] =>
  tidyLines(line).map((runs) => ({ spot: { part }, runs, isLabel: false }));

/** Lays a document out for the rules, each line with its place in the plain notation. */
export function readForGate(
  written: MailDocument,
  blocks: ReadonlyMap<string, MailDocument>,
  typed: string | undefined,
): Reading {
  const document = normalised(written);
  const pieces = placePieces(document.pieces, blocks, typed);
  const inText = pieces.flatMap(passagesOf);
  const buttons = pieces.flatMap(({ spot, piece }) =>
    piece.type === "button"
      ? [{ spot, link: piece.link, words: tidyLines(piece.label).flat() }]
      : [],
  );
  return {
    document,
    passages: [
      ...lineOf(document.subject, "subject"),
      ...lineOf(document.previewLine, "preview"),
      ...inText,
    ],
    leadings: [...inText.flatMap(linksIn), ...buttons],
    pieces,
  };
}
