import { unescapeHtml } from "@/lib/mail/escape-html";
import { HEADING_WORD_MOST, WORD_MOST } from "@/lib/templates/rules/limits";

/** A word that is wider than a narrow phone, and how many characters it has. */
export type Overflow = { word: string; characters: number };

// Its line breaks, so the width of these does not matter: the table of facts, and the hidden preview line.
const breaksAnywhere = /<(td|th)\b[^>]*overflow-wrap:\s*anywhere[^>]*>.*?<\/\1>/gs;
const hidden =
  /<div style="display:none[^>]*>[^<]*(?:<div>[^<]*<\/div>)?<\/div>|<(head|style)\b.*?<\/\1>/gs;
const heading = /<h1\b[^>]*>(.*?)<\/h1>/gs;

// Between two characters of these a line may end.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const breaks = /[\s\u00ad\u200b\-\u2010\u2013\u2014]+/u;

const wordsOf = (html: string): string[] => {
  const inline = html
    .replace(/<!--.*?-->|<\/?(?:strong|em|b|i|span|a)\b[^>]*>/gs, "")
    .replace(/<[^>]+>/g, " ");
  return unescapeHtml(inline).replace(unspaced, " ").split(breaks);
};

const lengthOf = (word: string) => [...word.replace(/\p{M}/gu, "")].length;

/** The longest word of a mail that overflows on 320 px, by its characters; null: none does. */
export function overflowOf(html: string): Overflow | null {
  const shown = html.replace(hidden, " ").replace(breaksAnywhere, " ");
  const titles = [...shown.matchAll(heading)].flatMap(([, words = ""]) => wordsOf(words));
  const long = [
    ...titles.filter((word) => lengthOf(word) > HEADING_WORD_MOST),
    ...wordsOf(shown).filter((word) => word.length > WORD_MOST && lengthOf(word) > WORD_MOST),
  ];
  const [word] = long.sort((one, other) => lengthOf(other) - lengthOf(one));
  return word === undefined ? null : { word, characters: lengthOf(word) };
}
