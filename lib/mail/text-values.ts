/** Text without halves of characters, which no encoding can write, as an encoder writes it. */
export const wellFormed = (text: string): string =>
  /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, "\ufffd") : text;

const blanks = /[ \t\n\r\f\u200b]+/g;

/** A value as plain text has it: one line, one blank between words, as browsers show HTML. */
export const inOneLine = (text: string): string =>
  wellFormed(text).replace(blanks, " ").replace(/^ | $/g, "");
