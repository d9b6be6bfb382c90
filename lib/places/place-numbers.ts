import {
  PLACE_NAME_MAX_LENGTH,
  WIDEST_IPV4_PREFIX,
  WIDEST_IPV6_PREFIX,
} from "@/lib/places/rules/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

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
