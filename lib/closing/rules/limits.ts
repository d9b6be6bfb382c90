/** Days between the request to close an account and its end, to change one's mind. */
export const CLOSING_DAYS = 14;

/** The numbers that words about the end of an account name. */
export const closingNumbers = { days: CLOSING_DAYS };
