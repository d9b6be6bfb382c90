// Beside what Unicode ignores: the empty Braille cell and the empty note head, which draw nothing either.
const drawsNothing = /[\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800\u{1d159}]/gu;

/** Whether anything of a text can be seen, and so be read, found and clicked. */
export const isVisible = (text: string) => text.replace(drawsNothing, "") !== "";
