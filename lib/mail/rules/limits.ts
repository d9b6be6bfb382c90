/** Hours between two mails of the kind that is sent at most once a day. */
export const HOURS_BETWEEN_WARNINGS = 24;

/** Days a security notice is worth delivering. */
export const NOTICE_USEFUL_DAYS = 3;

/** Days a link "that was not me" works. */
export const NOT_ME_LINK_DAYS = 7;

/** So far back is looked when mail is judged to be slow or refused for everybody. */
export const OUTAGE_WINDOW_MINUTES = 5;

/** Mail that is slow or refused at fewer addresses says nothing of everybody's. */
export const OUTAGE_ADDRESSES = 3;

/** So long mail has to be well below what began an outage before that is over. */
export const OUTAGE_CALM_MINUTES = 10;

/** Nobody waits any more for a code or a link that has not left in so long. */
export const OUTAGE_OLDEST_MINUTES = 60;
