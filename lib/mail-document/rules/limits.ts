/** Of one mail's document: pieces, list entries and what stands in lines, all together. */
export const PIECES_MOST = 400;

/** How deep it may be nested when it is read: the document, a piece, an entry, what stands in its line. */
export const DEPTH_MOST = 4;

/** Characters of its plain notation, subject and preview line included. */
export const CHARACTERS_MOST = 60_000;

/** Characters of a subject as it is sent; mail programs show less. */
export const SUBJECT_CHARACTERS_MOST = 78;

/** Bytes of a mail's HTML: Gmail cuts a mail off behind 102 KB. */
export const HTML_BYTES_MOST = 100 * 1024;
