import { NOT_ME_LINK_DAYS } from "@/lib/mail/rules/limits";
import { NOT_ME_BLOCK_HOURS } from "@/lib/not-me/rules/limits";

/** The numbers that words about "that was not me" name. */
export const notMeNumbers = { days: NOT_ME_LINK_DAYS, hours: NOT_ME_BLOCK_HOURS };
