import type { MailDocument } from "@/lib/mail-document/document";
import { countCharacters, countPieces } from "@/lib/mail-document/measure-document";
import { CHARACTERS_MOST, HTML_BYTES_MOST, PIECES_MOST } from "@/lib/mail-document/rules/limits";
import { refused } from "@/lib/templates/gate/findings";
import { type Reading, VARIABLE, wordsOf } from "@/lib/templates/gate/passages";
import type { Finding } from "@/lib/templates/rules/finding";
import { isVisible } from "@/lib/typed/visible";

const hasWords = (words: string) => words.includes(VARIABLE) || isVisible(words);

/** Named blocks that are not there, and blocks in blocks, which may name each other without end. */
export function judgeBlocks(
  { pieces }: Reading,
  blocks: ReadonlyMap<string, MailDocument>,
): Finding[] {
  return pieces.flatMap(({ spot, piece, isInBlock }) => {
    if (piece.type !== "block") return [];
    const what = `{{> ${piece.name}}}`;
    if (isInBlock) return [refused("block-in-block", spot, what)];
    return blocks.has(piece.name) ? [] : [refused("unknown-block", spot, what)];
  });
}

const pictureAddress = /^ *image: *([^ )]*)/;

/** Pictures that are not there, and pictures that say nothing to whoever does not see them. */
export function judgeImages({ pieces, passages }: Reading, images: ReadonlySet<string>): Finding[] {
  const shown = pieces.flatMap(({ spot, piece }) => {
    if (piece.type !== "image") return [];
    const found = images.has(piece.image) ? [] : [refused("unknown-image", spot, piece.image)];
    if (!isVisible(piece.alternative)) {
      found.push(refused("image-without-text", spot, piece.image));
    }
    return found;
  });
  // What was typed as a picture and is none.
  const typed = passages.flatMap(({ spot, runs }) =>
    wordsOf(runs)
      .split("](")
      .slice(1)
      .flatMap((rest) => {
        const id = pictureAddress.exec(rest)?.[1];
        return id === undefined ? [] : [refused("unknown-image", spot, id)];
      }),
  );
  return [...shown, ...typed];
}

/** Buttons that say nothing. */
export const judgeButtons = ({ pieces, leadings }: Reading): Finding[] =>
  pieces.flatMap(({ spot, piece }) => {
    if (piece.type !== "button") return [];
    const words = leadings.find((one) => one.spot === spot && one.link === piece.link)?.words ?? [];
    return hasWords(wordsOf(words)) ? [] : [refused("button-without-words", spot)];
  });

/** A text that says nothing at all. */
export function judgeEmpty({ pieces, passages }: Reading): Finding[] {
  const says =
    pieces.some(({ piece }) => piece.type === "panel" || piece.type === "image") ||
    passages.some(({ spot, runs }) => spot.part === "text" && hasWords(wordsOf(runs)));
  return says ? [] : [refused("empty", { part: "text" })];
}

/**
 * More than a mail may hold.
 *
 * @param html as it would be sent; null: not weighed
 */
export function judgeSize({ document }: Reading, html: string | null): Finding[] {
  const pieces = countPieces(document);
  const characters = countCharacters(document);
  const bytes = html === null ? 0 : Buffer.byteLength(html);
  const whole = { part: "whole" } as const;
  return [
    ...(pieces > PIECES_MOST ? [refused("too-many-pieces", whole, String(pieces))] : []),
    ...(characters > CHARACTERS_MOST
      ? [refused("too-many-characters", whole, String(characters))]
      : []),
    ...(bytes > HTML_BYTES_MOST ? [refused("too-heavy", whole, String(bytes))] : []),
  ];
}
