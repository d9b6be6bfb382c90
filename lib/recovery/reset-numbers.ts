import { RESET_LINK_MINUTES, RESETS_PER_ADDRESS_PER_HOUR } from "@/lib/recovery/rules/limits";

/** The numbers that pages say of reset links: minutes one lives, and how many an hour. */
export function resetNumbers(): { minutes: number; perHour: number } {
  return { minutes: RESET_LINK_MINUTES, perHour: RESETS_PER_ADDRESS_PER_HOUR };
}
