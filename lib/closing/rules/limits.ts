/** Days between the wish to close an account and its end, to change one's mind. */
export const CLOSING_DAYS = 14;
