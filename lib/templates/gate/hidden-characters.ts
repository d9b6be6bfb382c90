import { refused, warned } from "@/lib/templates/gate/findings";
import { type Reading, VARIABLE, wordsOf } from "@/lib/templates/gate/passages";
import type { Finding } from "@/lib/templates/rules/finding";

const hidden =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u2028\u2029\u2800\ufffc\u{1d159}]/gu;

const SOFT_HYPHEN = "\u00ad";
const JOINER = "\u200d";
const presentation = /^[\ufe0e\ufe0f]$/;
const picture = /\p{Extended_Pictographic}/u;
const afterPicture = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;

/** Whether it is what emojis are made of: 👩‍🚀 is two with a joiner, ❤️ one shown in colour. */
function isOfEmoji(character: string, before: string, after: string): boolean {
  if (character === JOINER) return afterPicture.test(before) && picture.test(after);
  if (!presentation.test(character)) return false;
  return picture.test(before) || (/^[0-9#*]$/.test(before) && after === "\u20e3");
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** What nobody sees in a text, each once; `isSure`: it is not how a word is hyphenated. */
export function hiddenIn(text: string): { character: string; isSure: boolean }[] {
  const found = new Map<string, { character: string; isSure: boolean }>();
  for (const { 0: character, index } of text.matchAll(hidden)) {
    if (character === VARIABLE) continue;
    const before = /[\s\S]$/u.exec(text.slice(Math.max(0, index - 2), index))?.[0] ?? "";
    const end = index + character.length;
    const after = String.fromCodePoint(text.codePointAt(end) ?? 0);
    if (isOfEmoji(character, before, after)) continue;
    const isInWord = /^\p{L}/u.test(before) && /^\p{L}/u.test(after);
    const isSure = !(character === SOFT_HYPHEN && isInWord);
    const named = codePoint(character);
    found.set(`${named} ${isSure}`, { character: named, isSure });
  }
  return [...found.values()];
}

/** Characters that draw nothing, or turn about what stands around them. */
export function judgeHidden({ passages, leadings }: Reading): Finding[] {
  const inWords = passages.flatMap(({ spot, runs }) =>
    hiddenIn(wordsOf(runs)).map(({ character, isSure }) =>
      (isSure ? refused : warned)("hidden-characters", spot, character),
    ),
  );
  const inAddresses = leadings.flatMap(({ spot, link }) =>
    "to" in link
      ? hiddenIn(link.to).map(({ character }) => refused("hidden-characters", spot, character))
      : [],
  );
  return [...inWords, ...inAddresses];
}
