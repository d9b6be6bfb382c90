/** Days after which a customer is asked again whether their factors still work for them. */
export const CHECK_UP_DAYS = 90;

const DAY_MS = 86_400_000;

/**
 * Whether a customer is asked whether their factors still work: 90 days after they were asked last, or
 * after the first of them was added. Somebody without a factor is asked nothing.
 */
export function isCheckUpDue(facts: {
  now: Date;
  /** When they were asked last; null: never. */
  checkedAt: Date | null;
  /** When the oldest factor was added; null: there is none. */
  oldestAt: Date | null;
}): boolean {
  const { now, checkedAt, oldestAt } = facts;
  if (oldestAt === null) return false;
  const since = checkedAt !== null && checkedAt > oldestAt ? checkedAt : oldestAt;
  return now.getTime() - since.getTime() >= CHECK_UP_DAYS * DAY_MS;
}
