/** How many days the figures go back, today among them. */
export const FIGURE_DAYS = 30;

/** How many of the last days are held against as many before them. */
export const COMPARED_DAYS = 7;

/** Minutes that are counted as one: the days of every time zone begin with a quarter of an hour. */
export const FIGURE_QUARTER_MINUTES = 15;

/** Days that quarters are kept: a day of any zone more than are shown. */
export const FIGURES_KEPT_DAYS = FIGURE_DAYS + 2;

/** Seconds after which nothing that happened in a quarter is still to be written, if clocks agree. */
export const QUARTER_SETTLED_SECONDS = 60;

/** Minutes that are counted anew each time, for what was written later than that. */
export const COUNTED_ANEW_MINUTES = 60;

/** Hours that one statement counts: nobody waits for it, and it must end in its time. */
export const HOURS_AT_ONCE = 6;
