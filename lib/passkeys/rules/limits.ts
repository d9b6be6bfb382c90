/** Passkeys an account may have. */
export const PASSKEYS_PER_ACCOUNT = 10;

/** How long a browser may take to answer what it was asked. */
export const CEREMONY_MINUTES = 5;

/**
 * How often browsers may be asked in an hour: those of one network to sign in, as each page of it asks by
 * itself; and by one session, or for one pending sign-in.
 */
export const CEREMONIES_PER_HOUR = 300;

/** Days between two offers of a passkey that a browser makes by itself. */
export const OFFER_DAYS = 30;

/** Minutes from a sign-in by password in which a browser makes one: later it no longer knows of it. */
export const OFFER_MINUTES = 5;

/** The numbers that words on passkeys name. */
export const passkeyNumbers = { passkeys: PASSKEYS_PER_ACCOUNT, minutes: CEREMONY_MINUTES };
