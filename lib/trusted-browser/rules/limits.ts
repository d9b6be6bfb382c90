/** Days a browser stays trusted after its last sign-in. */
export const TRUSTED_BROWSER_DAYS = 90;

/** Seconds in which the generation before the present one still counts: an answer may get lost on its way. */
export const GENERATION_LEEWAY_SECONDS = 60;

/** Accounts that one browser's cookie can name: several people may share a computer. */
export const ACCOUNTS_PER_BROWSER = 5;
