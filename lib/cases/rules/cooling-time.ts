import { SHORT_COOLING_HOURS } from "@/lib/cases/rules/limits";
import { afterMinutes } from "@/lib/sign-in/rules/limits";

/** What the time between approval and change depends on. */
export type CoolingFacts = {
  approvedAt: Date;
  /** Sent from a place that was trusted for 30 days or more and that few other accounts share. */
  fromLongTrusted: boolean;
  objected: boolean;
  /** The setting, greater than 0. */
  caseCoolingHours: number;
};

/** When an approved change is carried out, and when the old addresses are reminded: halfway. */
export function coolingTime(facts: CoolingFacts): { remindAt: Date; coolsUntil: Date } {
  const { approvedAt, fromLongTrusted, objected, caseCoolingHours } = facts;
  const shortened = fromLongTrusted && !objected;
  const hours = shortened ? Math.min(caseCoolingHours, SHORT_COOLING_HOURS) : caseCoolingHours;
  return {
    remindAt: afterMinutes(approvedAt, hours * 30),
    coolsUntil: afterMinutes(approvedAt, hours * 60),
  };
}
