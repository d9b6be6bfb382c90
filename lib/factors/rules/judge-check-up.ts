/** Days after which a customer is asked again whether their factors still work for them. */
export const CHECK_UP_DAYS = 90;

/** Recovery codes left at which new ones are advised. */
export const FEW_RECOVERY_CODES = 3;

const DAY_MS = 86_400_000;

/** What is judged as somebody with a second factor comes in, whichever way. */
export type EnteringFacts = {
  now: Date;
  /** When they were asked last; null: never. */
  checkedAt: Date | null;
  /** When the oldest factor was added; null: there is none. */
  oldestAt: Date | null;
  recoveryCodesLeft: number;
  /** Whether recovery codes were ever made for the factors they have. */
  codesMade: boolean;
};

/** What is asked and said then. */
export type EnteringVerdict = {
  /** Whether they are asked if their factors still work. */
  isCheckUpDue: boolean;
  /** How many recovery codes are left, where that is few; null: there is nothing to say. */
  fewCodesLeft: number | null;
};

/**
 * Judges what somebody is asked and reminded of as they come in. They are asked whether their factors still
 * work 90 days after they were asked last, or after the first was added. Who made no codes has none "left".
 */
export function judgeEntering(facts: EnteringFacts): EnteringVerdict {
  const { recoveryCodesLeft: left, codesMade } = facts;
  if (facts.oldestAt === null) return { isCheckUpDue: false, fewCodesLeft: null };
  const fewCodesLeft = codesMade && left <= FEW_RECOVERY_CODES ? left : null;
  return { isCheckUpDue: isDue(facts, facts.oldestAt), fewCodesLeft };
}

function isDue({ now, checkedAt }: EnteringFacts, oldestAt: Date): boolean {
  const since = checkedAt !== null && checkedAt > oldestAt ? checkedAt : oldestAt;
  return now.getTime() - since.getTime() >= CHECK_UP_DAYS * DAY_MS;
}
