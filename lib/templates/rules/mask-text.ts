// Each keeps its letters: what is written in one is masked in the same.
const scripts = [
  ...["Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Hebrew", "Arabic", "Syriac", "Thaana"],
  ...["Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada"],
  ...["Malayalam", "Sinhala", "Thai", "Lao", "Tibetan", "Myanmar", "Khmer", "Ethiopic"],
  ...["Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Mongolian", "Cherokee"],
].map((name) => new RegExp(`^\\p{Script=${name}}$`, "u"));
const categories = ["Lu", "Ll", "Lt", "Lm", "Lo", "Nd"].map(
  (name) => new RegExp(`^\\p{${name}}$`, "u"),
);

/** Characters of Unicode that are looked through for others like one. */
const BLOCK = 128;
/** Odd, and no part of a block: neighbours are not next to each other in their alphabet. */
const STEP = 11;

const pools = new Map<string, string[]>();

/** The characters around one that are of its script and of its case, or digits as it is. */
function alike(character: string): string[] {
  const code = character.codePointAt(0) ?? 0;
  const start = code - (code % BLOCK);
  const script = scripts.findIndex((one) => one.test(character));
  const category = categories.findIndex((one) => one.test(character));
  const key = `${start} ${script} ${category}`;
  const known = pools.get(key);
  if (known !== undefined) return known;
  const around = Array.from({ length: BLOCK }, (_, index) => String.fromCodePoint(start + index));
  const pool = around.filter(
    (one) => categories[category]?.test(one) && (script === -1 || scripts[script]?.test(one)),
  );
  pools.set(key, pool);
  return pool;
}

const withOffset = (text: string, offset: number): string => {
  let at = offset;
  return text.replace(/[\p{L}\p{Nd}]/gu, (character) => {
    const pool = alike(character);
    at += STEP;
    return pool[at % pool.length] ?? character;
  });
};

const WORD = /[\p{L}\p{Nd}]{4,}/gu;

/** Whether a word of a text, longer than three characters, stands in another. */
function survives(text: string, masked: string): boolean {
  const low = masked.toLowerCase();
  return (text.match(WORD) ?? []).some((word) => low.includes(word.toLowerCase()));
}

// Where a code would be six digits, two of them are dots.
const withoutCodes = (text: string): string =>
  text.replace(/\p{Nd}{6}/gu, (digits) => {
    const each = [...digits];
    return [...each.slice(0, 2), ...["•", "•"].map((dot) => dot.repeat(each[2]?.length ?? 1))]
      .concat(each.slice(4))
      .join("");
  });

const TRIES = 7;

/**
 * A text as long as another, of the same systems of writing, cases, blanks and marks, which says nothing of
 * it: letters and digits are those of a fixed order, whatever stood there. There are never six digits in
 * a row, and no word longer than three characters is one of the text's.
 */
export function maskText(text: string): string {
  for (let offset = 0; offset < TRIES; offset += 1) {
    const masked = withoutCodes(withOffset(text, offset));
    if (!survives(text, masked)) return masked;
  }
  // What consists of the few letters of a script is dots, as many.
  return text.replace(/[\p{L}\p{Nd}]/gu, (character) => "•".repeat(character.length));
}
