/** Characters of the note to a draft, and of the reason for which one is sent back. */
export const NOTE_CHARACTERS_MOST = 500;
export const SENT_BACK_CHARACTERS_MOST = 500;

/** Hosts that admins can allow beside that of APP_URL. */
export const HOSTS_MOST = 50;

/** Named blocks there can be. */
export const BLOCKS_MOST = 100;

/** Bytes of an uploaded picture, and how many there can be. */
export const IMAGE_MOST_BYTES = 512 * 1024;
export const IMAGES_MOST = 500;

/** Test mails that one member of staff can have sent in an hour. */
export const TEST_MAILS_PER_HOUR = 20;

/** Days over which the list counts what went out. */
export const SENT_DAYS = 30;

/** Days for which a text that fell back is shown. */
export const ALARM_DAYS = 7;

/** Versions on one page. */
export const VERSIONS_PER_PAGE = 50;

/** Of a file that is imported: bytes (a form of the staff's may hold that much), texts, and how deep its JSON may be nested. */
export const IMPORT_MOST_BYTES = 2 * 1024 * 1024;
export const IMPORT_TEXTS_MOST = 1000;
export const IMPORT_DEPTH_MOST = 4;

/** Real mails that a proof sheet is made of, and how many of its entries are listed. */
export const PROOF_MAILS = 200;
export const PROOF_LISTED = 50;

/** Mails of all kinds among which they are looked for, the newest, and how many by one statement. */
export const PROOF_LOOKED_AT = 20_000;
export const PROOF_LOOKED_AT_ONCE = 500;

/** Minutes within which looking at one proof sheet again is no new entry of the audit log. */
export const MINUTES_BETWEEN_PROOFS = 15;

/** The narrowest phone that a mail is weighed for. */
export const NARROW_PX = 320;

/**
 * Characters in a row, without a place to break, that it holds: in a heading of the first size, and in
 * anything else.
 */
export const HEADING_WORD_MOST = 18;
export const WORD_MOST = 32;
