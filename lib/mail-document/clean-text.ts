/**
 * What was typed, with `\n` alone between its lines and without what no text can hold: control
 * characters and halves of pairs are left out, tabs become blanks.
 */
export const cleanTyped = (typed: string): string =>
  typed
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/[\t\v\f]/g, " ")
    .replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, "");

/** A text on one line, its outer blanks left out. */
export const cleanLine = (text: string): string =>
  trimBlanks(cleanTyped(text).replaceAll("\n", " "));

/** An address as it is stored: without control characters and outer blanks. */
export const cleanAddress = (address: string): string =>
  trimBlanks(address.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ""));

export const trimBlanksAtStart = (text: string): string => {
  let start = 0;
  while (text[start] === " ") start += 1;
  return text.slice(start);
};

export const trimBlanksAtEnd = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === " ") end -= 1;
  return text.slice(0, end);
};

/** Without outer blanks; other white space than the blank is a character like any other. */
export const trimBlanks = (text: string): string => trimBlanksAtEnd(trimBlanksAtStart(text));
