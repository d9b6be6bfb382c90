import type { MailDocument } from "@/lib/mail-document/document";
import { writeNotation } from "@/lib/mail-document/notation";

/** Pieces, list entries and what stands in lines, all together. */
export function countPieces({ subject, previewLine, pieces }: MailDocument): number {
  let count = subject.length + previewLine.length + pieces.length;
  for (const piece of pieces) {
    if (piece.type === "heading" || piece.type === "paragraph") count += piece.content.length;
    else if (piece.type === "button") count += piece.label.length;
    else if (piece.type === "list") {
      for (const item of piece.items) count += 1 + item.length;
    }
  }
  return count;
}

/** Characters of its plain notation, subject and preview line included. */
export function countCharacters(document: MailDocument): number {
  const { subjectLine, previewLine, text } = writeNotation(document);
  return subjectLine.length + previewLine.length + text.length;
}
