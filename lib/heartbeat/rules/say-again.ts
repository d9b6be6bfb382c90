const FIRST_DISTANCE_MINUTES = 1;
const LONGEST_DISTANCE_MINUTES = 60;

/** A trouble that has been told of. */
export type Told = { beganAt: Date; toldAt: Date; times: number };

/**
 * Whether a trouble that is there is to be told of now, and what is to be remembered of it: when it
 * begins, then after 1, 2, 4, … minutes, at most an hour apart.
 */
export function sayAgain(told: Told | null, now: Date): { isSaid: boolean; told: Told } {
  if (told === null) return { isSaid: true, told: { beganAt: now, toldAt: now, times: 1 } };
  const minutes = Math.min(
    LONGEST_DISTANCE_MINUTES,
    FIRST_DISTANCE_MINUTES * 2 ** Math.min(told.times - 1, 10),
  );
  if (now.getTime() - told.toldAt.getTime() < minutes * 60_000) return { isSaid: false, told };
  return { isSaid: true, told: { ...told, toldAt: now, times: told.times + 1 } };
}
