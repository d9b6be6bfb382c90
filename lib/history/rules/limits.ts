/** Days the sign-in history is kept. */
export const HISTORY_DAYS = 90;

/** Days back, and how many of the newest, that the mails of a customer are listed. */
export const MAIL_DAYS = 30;
export const MAILS_SHOWN = 50;

/** How many of their newest mails a customer sees. */
export const OWN_MAILS_SHOWN = 20;
