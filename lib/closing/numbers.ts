import { CLOSING_DAYS } from "@/lib/closing/rules/limits";

/** The numbers that words about the end of an account name. */
export const closingNumbers = { days: CLOSING_DAYS };
