/** How many characters a text has: one that the language keeps as two units counts once. */
export const lengthOf = (text: string): number => [...text].length;
