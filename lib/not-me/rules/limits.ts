/** Days a link "that was not me" works. */
export const NOT_ME_LINK_DAYS = 7;

/** Hours the place of what was not the customer is blocked for the account. */
export const NOT_ME_BLOCK_HOURS = 24;
