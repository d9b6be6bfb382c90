/** The numbers that are not an operator's to set. Those that are come from the settings, as `Limits`. */

/** How often the code of one sign-in is mailed again after its first mail. */
export const RESENDS_PER_SIGN_IN = 3;

/** Seconds between two mails of one code. */
export const SECONDS_BETWEEN_MAILS = 30;

/** Minutes that a pending sign-in outlives its code, only to explain what became of it. */
export const MINUTES_TO_EXPLAIN = 60;

/** Minutes after which a wrong attempt that led to no block is forgotten. */
export const WRONG_ATTEMPT_MEMORY_MINUTES = 60;

/** Codes without a right one after which new networks wait for a new password. */
export const CODES_WITHOUT_A_RIGHT_ONE = 20;

/** The numbers by which a sign-in is known to whoever lets it in: two digits, typed and not picked. */
export const LET_IN_NUMBERS = { first: 10, last: 99 } as const;

/** Wrong numbers after which a sign-in that waits ends. */
export const WRONG_LET_IN_NUMBERS = 3;

/** The operator's numbers. */
export type Limits = {
  codeLifetimeMinutes: number;
  codeMaxAttempts: number;
  blockMinutes: number;
  accountCodesPerHour: number;
};
