/** How many mails a channel takes. */
export type Pace = {
  channel: string;
  /** Between two of its slots. */
  intervalMs: number;
  /** Whether notices leave every other slot free, so that a code which comes meanwhile goes at once. */
  keepsSlotFree: boolean;
};

// A tenth more than the limit asks for: mails handed over evenly arrive a little unevenly.
const MARGIN = 1.1;
// Of fewer a second none can be left free.
const LEAST_TO_KEEP_FREE = 2;

/** The pace of a channel that takes so many mails a second. */
export const paceOf = ({ name, perSecond }: { name: string; perSecond: number }): Pace => ({
  channel: name,
  intervalMs: (1000 / perSecond) * MARGIN,
  keepsSlotFree: perSecond >= LEAST_TO_KEEP_FREE,
});
