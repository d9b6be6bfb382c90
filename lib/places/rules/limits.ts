import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

/** The widest ranges that can be added by hand, as prefix lengths in bits. */
export const WIDEST_IPV4_PREFIX = 24;
export const WIDEST_IPV6_PREFIX = 48;

/** Longest name of a place, in characters. */
export const PLACE_NAME_MAX_LENGTH = 40;

/** From how many accounts on a place is named as shared: a carrier's, a company's or a VPN's. */
export const SHARED_PLACE_ACCOUNTS = 5;

/** The numbers that words about places name. */
export const placeNumbers = {
  maxName: PLACE_NAME_MAX_LENGTH,
  widestFour: `/${WIDEST_IPV4_PREFIX} (IPv4)`,
  widestSix: `/${WIDEST_IPV6_PREFIX} (IPv6)`,
  // RFC 5737: addresses that belong to nobody.
  exampleAddress: "203.0.113.7",
  exampleRange: `203.0.113.0/${WIDEST_IPV4_PREFIX}`,
  maxPlaces: TRUSTED_PLACES_PER_ACCOUNT,
};
