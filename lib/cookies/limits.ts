/** Hours a draft can be filled in and sent, counted from when it was opened. */
export const DRAFT_HOURS = 24;
