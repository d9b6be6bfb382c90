/**
 * Sign-ups in an hour by everybody together: their codes are as urgent as those of customers who sign in,
 * and what is beyond it would come before these.
 */
export const SIGN_UPS_PER_HOUR = 1_000;
