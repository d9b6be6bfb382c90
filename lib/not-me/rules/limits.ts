import { NOT_ME_LINK_DAYS } from "@/lib/mail/rules/limits";

/** Hours the network of what was not the customer is blocked for the account. */
export const NOT_ME_BLOCK_HOURS = 24;

/** The numbers that words about "that was not me" name. */
export const notMeNumbers = { days: NOT_ME_LINK_DAYS, hours: NOT_ME_BLOCK_HOURS };
