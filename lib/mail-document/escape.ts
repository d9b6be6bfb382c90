/** What was escaped, as it is; a backslash with nothing behind it is one. */
export const unescaped = (written: string): string => written.replace(/\\([\s\S])/gu, "$1");

/** Text of a line that may have marks and links. */
export const escapeText = (text: string): string => text.replace(/[\\*[\]{]/g, "\\$&");

/** Text of the subject or the preview line, which have variables alone. */
export const escapePlain = (text: string): string => text.replace(/[\\{]/g, "\\$&");

/** An address between round brackets. */
export const escapeAddress = (address: string): string => address.replace(/[\\()]/g, "\\$&");

/** What a picture says, between square brackets. */
export const escapeAlternative = (text: string): string => text.replace(/[\\[\]]/g, "\\$&");

/** A line that would begin a heading or a list, or be a divider, as the text that it is. */
export const escapeStart = (line: string): string =>
  /^(?:#{1,3} |- |-{3,}$)/.test(line) ? `\\${line}` : line;
