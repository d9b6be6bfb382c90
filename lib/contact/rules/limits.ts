/** Further addresses an account can have besides its contact e-mail. */
export const FURTHER_ADDRESSES = 2;

/** Hours in which an address has to be confirmed. */
export const HOURS_TO_CONFIRM = 24;

/** Days the old address may undo a change of the contact e-mail, and is kept free for that. */
export const EMAIL_UNDO_DAYS = 7;

/** Changes of the contact e-mail that an account can ask for in an hour, and further addresses likewise. */
export const ASKED_PER_HOUR = 5;
