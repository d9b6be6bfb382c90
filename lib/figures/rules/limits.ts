/** How many days the figures go back, today among them. */
export const FIGURE_DAYS = 30;

/** How many of the last days are held against as many before them. */
export const COMPARED_DAYS = 7;
