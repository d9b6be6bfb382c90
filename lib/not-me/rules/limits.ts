/** Hours the place of what was not the customer is blocked for the account. */
export const NOT_ME_BLOCK_HOURS = 24;
