import type { ShownInline, ShownPiece, ShownWords } from "@/emails/edited-pieces";
import { type EditedText, piecesOf } from "@/lib/mail/edited/edited-text";
import type { Naming } from "@/lib/mail/edited/naming";
import { imageAddress } from "@/lib/mail/mail-view";
import { wellFormed } from "@/lib/mail/text-values";
import type { Inline, LinkTarget, Piece } from "@/lib/mail-document/document";

/** What an edited mail shows. */
export type Shown = {
  subject: string;
  previewLine: string;
  /** Its first heading of the first size, as text; null: it has none. */
  title: string | null;
  pieces: ShownPiece[];
};

// Private characters are the marks of a mail that is being compiled.
const written = (text: string) => wellFormed(text).replace(/[\ue000-\uf8ff]/g, "\ufffd");

const addressOf = (target: LinkTarget, naming: Naming): string =>
  "to" in target ? written(target.to) : naming.link(target.variable);

function wordsOf(inline: Inline, naming: Naming): ShownWords {
  if ("break" in inline) return inline;
  const text = "text" in inline ? written(inline.text) : naming.value(inline.variable);
  const { bold, italic } = inline;
  return { text, ...(bold ? { bold } : {}), ...(italic ? { italic } : {}) };
}

/** Puts words behind others; those that look alike are one, so that no comment of React parts them. */
function append(words: ShownWords[], next: ShownWords): void {
  const last = words.at(-1);
  const isAlike =
    last !== undefined &&
    "text" in last &&
    "text" in next &&
    last.bold === next.bold &&
    last.italic === next.italic;
  if (isAlike) words[words.length - 1] = { ...last, text: last.text + next.text };
  else words.push(next);
}

/** A line; what leads to the same address is one link. */
function lineOf(line: Inline[], naming: Naming): ShownInline[] {
  const groups: { href: string | null; words: ShownWords[] }[] = [];
  for (const inline of line) {
    const href = "link" in inline && inline.link ? addressOf(inline.link, naming) : null;
    const group = groups.at(-1);
    if (group?.href === href) append(group.words, wordsOf(inline, naming));
    else groups.push({ href, words: [wordsOf(inline, naming)] });
  }
  return groups.flatMap(({ href, words }): ShownInline[] =>
    href === null ? words : [{ href, words }],
  );
}

const textOf = (line: Inline[], naming: Naming): string =>
  line
    .map((inline) => wordsOf(inline, naming))
    .map((words) => ("text" in words ? words.text : " "))
    .join("");

function shownPiece(
  piece: Exclude<Piece, { type: "block" }>,
  naming: Naming,
  images: EditedText["images"],
): ShownPiece {
  switch (piece.type) {
    case "heading":
    case "paragraph":
      return { ...piece, content: lineOf(piece.content, naming) };
    case "list":
      return { ...piece, items: piece.items.map((item) => lineOf(item, naming)) };
    case "button": {
      const { link, label, ...place } = piece;
      return { ...place, label: textOf(label, naming), href: addressOf(link, naming) };
    }
    case "image": {
      const { image, alternative, ...place } = piece;
      const width = images?.get(image)?.width ?? null;
      return { ...place, alternative: written(alternative), width, src: imageAddress(image) };
    }
    case "panel":
      naming.checkPanel(piece.panel);
      return piece;
    case "divider":
      return piece;
  }
}

/**
 * What a text shows in a mail.
 *
 * @throws where it names what the mail has not
 */
export function shownOf(text: EditedText, naming: Naming): Shown {
  const pieces = piecesOf(text);
  const heading = pieces.find((piece) => piece.type === "heading" && piece.level === 1);
  const title = heading?.type === "heading" ? textOf(heading.content, naming).trim() : "";
  return {
    subject: textOf(text.document.subject, naming),
    previewLine: textOf(text.document.previewLine, naming),
    title: title === "" ? null : title,
    pieces: pieces.map((piece) => shownPiece(piece, naming, text.images)),
  };
}
