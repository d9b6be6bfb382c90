/** The widest ranges that can be added by hand, as prefix lengths in bits. */
export const WIDEST_IPV4_PREFIX = 24;
export const WIDEST_IPV6_PREFIX = 48;

/** Longest name of a place, in characters. */
export const PLACE_NAME_MAX_LENGTH = 40;

/** From how many accounts on a place is named as shared: a carrier's, a company's or a VPN's. */
export const SHARED_PLACE_ACCOUNTS = 5;
