import type { MailDocument } from "@/lib/mail-document/document";

/** The uploaded pictures that a document shows, by their ids. */
export const imagesIn = ({ pieces }: Pick<MailDocument, "pieces">): string[] =>
  pieces.flatMap((piece) => (piece.type === "image" ? [piece.image] : []));
