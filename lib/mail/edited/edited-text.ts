import type { MailDocument, Piece } from "@/lib/mail-document/document";
import type { MailFrame } from "@/lib/mail-document/frame";

/** What a mail is made of whose text somebody wrote. */
export type EditedText = {
  document: MailDocument;
  frame: MailFrame;
  /** The named blocks of its language, by name. */
  blocks: ReadonlyMap<string, MailDocument>;
  /** Its pictures' own sizes, by id; one that is not among them is shown as it is. */
  images?: ReadonlyMap<string, { width: number }>;
};

/**
 * The pieces of a text with those of its named blocks in their places.
 *
 * @throws where a block is not there, or names a block
 */
export function piecesOf({ document, blocks }: EditedText): Exclude<Piece, { type: "block" }>[] {
  return document.pieces.flatMap((piece) => {
    if (piece.type !== "block") return [piece];
    const block = blocks.get(piece.name);
    if (block === undefined) throw new Error(`There is no block "${piece.name}".`);
    return block.pieces.map((inner) => {
      if (inner.type === "block") throw new Error(`The block "${piece.name}" names another.`);
      return inner;
    });
  });
}

/** The names of the blocks that a document has. */
export const blocksOf = (document: MailDocument): string[] =>
  document.pieces.flatMap((piece) => (piece.type === "block" ? [piece.name] : []));
