import {
  PLACE_NAME_MAX_LENGTH,
  WIDEST_IPV4_PREFIX,
  WIDEST_IPV6_PREFIX,
} from "@/lib/places/rules/limits";
import { TRUSTED_PLACES_PER_ACCOUNT } from "@/lib/sign-in/rules/limits";

/** The numbers that words about places name. */
export const placeNumbers = {
  maxName: PLACE_NAME_MAX_LENGTH,
  widestIpv4: `/${WIDEST_IPV4_PREFIX}`,
  widestIpv6: `/${WIDEST_IPV6_PREFIX}`,
  maxPlaces: TRUSTED_PLACES_PER_ACCOUNT,
};
