/** Hours between two mails of the kind that is sent at most once a day. */
export const HOURS_BETWEEN_WARNINGS = 24;

/** Days a security notice is worth delivering. */
export const NOTICE_USEFUL_DAYS = 3;

/** Days a link "that was not me" works. */
export const NOT_ME_LINK_DAYS = 7;
