const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment so many seconds after another; negative: before it. */
export const afterSeconds = (at: Date, seconds: number) =>
  new Date(at.getTime() + seconds * SECOND);

/** A moment so many minutes after another; negative: before it. */
export const afterMinutes = (at: Date, minutes: number) =>
  new Date(at.getTime() + minutes * MINUTE);

/** A moment so many hours after another; negative: before it. */
export const afterHours = (at: Date, hours: number) => new Date(at.getTime() + hours * HOUR);

/** A moment so many days after another; negative: before it. */
export const afterDays = (at: Date, days: number) => new Date(at.getTime() + days * DAY);
