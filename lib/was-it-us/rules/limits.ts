/** Bytes of a mail's source that are looked at. */
export const SOURCE_MAX_BYTES = 256 * 1024;

/** Mails asked about in an hour from one IP. */
export const MAILS_ASKED_PER_NETWORK_PER_HOUR = 30;

/** The numbers that its page names. */
export const wasItUsNumbers = { maxKiB: SOURCE_MAX_BYTES / 1024 };
