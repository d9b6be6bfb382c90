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
