import { type Tie, ties } from "@/lib/mail/rules/ties";

/** Why the word of a member of staff did not count, as a notice kept it; null for anything else. */
export const readTie = (kept: string | undefined): Tie | null =>
  ties.find((one) => one === kept) ?? null;
