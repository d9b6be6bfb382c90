/** Days the sign-in history is kept. */
export const HISTORY_DAYS = 90;

/** How many of the newest mails of a customer are listed, as far back as they are kept. */
export const MAILS_SHOWN = 50;

/** How many of their newest mails a customer sees. */
export const OWN_MAILS_SHOWN = 20;
