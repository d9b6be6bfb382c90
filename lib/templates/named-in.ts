import type { MailDocument, Piece } from "@/lib/mail-document/document";

/** The named blocks that a document shows. */
export const blocksIn = ({ pieces }: Pick<MailDocument, "pieces">): string[] => [
  ...new Set(pieces.flatMap((piece) => (piece.type === "block" ? [piece.name] : []))),
];

/** The uploaded pictures that a document shows, by their ids. */
export const imagesIn = ({ pieces }: Pick<MailDocument, "pieces">): string[] => [
  ...new Set(pieces.flatMap((piece: Piece) => (piece.type === "image" ? [piece.image] : []))),
];
