import { SHORT_COOLING_HOURS } from "@/lib/cases/rules/limits";
import { afterMinutes } from "@/lib/moments";

/** Hours that a change waits, at most, for a mail to the owner that could not be sent yet. */
export const UNSENT_WORD_HOURS = 72;

/** What the time between approval and change depends on. */
export type CoolingFacts = {
  approvedAt: Date;
  /** Sent from a place that was trusted for 30 days or more and that few other accounts share. */
  fromLongTrusted: boolean;
  /** Whether what was proven at the start is still worth something. */
  proofStands: boolean;
  /** Whether the account is one of the staff. */
  subjectIsStaff: boolean;
  objected: boolean;
  /** The setting, greater than 0. */
  caseCoolingHours: number;
};

/** When an approved change is carried out, and when the old addresses are reminded: halfway. */
export function coolingTime(facts: CoolingFacts): { remindAt: Date; coolsUntil: Date } {
  const { approvedAt, fromLongTrusted, proofStands, caseCoolingHours } = facts;
  const shortened = fromLongTrusted && proofStands && !facts.subjectIsStaff && !facts.objected;
  const hours = shortened ? Math.min(caseCoolingHours, SHORT_COOLING_HOURS) : caseCoolingHours;
  return {
    remindAt: afterMinutes(approvedAt, hours * 30),
    coolsUntil: afterMinutes(approvedAt, hours * 60),
  };
}

/**
 * Whether an approved change is carried out now. Who was not notified cannot object: while a mail
 * that notifies them waits to be sent, so does the change, but not for ever.
 */
export function isDue(facts: { now: Date; coolsUntil: Date | null; wordWaits: boolean }): boolean {
  const { now, coolsUntil, wordWaits } = facts;
  if (coolsUntil === null || coolsUntil > now) return false;
  return !wordWaits || afterMinutes(coolsUntil, UNSENT_WORD_HOURS * 60) <= now;
}
