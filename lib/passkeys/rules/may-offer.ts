import { OFFER_MINUTES } from "@/lib/passkeys/rules/limits";

// With the password, which browsers look for, at a known place or with a code or factor: never unasked elsewhere.
const byPasswordAndMore = ["known-place", "known-browser", "code", "factor"];

/**
 * Whether a session is one whose browser may be asked to offer a passkey: it has just typed the password, at a
 * known place or in a trusted browser, or a right code or factor after it.
 */
export const mayOffer = ({
  because,
  createdAt,
  now,
}: {
  because: string;
  createdAt: Date;
  now: Date;
}): boolean =>
  byPasswordAndMore.includes(because) &&
  now.getTime() - createdAt.getTime() < OFFER_MINUTES * 60_000;
