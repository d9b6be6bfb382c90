import { cleanTyped } from "@/lib/mail-document/clean-text";
import type { Inline, MailDocument, Piece } from "@/lib/mail-document/document";
import { normalisedLine } from "@/lib/mail-document/normalised";
import { readPieces } from "@/lib/mail-document/read-pieces";
import { readPlainRuns } from "@/lib/mail-document/read-runs";
import { joinLines, tidyLines } from "@/lib/mail-document/tidy-line";
import { writePieces } from "@/lib/mail-document/write-pieces";
import { writePlainRuns } from "@/lib/mail-document/write-runs";

/** A mail as it is typed, in the plain notation (contract, "Templates"). */
export type TypedMail = { subjectLine: string; previewLine: string; text: string };

/**
 * A text of the plain notation as pieces, in their normal form (`normalised`). Never fails: what is no
 * notation is text, a name that may be a variable's is a variable, known or not.
 */
export const readText = (text: string): Piece[] => readPieces(text).map(({ piece }) => piece);

/** At which line of a text each of its pieces begins, counted from 1, in the order of `readText`. */
export const readPieceLines = (text: string): number[] => readPieces(text).map(({ line }) => line);

/** Pieces in the plain notation; read again, they are the same in their normal form. */
export const writeText = (pieces: Piece[]): string => writePieces(pieces).join("\n\n");

/**
 * A subject or a preview line: text and variables. Never fails; a line that was ended stays in it as a
 * break, which the gate refuses.
 */
export const readLine = (text: string): Inline[] =>
  joinLines(
    cleanTyped(text)
      .split("\n")
      .map(readPlainRuns)
      .filter((line) => line.length > 0),
  );

/** A subject or a preview line in the plain notation. Marks are not said. */
export const writeLine = (line: Inline[]): string =>
  tidyLines(normalisedLine(line)).map(writePlainRuns).join("\n");

/** All that was typed as a document, in its normal form. Never fails. */
export const readNotation = ({ subjectLine, previewLine, text }: TypedMail): MailDocument => ({
  subject: readLine(subjectLine),
  previewLine: readLine(previewLine),
  pieces: readText(text),
});

/** A document as somebody would type it. */
export const writeNotation = ({ subject, previewLine, pieces }: MailDocument): TypedMail => ({
  subjectLine: writeLine(subject),
  previewLine: writeLine(previewLine),
  text: writeText(pieces),
});
