const FIRST_DISTANCE_MINUTES = 1;
const LONGEST_DISTANCE_MINUTES = 60;

/** A trouble that has been reported. */
export type Reported = { beganAt: Date; reportedAt: Date; times: number };

/**
 * Whether a trouble that is there is to be reported now, and what is to be remembered of it: when
 * it begins, then after 1, 2, 4, … minutes, at most an hour apart; or once an hour.
 */
export function sayAgain(
  reported: Reported | null,
  now: Date,
  { isHourly = false } = {},
): { isSaid: boolean; reported: Reported } {
  if (reported === null)
    return { isSaid: true, reported: { beganAt: now, reportedAt: now, times: 1 } };
  const minutes = Math.min(
    LONGEST_DISTANCE_MINUTES,
    (isHourly ? LONGEST_DISTANCE_MINUTES : FIRST_DISTANCE_MINUTES) *
      2 ** Math.min(reported.times - 1, 10),
  );
  if (now.getTime() - reported.reportedAt.getTime() < minutes * 60_000)
    return { isSaid: false, reported };
  return { isSaid: true, reported: { ...reported, reportedAt: now, times: reported.times + 1 } };
}
