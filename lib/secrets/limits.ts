/** Days a session lasts without a visit, and at most. */
export const SESSION_IDLE_DAYS = 30;
export const SESSION_MAX_DAYS = 90;

/** Hours a session of staff lasts at most. */
export const STAFF_SESSION_HOURS = 12;

/** Sessions an account has at once; beyond them the least recently seen makes room. */
export const SESSIONS_PER_ACCOUNT = 20;
