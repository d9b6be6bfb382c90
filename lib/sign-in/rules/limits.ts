/** An account keeps its last used trusted places, this many. */
export const TRUSTED_PLACES_PER_ACCOUNT = 100;
