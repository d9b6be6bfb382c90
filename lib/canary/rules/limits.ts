/** No sign-in of the canary takes longer: it has failed by then. */
export const RUN_MINUTES = 10;

/** Two sign-ins begin at least so long apart, whoever begins them. */
export const REST_MINUTES = 12;

/** So long the canary waits for its mail, unless its code is over before; and looks for it again after so many seconds. */
export const MAIL_MINUTES = 5;
export const LOOK_SECONDS = 5;

/** No page takes longer for it. */
export const PAGE_SECONDS = 30;
