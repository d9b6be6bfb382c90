/** Entries of the audit log on one page. */
export const AUDIT_ENTRIES_PER_PAGE = 50;

/** Entries held in memory at a time, where all of the log is walked. */
export const AUDIT_ENTRIES_PER_BATCH = 1000;

/** Members of staff that the filter offers. */
export const AUDIT_ACTORS_OFFERED = 500;
